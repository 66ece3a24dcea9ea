//! What the stamp says. In Chinese whatever the language of the app: it is read at the center.

use linli_picture::{Facts, Place};
use linli_store::Transaction;
use linli_store::media::Photo;
use time::{OffsetDateTime, UtcOffset};

use super::capture::Capture;
use crate::api::Position;
use crate::desk::Desk;
use crate::error::Outcome;
use crate::locate::find;

/// China's civil time is UTC+8 everywhere; minutes.
const OFFSET_MINUTES: i32 = 8 * 60;
/// Nearer than this a building is what a photo is of, metres.
const AT_BUILDING_M: f64 = 50.0;

/// Who and how much: settings of this phone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StampSettings {
    /// Stamp photos at all.
    pub on: bool,
    /// With the worker's name.
    pub name: bool,
}

/// The lines of a photo's stamp, top to bottom. None when it is off.
pub(super) fn lines(
    tx: &Transaction<'_>,
    desk: &Desk,
    photo: &Photo,
    capture: &Capture,
    settings: StampSettings,
) -> Outcome<Vec<String>> {
    if !settings.on {
        return Ok(Vec::new());
    }
    let when = clock(photo.taken_at);
    let mut lines = vec![if photo.source == "camera" {
        when
    } else {
        format!("转来的照片 · {when} 收到")
    }];
    match &capture.position {
        Some(position) => {
            let accuracy = position.accuracy_m.unwrap_or(0.0);
            let at = find(tx, desk, position.lon, position.lat, accuracy)?;
            let building = (at.distance_m <= AT_BUILDING_M && !at.building.is_empty())
                .then_some(at.building_name);
            let place: Vec<String> = [Some(at.grid_name), building]
                .into_iter()
                .flatten()
                .filter(|name| !name.is_empty())
                .collect();
            if !place.is_empty() {
                lines.push(place.join(" · "));
            }
            lines.push(coordinates(position));
        }
        None => lines.push("未定位".into()),
    }
    if settings.name {
        lines.push(desk.session.person().name.clone());
    }
    Ok(lines)
}

/// Such as `29.87000°N 102.93012°E ±8 米`: five decimals are a metre.
fn coordinates(position: &Position) -> String {
    let half = |value: f64, plus, minus| {
        let side = if value < 0.0 { minus } else { plus };
        format!("{:.5}°{side}", value.abs())
    };
    let how = match (position.source.as_str(), position.accuracy_m) {
        ("tap", _) => " 手工标注".to_owned(),
        ("building", _) => " 取自楼栋".to_owned(),
        (_, Some(metres)) => format!(" ±{metres:.0} 米"),
        _ => String::new(),
    };
    format!(
        "{} {}{how}{}",
        half(position.lat, 'N', 'S'),
        half(position.lon, 'E', 'W'),
        if position.mocked { " 模拟定位" } else { "" }
    )
}

/// Such as `2026-11-27 18:32:05`.
fn clock(ms: i64) -> String {
    let offset = UtcOffset::from_whole_seconds(OFFSET_MINUTES * 60).unwrap_or(UtcOffset::UTC);
    let at = OffsetDateTime::from_unix_timestamp(ms.div_euclid(1_000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .to_offset(offset);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// What goes into the file besides.
pub(super) fn facts(photo: &Photo, capture: &Capture, version: &str) -> Facts {
    Facts {
        taken_at: photo.taken_at.clamp(0, LAST_MS),
        // When a picture from elsewhere was taken nobody here can say.
        here: photo.source == "camera",
        offset_minutes: OFFSET_MINUTES,
        place: capture.position.as_ref().map(|position| Place {
            lon: position.lon,
            lat: position.lat,
            accuracy_m: position.accuracy_m,
            direction: capture.direction,
            at: position.at.clamp(0, LAST_MS),
        }),
        software: format!("Linli {version}"),
    }
}

/// The last moment that EXIF can say, and then some to spare for time zones: a phone's clock may
/// show anything.
const LAST_MS: i64 = 253_370_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_said_with_how_it_was_come_by() {
        let at = |source: &str, accuracy_m, mocked| Position {
            lon: 102.930_123,
            lat: -29.87,
            accuracy_m,
            source: source.into(),
            at: 0,
            mocked,
        };
        for (position, said) in [
            (at("gnss", Some(8.4), false), "29.87000°S 102.93012°E ±8 米"),
            (
                at("gnss", Some(8.4), true),
                "29.87000°S 102.93012°E ±8 米 模拟定位",
            ),
            (at("tap", None, false), "29.87000°S 102.93012°E 手工标注"),
            (
                at("building", None, false),
                "29.87000°S 102.93012°E 取自楼栋",
            ),
        ] {
            assert_eq!(coordinates(&position), said);
        }
    }

    #[test]
    fn a_moment_is_said_in_chinas_time() {
        assert_eq!(clock(1_764_201_600_250), "2025-11-27 08:00:00");
        assert_eq!(clock(-1), "1970-01-01 07:59:59");
        assert_eq!(clock(i64::MIN), "1970-01-01 08:00:00");
    }
}
