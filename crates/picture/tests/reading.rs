//! Files as they come from cameras, albums and mischief: each becomes an upright picture or a
//! reason.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests")]

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use linli_picture::{BUDGET, Facts, LONG_SIDE, PictureError, Pixels, Place, encode, keep, read};

/// Four colours, one a corner: which side is up can be told.
fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => [220, 30, 30],
            (false, true) => [30, 200, 30],
            (true, false) => [30, 30, 220],
            (false, false) => [230, 220, 40],
        })
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    keep(picture).expect("jpeg")
}

fn png(picture: impl Into<DynamicImage>) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture
        .into()
        .write_to(&mut out, ImageFormat::Png)
        .expect("png");
    out.into_inner()
}

/// Puts an EXIF segment (a TIFF structure) behind the start of a JPEG.
fn with_exif(jpeg: &[u8], tiff: &[u8]) -> Vec<u8> {
    let length = u16::try_from(tiff.len() + 8).expect("short").to_be_bytes();
    [
        &jpeg[..2],
        &[0xff, 0xe1],
        &length,
        b"Exif\0\0",
        tiff,
        &jpeg[2..],
    ]
    .concat()
}

fn orientation(value: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([value, 0, 0, 0, 0, 0, 0]);
    tiff
}

/// What a camera that was held this way would have written: the opposite of what EXIF says.
fn held(upright: &RgbImage, orientation: u8) -> RgbImage {
    use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
    match orientation {
        2 => flip_horizontal(upright),
        3 => rotate180(upright),
        4 => flip_vertical(upright),
        5 => rotate270(&flip_horizontal(upright)),
        6 => rotate270(upright),
        7 => rotate90(&flip_horizontal(upright)),
        8 => rotate90(upright),
        _ => upright.clone(),
    }
}

fn near(a: &Pixels, b: &Pixels) -> bool {
    a.dimensions() == b.dimensions()
        && a.as_raw()
            .iter()
            .zip(b.as_raw())
            .all(|(a, b)| a.abs_diff(*b) < 24)
}

#[test]
fn all_eight_ways_of_holding_a_camera_come_out_the_same() {
    let upright = corners(320, 240);
    let first = read(&with_exif(&jpeg(&upright), &orientation(1)), LONG_SIDE).expect("read");
    assert!(near(&first, &upright));
    for way in 2..=8 {
        let file = with_exif(&jpeg(&held(&upright, way)), &orientation(way));
        let turned = read(&file, LONG_SIDE).expect("read");
        assert!(near(&turned, &first), "orientation {way}");
    }
}

/// Without loss, and written by ExifTool, so that the same is the same.
#[test]
fn all_eight_are_identical_where_nothing_is_lost() {
    let upright = corners(64, 48);
    let folder = tempfile::tempdir().expect("folder");
    for way in 1..=8_u8 {
        let file = folder.path().join(format!("{way}.png"));
        std::fs::write(&file, png(held(&upright, way))).expect("a file");
        let written = std::process::Command::new("exiftool")
            .args(["-overwrite_original", "-n", &format!("-Orientation={way}")])
            .arg(&file)
            .output()
            .expect("`exiftool` is needed: `scripts/deps.sh clients`");
        assert!(written.status.success(), "{written:?}");
        let stood = read(&std::fs::read(&file).expect("file"), LONG_SIDE).expect("read");
        assert!(stood == upright, "orientation {way} differs");
    }
}

#[test]
fn big_pictures_are_scaled_and_small_ones_stay() {
    let file = with_exif(&jpeg(&corners(3_000, 1_500)), &orientation(6));
    assert_eq!(
        read(&file, LONG_SIDE).expect("read").dimensions(),
        (800, 1_600)
    );
    assert_eq!(
        read(&jpeg(&corners(40, 30)), LONG_SIDE)
            .expect("read")
            .dimensions(),
        (40, 30)
    );
    assert_eq!(
        read(&jpeg(&corners(1, 1)), LONG_SIDE)
            .expect("read")
            .dimensions(),
        (1, 1)
    );
    // A strip of paper keeps at least one pixel.
    assert_eq!(
        read(&jpeg(&corners(8_000, 2)), LONG_SIDE)
            .expect("read")
            .dimensions(),
        (1_600, 1)
    );
}

#[test]
fn every_kind_of_pixels_is_read() {
    let grey = image::GrayImage::from_pixel(9, 7, image::Luma([100]));
    let deep = image::ImageBuffer::from_pixel(9, 7, Rgb([40_000_u16, 1_000, 60_000]));
    let clear = RgbaImage::from_pixel(9, 7, Rgba([0, 0, 0, 0]));
    for (file, colour) in [
        (png(DynamicImage::ImageLuma8(grey)), [100, 100, 100]),
        (png(DynamicImage::ImageRgb16(deep)), [156, 4, 233]),
        // What is transparent shows white.
        (png(DynamicImage::ImageRgba8(clear)), [255, 255, 255]),
    ] {
        let picture = read(&file, LONG_SIDE).expect("read");
        assert_eq!(picture.get_pixel(4, 3).0, colour);
    }
    // Four inks, as printers' files have them.
    let mut inks = Vec::new();
    jpeg_encoder::Encoder::new(&mut inks, 90)
        .encode(
            &[0, 255, 255, 0].repeat(64),
            8,
            8,
            jpeg_encoder::ColorType::Cmyk,
        )
        .expect("jpeg");
    let picture = read(&inks, LONG_SIDE).expect("read");
    assert_eq!(picture.dimensions(), (8, 8));
}

#[test]
fn what_would_be_read_wrongly_is_refused() {
    let picture = corners(64, 64);
    let mut scans = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut scans, 80);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    // Writes one component a scan.
    encoder.set_optimized_huffman_tables(true);
    encoder
        .encode(picture.as_raw(), 64, 64, jpeg_encoder::ColorType::Rgb)
        .expect("jpeg");
    let refused = read(&scans, LONG_SIDE).map(|_| ());
    assert_eq!(refused, Err(PictureError::OtherKind("JPEG/1")));
    // What is finished here is read rightly, in all its forms.
    for budget in [BUDGET, 1] {
        let ours = encode(&picture, budget, None).expect("encode");
        let again = read(&ours, LONG_SIDE).expect("read");
        assert_eq!(again.get_pixel(10, 10).0.map(|v| v / 64), [3, 0, 0]);
        assert_eq!(again.get_pixel(50, 10).0.map(|v| v / 64), [0, 3, 0]);
    }
}

#[test]
fn what_is_no_picture_is_refused_with_its_reason() {
    let whole = jpeg(&corners(200, 100));
    let bomb = {
        // A header that claims 20,000 × 20,000 pixels.
        let mut file = whole.clone();
        let frame = file
            .windows(2)
            .position(|pair| pair == [0xff, 0xc0])
            .expect("frame");
        file[frame + 5..frame + 9].copy_from_slice(&[0x4e, 0x20, 0x4e, 0x20]);
        file
    };
    let wide = {
        let mut file = png(DynamicImage::ImageRgb8(corners(4, 4)));
        file[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
        // The checksum of the header, or it were only damaged.
        let sum = crc32(&file[12..29]);
        file[29..33].copy_from_slice(&sum.to_be_bytes());
        file
    };
    for (what, file, why) in [
        ("empty", vec![], PictureError::Empty),
        ("words", b"hello".to_vec(), PictureError::NotAPicture),
        (
            "three bytes",
            vec![0xff, 0xd8, 0xff],
            PictureError::Incomplete,
        ),
        (
            "cut",
            whole[..whole.len() * 2 / 3].to_vec(),
            PictureError::Incomplete,
        ),
        (
            "cut in its head",
            whole[..40].to_vec(),
            PictureError::Incomplete,
        ),
        (
            "cut png",
            png(DynamicImage::ImageRgb8(corners(40, 40)))[..70].to_vec(),
            PictureError::Incomplete,
        ),
        ("bomb", bomb, PictureError::TooLarge),
        ("png bomb", wide, PictureError::TooLarge),
        ("200 MB", vec![0xff; 200 << 20], PictureError::TooLarge),
        (
            "film",
            b"\0\0\0\x18ftypmp42".to_vec(),
            PictureError::OtherKind("MP4"),
        ),
    ] {
        assert_eq!(read(&file, LONG_SIDE).map(|_| ()), Err(why), "{what}");
    }
}

/// As PNG wants it (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |mut sum, byte| {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            };
        }
        sum
    })
}

#[test]
fn broken_metadata_does_not_spoil_a_picture() {
    let picture = jpeg(&corners(64, 48));
    // A directory that points to itself, an offset past the end, and nothing at all.
    let around = b"MM\0\x2a\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08".to_vec();
    let past = b"MM\0\x2a\xff\xff\xff\xff".to_vec();
    for tiff in [around, past, vec![], orientation(99)] {
        let read = read(&with_exif(&picture, &tiff), LONG_SIDE).expect("read");
        assert_eq!(read.dimensions(), (64, 48));
    }
}

#[test]
fn what_cameras_append_does_no_harm() {
    let mut file = jpeg(&corners(64, 48));
    file.extend(b"\0\0\0\x18ftypmp42 a short film, as some phones add");
    assert_eq!(read(&file, LONG_SIDE).expect("read").dimensions(), (64, 48));
}

#[test]
fn the_finished_file_keeps_its_budget_and_nothing_of_the_original() {
    // Leaves in the wind: the hardest to fold.
    let noise = RgbImage::from_fn(1_600, 1_200, |x, y| {
        let mut value = x.wrapping_mul(0x9e37_79b9) ^ y.wrapping_mul(0x85eb_ca6b);
        value ^= value >> 15;
        value = value.wrapping_mul(0x2c1b_3c6d);
        let soft = u8::try_from(value >> 25).expect("seven bits");
        Rgb([
            soft,
            soft.wrapping_add(u8::try_from(x / 16).expect("small")),
            90,
        ])
    });
    let facts = Facts {
        taken_at: 1_764_201_600_000,
        here: true,
        offset_minutes: 480,
        place: Some(Place {
            lon: 102.93,
            lat: 29.87,
            accuracy_m: Some(8.0),
            direction: None,
            at: 1_764_201_600_000,
        }),
        software: "Linli".into(),
    };
    let soft = corners(1_600, 1_200);
    let easy = encode(&soft, BUDGET, Some(&facts)).expect("encode");
    assert!(easy.len() < BUDGET);
    let small = encode(&noise, BUDGET, Some(&facts)).expect("encode");
    let large = encode(&noise, 4 * BUDGET, Some(&facts)).expect("encode");
    assert!(small.len() < large.len(), "{} {}", small.len(), large.len());
    assert!(large.len() <= 4 * BUDGET);

    let mut from = with_exif(&jpeg(&soft), &orientation(1));
    from.splice(2..2, *b"\xff\xfe\0\x0aPrivate!");
    let again = encode(&read(&from, LONG_SIDE).expect("read"), BUDGET, None).expect("encode");
    for trace in [&b"Private!"[..], b"Exif"] {
        assert!(!again.windows(trace.len()).any(|part| part == trace));
    }
}
