//! Any bytes, as a file that a camera or an album hands over: decoded with its metadata, scaled,
//! turned; what comes of it is masked, stamped, written anew with our own facts, and must be
//! readable again. No input may panic, hang, or take more memory than the fuzzer allows.

#![no_main]

use libfuzzer_sys::fuzz_target;
use linli_picture::mosaic::{Stroke, cover};
use linli_picture::{Facts, Place, encode, read, stamp, thumbnail};

/// Small, so that most of the time goes into decoding.
const LONG_SIDE: u32 = 160;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut picture) = read(bytes, LONG_SIDE) else {
        return;
    };
    assert!(picture.width().max(picture.height()) <= LONG_SIDE);
    let size = picture.dimensions();
    // The last bytes are the person's part in it.
    let mut dice = bytes.iter().rev().copied();
    let mut die = || f64::from(dice.next().unwrap_or(0)) / 128.0 - 0.5;
    let stroke = Stroke {
        points: vec![[die(), die()], [die(), die()]],
        radius: die(),
    };
    cover(&mut picture, &[stroke]);
    stamp::draw(&mut picture, &["2026-11-27 18:32:05".into(), "栖云县龦".into()]);
    let facts = Facts {
        taken_at: (die() * 1e15) as i64,
        here: die() > 0.0,
        offset_minutes: 480,
        place: Some(Place {
            lon: die() * 400.0,
            lat: die() * 200.0,
            accuracy_m: Some(die() * 1e6),
            direction: Some(die() * 1e3),
            at: (die() * 1e15) as i64,
        }),
        software: "Linli".into(),
    };
    // What isn't on earth or in time is refused; then it is written without.
    let jpeg = encode(&picture, 20_000, Some(&facts))
        .or_else(|_| encode(&picture, 20_000, None))
        .expect("a picture can be written");
    let again = read(&jpeg, LONG_SIDE).expect("what was written can be read");
    assert_eq!(again.dimensions(), size, "it stands upright by itself");
    assert!(!thumbnail(&again).expect("small").is_empty());
});
