//! What the finished file says of itself: when and where, as we recorded it at capture.

use std::io::Cursor;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use time::{OffsetDateTime, UtcOffset};

use crate::PictureError;

/// Where a photo was taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Degrees east, WGS-84.
    pub lon: f64,
    /// Degrees north, WGS-84.
    pub lat: f64,
    /// Radius in metres; none when a person pointed at the map.
    pub accuracy_m: Option<f64>,
    /// Where the camera looked, degrees from true north, when known.
    pub direction: Option<f64>,
    /// When the position was determined, milliseconds since 1970.
    pub at: i64,
}

/// What goes into the EXIF of a finished photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// When the shutter was pressed, or a picture from elsewhere came in, milliseconds since 1970.
    pub taken_at: i64,
    /// Taken here and then. Otherwise nothing is said of when the shutter was pressed.
    pub here: bool,
    /// The clock on the wall there, minutes ahead of UTC.
    pub offset_minutes: i32,
    /// Where, when known.
    pub place: Option<Place>,
    /// What wrote it, such as `Linli 0.1.0`.
    pub software: String,
}

impl Facts {
    /// The TIFF structure of an EXIF segment (CIPA DC-008: EXIF 2.31, for the offset tags).
    pub(crate) fn exif(&self) -> Result<Vec<u8>, PictureError> {
        let fields = self.fields()?;
        let mut writer = Writer::new();
        for field in &fields {
            writer.push_field(field);
        }
        let mut out = Cursor::new(Vec::new());
        writer
            .write(&mut out, true)
            .map_err(|_| PictureError::Unwritable)?;
        Ok(out.into_inner())
    }

    fn fields(&self) -> Result<Vec<Field>, PictureError> {
        let offset = UtcOffset::from_whole_seconds(self.offset_minutes * 60)
            .map_err(|_| PictureError::Unwritable)?;
        let taken = moment(self.taken_at)?.to_offset(offset);
        let (hours, minutes, _) = offset.as_hms();
        let sign = if offset.is_negative() { '-' } else { '+' };
        let zone = format!(
            "{sign}{:02}:{:02}",
            hours.unsigned_abs(),
            minutes.unsigned_abs()
        );
        let mut fields = vec![
            field(Tag::Orientation, Value::Short(vec![1])),
            text(Tag::Software, &self.software),
            text(Tag::DateTime, &stamp(taken)),
            field(Tag::ExifVersion, Value::Undefined(b"0231".to_vec(), 0)),
            text(Tag::OffsetTime, &zone),
        ];
        if self.here {
            fields.extend([
                text(Tag::DateTimeOriginal, &stamp(taken)),
                text(Tag::DateTimeDigitized, &stamp(taken)),
                text(Tag::OffsetTimeOriginal, &zone),
                text(Tag::OffsetTimeDigitized, &zone),
                text(
                    Tag::SubSecTimeOriginal,
                    &format!("{:03}", taken.millisecond()),
                ),
            ]);
        }
        if let Some(place) = &self.place {
            place.fields(&mut fields)?;
        }
        Ok(fields)
    }
}

impl Place {
    fn fields(&self, fields: &mut Vec<Field>) -> Result<(), PictureError> {
        let on_earth = self.lat.abs() <= 90.0 && self.lon.abs() <= 180.0;
        if !on_earth {
            return Err(PictureError::Unwritable);
        }
        let at = moment(self.at)?;
        fields.extend([
            field(Tag::GPSVersionID, Value::Byte(vec![2, 3, 0, 0])),
            text(Tag::GPSLatitudeRef, if self.lat < 0.0 { "S" } else { "N" }),
            field(Tag::GPSLatitude, degrees(self.lat)),
            text(Tag::GPSLongitudeRef, if self.lon < 0.0 { "W" } else { "E" }),
            field(Tag::GPSLongitude, degrees(self.lon)),
            text(Tag::GPSMapDatum, "WGS-84"),
            text(
                Tag::GPSDateStamp,
                &format!(
                    "{:04}:{:02}:{:02}",
                    at.year(),
                    u8::from(at.month()),
                    at.day()
                ),
            ),
            field(
                Tag::GPSTimeStamp,
                Value::Rational(
                    [at.hour(), at.minute(), at.second()]
                        .map(|number| whole(u32::from(number)))
                        .to_vec(),
                ),
            ),
        ]);
        if let Some(accuracy) = self.accuracy_m.and_then(|metres| share(metres, 10)) {
            fields.push(field(
                Tag::GPSHPositioningError,
                Value::Rational(vec![accuracy]),
            ));
        }
        if let Some(direction) = self
            .direction
            .and_then(|degrees| share(degrees.rem_euclid(360.0), 100))
        {
            fields.push(text(Tag::GPSImgDirectionRef, "T"));
            fields.push(field(
                Tag::GPSImgDirection,
                Value::Rational(vec![direction]),
            ));
        }
        Ok(())
    }
}

fn moment(ms: i64) -> Result<OffsetDateTime, PictureError> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000)
        .ok()
        // EXIF has four digits for the year.
        .filter(|at| (1970..10_000).contains(&at.year()))
        .ok_or(PictureError::Unwritable)
}

fn stamp(at: OffsetDateTime) -> String {
    format!(
        "{:04}:{:02}:{:02} {:02}:{:02}:{:02}",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

fn field(tag: Tag, value: Value) -> Field {
    Field {
        tag,
        ifd_num: In::PRIMARY,
        value,
    }
}

fn text(tag: Tag, words: &str) -> Field {
    field(tag, Value::Ascii(vec![words.as_bytes().to_vec()]))
}

fn whole(number: u32) -> Rational {
    (number, 1).into()
}

/// A non-negative number in parts of `parts`.
fn share(number: f64, parts: u32) -> Option<Rational> {
    let scaled = (number * f64::from(parts)).round();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 32 bits"
    )]
    (0.0..f64::from(u32::MAX))
        .contains(&scaled)
        .then(|| (scaled as u32, parts).into())
}

/// Degrees, minutes and seconds to 1/10,000 of a second: 3 mm.
fn degrees(value: f64) -> Value {
    const PARTS: u64 = 10_000;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "at most 180 degrees"
    )]
    let parts = (value.abs() * 3_600.0 * PARTS as f64).round() as u64;
    let (minutes, rest) = (parts / (60 * PARTS), parts % (60 * PARTS));
    let number = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    Value::Rational(vec![
        whole(number(minutes / 60)),
        whole(number(minutes % 60)),
        (number(rest), number(PARTS)).into(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_says_is_read_back() {
        let facts = Facts {
            taken_at: 1_764_201_600_250, // 2025-11-27 08:00:00.25 in China
            here: true,
            offset_minutes: 480,
            place: Some(Place {
                lon: 102.930_123_4,
                lat: -29.870_000_1,
                accuracy_m: Some(8.25),
                direction: Some(-90.0),
                at: 1_764_201_598_000,
            }),
            software: "Linli 0.1.0".into(),
        };
        let bytes = facts.exif().expect("exif");
        let read = exif::Reader::new().read_raw(bytes).expect("read");
        let say = |tag| {
            read.get_field(tag, In::PRIMARY)
                .expect("there")
                .display_value()
                .to_string()
        };
        assert_eq!(say(Tag::DateTimeOriginal), "2025-11-27 08:00:00");
        assert_eq!(say(Tag::OffsetTimeOriginal), "\"+08:00\"");
        assert_eq!(say(Tag::GPSLatitudeRef), "S");
        assert_eq!(say(Tag::GPSLatitude), "29 deg 52 min 12.0004 sec");
        assert_eq!(say(Tag::GPSLongitude), "102 deg 55 min 48.4442 sec");
        assert_eq!(say(Tag::GPSHPositioningError), "8.3");
        assert_eq!(say(Tag::GPSImgDirection), "270");
    }

    #[test]
    fn sixty_seconds_are_a_minute() {
        let Value::Rational(parts) = degrees(29.999_999_999) else {
            panic!("rationals");
        };
        assert_eq!(parts.iter().map(|r| r.num).collect::<Vec<_>>(), [30, 0, 0]);
    }

    #[test]
    fn nonsense_is_refused() {
        let facts = |taken_at, lon| Facts {
            taken_at,
            here: true,
            offset_minutes: 480,
            place: Some(Place {
                lon,
                lat: 0.0,
                accuracy_m: None,
                direction: None,
                at: 0,
            }),
            software: String::new(),
        };
        for (taken_at, lon) in [(0, f64::NAN), (0, 181.0), (i64::MAX, 0.0), (i64::MIN, 0.0)] {
            assert_eq!(facts(taken_at, lon).exif(), Err(PictureError::Unwritable));
        }
    }
}
