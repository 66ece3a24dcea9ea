//! Draws the stamp on pictures, to be looked at: `stamp OUT FILE…`.

use linli_picture::{BUDGET, LONG_SIDE, encode, read, stamp};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("a folder")?;
    for (number, file) in arguments.enumerate() {
        let mut picture = read(&std::fs::read(file)?, LONG_SIDE)?;
        let lines = [
            "2026-11-27 18:32:05",
            "河湾社区第3网格 · 云溪花园3栋2单元",
            "29.87000°N 102.93012°E ±8 米",
            // The second letter of the name is in no usual font.
            "樊龦青",
        ];
        stamp::draw(&mut picture, &lines.map(str::to_owned));
        std::fs::write(
            format!("{out}/{number}.jpg"),
            encode(&picture, BUDGET, None)?,
        )?;
    }
    Ok(())
}
