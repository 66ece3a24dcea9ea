//! Roll-calls: statuses are facts that merge; a building lead speaks for rooms of the own
//! building, everybody else for people.

use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::reference;

use super::{Ask, Refused, Stop};

/// A roll-call is one new document, without statuses yet.
pub(super) fn start(ask: &Ask<'_>) -> Result<(), Refused> {
    ask.kind_in(&[Kind::Muster])?;
    ask.birth_is(true)?;
    ask.only(&["title", "org", "place", "drill", "at"])?;
    if ask.written("title").text().trim().is_empty() {
        return Err(Refused::fields("empty", ["title"]));
    }
    Ok(())
}

/// How subjects are.
pub(super) fn status(ask: &Ask<'_>) -> Result<(), Stop> {
    ask.kind_in(&[Kind::Muster])?;
    ask.birth_is(false)?;
    ask.only(&["status/"])?;
    if ask.now.get("ended").int().is_some() {
        return Err(Refused::code("ended").into());
    }
    for write in ask.writes {
        let fault = |code| Stop::from(Refused::fields(code, [write.path.as_str()]));
        let known = reference::workflow().status(write.value.text());
        if known.is_none_or(|status| status.center_only) {
            return Err(fault("unknown_code"));
        }
        let subject = write.path.trim_start_matches("status/");
        match subject.split_once(':') {
            Some(("r", room)) => {
                let room: DocId = room.parse().map_err(|_| fault("schema"))?;
                let building = ask.tables.building_of(room)?;
                let own =
                    building.is_some_and(|id| ask.who.posts.buildings.contains(&id.to_string()));
                if ask.is_lead() && !own {
                    return Err(fault("scope"));
                }
            }
            Some(("p", person)) if person.parse::<EntryId>().is_ok() => {
                if ask.is_lead() {
                    return Err(fault("role"));
                }
            }
            _ => return Err(fault("schema")),
        }
    }
    Ok(())
}
