//! `GET /api/returned`: what was given back to its authors in the chief's area, newest first.

mod decide;
mod look;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use linli_model::actor::EnrolmentId;
use linli_model::ids::IntentId;
use serde::Deserialize;

use super::api::returned::ReturnedPage;
use super::desk::Desk;
use super::failure::Refuse;
use super::seat::Seat;

pub(crate) use decide::{accept, refuse};
pub(crate) use look::sees;

/// Lines of a page.
const PAGE: usize = 40;
/// Rows looked at for one page; more is the next page, full or not.
const SCANNED: usize = 2_000;

/// Where the list goes on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Where the last page ended.
    after: String,
}

/// `GET /api/returned`.
pub(crate) async fn list(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Json<ReturnedPage>, Refuse> {
    if !seat.viewer.pages.returned {
        return Err(Refuse::NOT_ALLOWED);
    }
    let before = match asked.after.as_str() {
        "" => None,
        after => Some(parse_key(after).ok_or(Refuse::BAD_INPUT)?),
    };
    let shared = desk.clone();
    let page = desk
        .center
        .store
        .read(move |tables| {
            let places = shared.atlas.at(tables)?;
            let rows = tables.returned(before, SCANNED)?;
            let (mut lines, mut next) = (Vec::new(), None);
            let scanned = rows.len();
            for (index, row) in rows.into_iter().enumerate() {
                let key = format!("{}.{}", row.at, row.intent);
                if let Some(look) = look::look(tables, &seat.viewer, row)? {
                    lines.push(look.line(tables, &places)?);
                }
                let last = index + 1 == scanned;
                if lines.len() == PAGE && !last || last && scanned == SCANNED {
                    next = Some(key);
                    break;
                }
            }
            Ok(ReturnedPage { lines, next })
        })
        .await?;
    Ok(Json(page))
}

fn parse_key(text: &str) -> Option<(i64, IntentId)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// How one of them is called at the console.
fn name(enrolment: EnrolmentId, intent: IntentId) -> String {
    format!("{enrolment}.{intent}")
}

fn parse_name(text: &str) -> Option<(EnrolmentId, IntentId)> {
    let (enrolment, intent) = text.split_once('.')?;
    let mut bytes = [0; 8];
    hex::decode_to_slice(enrolment, &mut bytes).ok()?;
    Some((EnrolmentId(bytes), intent.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_names_round_trip() {
        let (enrolment, intent) = (EnrolmentId([7; 8]), IntentId::from_bytes([9; 16]));
        assert_eq!(
            parse_name(&name(enrolment, intent)),
            Some((enrolment, intent))
        );
        assert_eq!(parse_key(&format!("12.{intent}")), Some((12, intent)));
        for wrong in ["", "x", "12", "07.9", "zz.zz"] {
            assert_eq!(parse_name(wrong), None, "{wrong}");
            assert_eq!(parse_key(wrong), None, "{wrong}");
        }
    }
}
