//! Small pictures of every shape that is read, to begin fuzzing with: `seeds FOLDER`.

use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("a folder")?;
    let folder = Path::new(&folder);
    let picture = RgbImage::from_fn(48, 32, |x, y| {
        image::Rgb([(x * 5) as u8, (y * 7) as u8, (x * y) as u8])
    });
    for (name, sampling) in [
        ("444", SamplingFactor::F_1_1),
        ("422", SamplingFactor::F_2_1),
        ("420", SamplingFactor::F_2_2),
        ("411", SamplingFactor::F_4_1),
    ] {
        for progressive in [false, true] {
            let mut file = Vec::new();
            let mut encoder = Encoder::new(&mut file, 75);
            encoder.set_sampling_factor(sampling);
            encoder.set_progressive(progressive);
            encoder.set_restart_interval(3);
            // Every way of holding a camera.
            encoder.add_exif_metadata(
                b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
            )?;
            encoder.encode(picture.as_raw(), 48, 32, ColorType::Rgb)?;
            std::fs::write(folder.join(format!("seed-{name}-{progressive}.jpg")), file)?;
        }
    }
    for (name, colour, depth) in [("grey", ColorType::Luma, 1), ("inks", ColorType::Cmyk, 4)] {
        let mut file = Vec::new();
        Encoder::new(&mut file, 75).encode(&vec![77; 16 * 16 * depth], 16, 16, colour)?;
        std::fs::write(folder.join(format!("seed-{name}.jpg")), file)?;
    }
    let whole = DynamicImage::ImageRgb8(picture);
    for (name, picture) in [
        ("rgb8", whole.clone()),
        ("rgba8", DynamicImage::ImageRgba8(whole.to_rgba8())),
        ("rgb16", DynamicImage::ImageRgb16(whole.to_rgb16())),
        ("grey", DynamicImage::ImageLuma8(whole.to_luma8())),
    ] {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, ImageFormat::Png)?;
        std::fs::write(folder.join(format!("seed-{name}.png")), file.into_inner())?;
    }
    Ok(())
}
