//! Grids are cut anew: a building goes to another grid, and everything that lies in it goes
//! along (DESIGN §4.11). Phones follow with their next sync.

use std::collections::BTreeSet;

use linli_model::ids::DocId;
use linli_model::kind::{Class, Kind};
use linli_model::kinds::notice::Notice;
use linli_model::kinds::place::Place;
use linli_model::org;
use linli_model::value::Write;

use crate::center::Center;
use crate::gate;
use crate::hand::{document, write};
use crate::membership::{Spot, Subject};
use crate::store::{DocNo, StoreError, Tables, Turn};
use crate::sync::renew;
use crate::world::random;

/// How long the notice about it is shown, milliseconds: two weeks.
const NOTICE_MS: i64 = 14 * 86_400_000;

/// Why a building stays where it is; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// No building goes by this.
    #[error("there is no building {0} here")]
    NoBuilding(String),
    /// Several do.
    #[error("several buildings are called {0}; name one by its id: {1}")]
    Several(String, String),
    /// No grid has this code.
    #[error("there is no grid {0} here")]
    NoGrid(String),
    /// It lies there already.
    #[error("it lies in that grid already")]
    Already,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a move did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Name of the building.
    pub building: String,
    /// Names of the grids.
    pub from: String,
    /// The new one.
    pub to: String,
    /// Documents that changed their readers.
    pub documents: usize,
}

/// Moves a building, by id or by a name that only one has, to the grid with this code: its
/// households, care, visits, cases and tasks change their readers, its lead's post follows, and
/// a notice tells both grids. What phones of the old grid haven't sent yet comes back to them as
/// out of scope.
///
/// # Errors
/// See [`MoveError`].
pub fn move_building(center: &Center, building: &str, to: &str) -> Result<Moved, MoveError> {
    let now = center.now();
    let fresh = || DocId::new(u64::try_from(now).unwrap_or(0), random(&*center.world));
    let (building, to) = (building.trim().to_owned(), to.trim().to_owned());
    let notices = [fresh(), fresh()];
    center
        .store
        .write_now(move |turn| apply(turn, &building, &to, notices, now))?
}

/// A building on its way from one grid to another.
pub(crate) struct Cut<'a> {
    building: DocId,
    to: &'a str,
    candidates: BTreeSet<DocNo>,
}

impl<'a> Cut<'a> {
    /// Before the place says where it is now.
    pub(crate) fn before(
        tables: Tables<'_>,
        building: DocId,
        from: &str,
        to: &'a str,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            building,
            to,
            candidates: candidates(tables, building, from, to)?,
        })
    }

    /// After it says so: everything in it follows, and so does its lead's post. How many
    /// documents came into another scope.
    pub(crate) fn after(self, tables: Tables<'_>, now: i64) -> Result<usize, StoreError> {
        let mut documents = 0;
        for no in self.candidates {
            documents += usize::from(follow(tables, no, now)?);
        }
        for mut person in tables.people()? {
            if person.building == Some(self.building) {
                self.to.clone_into(&mut person.org);
                tables.set_person(&person)?;
                renew(tables, person.id, now)?;
            }
        }
        Ok(documents)
    }
}

struct Found {
    id: DocId,
    place: Place,
}

fn apply(
    turn: &mut Turn<'_>,
    building: &str,
    to: &str,
    notices: [DocId; 2],
    now: i64,
) -> Result<Result<Moved, MoveError>, StoreError> {
    let tables = turn.tables;
    let mut places = Vec::new();
    for row in tables.docs_of(Kind::Place)? {
        places.push(Found {
            id: row.id,
            place: Place::read(&document(tables, &row)?.fields()),
        });
    }
    let house = match find(&places, building) {
        Ok(house) => house,
        Err(error) => return Ok(Err(error)),
    };
    let grid = |code: &str| {
        let is = |one: &&Found| one.place.kind == "grid" && one.place.org == code;
        places.iter().find(is).map(|one| &one.place)
    };
    let Some(new) = grid(to) else {
        return Ok(Err(MoveError::NoGrid(to.to_owned())));
    };
    let from = house.place.org.as_str();
    if from == to {
        return Ok(Err(MoveError::Already));
    }
    let moved = Moved {
        building: house.place.name.clone(),
        from: grid(from).map_or_else(String::new, |old| old.name.clone()),
        to: new.name.clone(),
        documents: 0,
    };
    let cut = Cut::before(tables, house.id, from, to)?;
    let row = tables.doc(house.id)?.ok_or(StoreError::Damaged("place"))?;
    // What the gate keeps in memory no longer equals the log.
    drop(turn.drafts.take(&row));
    let writes = [
        Write::new("org", to),
        Write::new("worker", new.worker.as_str()),
        Write::new("worker_name", new.worker_name.as_str()),
    ];
    write(tables, &row, &writes, now)?;
    let documents = cut.after(tables, now)?;
    for (id, org) in notices.into_iter().zip([from, to]) {
        publish(tables, id, org, &moved, now)?;
    }
    tables.note(now, None, "grid_move", house.id.as_bytes())?;
    Ok(Ok(Moved { documents, ..moved }))
}

fn find<'a>(places: &'a [Found], building: &str) -> Result<&'a Found, MoveError> {
    let id: Option<DocId> = building.parse().ok();
    let is = |one: &&Found| {
        one.place.kind == "building" && (id == Some(one.id) || one.place.name == building)
    };
    let mut found = places.iter().filter(is);
    match (found.next(), found.next()) {
        (None, _) => Err(MoveError::NoBuilding(building.to_owned())),
        (Some(house), None) => Ok(house),
        (Some(_), Some(_)) => {
            let ids: Vec<String> = places
                .iter()
                .filter(is)
                .map(|one| format!("{} ({})", one.id, one.place.org))
                .collect();
            Err(MoveError::Several(building.to_owned(), ids.join(", ")))
        }
    }
}

/// Every document that may have other readers afterwards: what lies in a scope that the building
/// leaves, and what is set for all of one that it comes into.
fn candidates(
    tables: Tables<'_>,
    building: DocId,
    from: &str,
    to: &str,
) -> Result<BTreeSet<DocNo>, StoreError> {
    let scopes = |org: &str| {
        let org = org.to_owned();
        Spot {
            org,
            building: None,
        }
        .scopes()
    };
    let (old, new) = (scopes(from), scopes(to));
    let left = old.iter().filter(|scope| !new.contains(scope)).cloned();
    let mut all = BTreeSet::new();
    for scope in left.chain([org::building_scope(building)]) {
        for (class, _) in Class::ALL {
            if let Some(bucket) = tables.find_bucket(&scope, class)? {
                all.extend(tables.members(bucket)?);
            }
        }
    }
    for scope in new.iter().filter(|scope| !old.contains(scope)) {
        for (class, _) in Class::ALL {
            let Some(bucket) = tables.find_bucket(scope, class)? else {
                continue;
            };
            for no in tables.members(bucket)? {
                let kind = tables.doc_by_no(no)?.map(|row| row.kind);
                if matches!(kind, Some(Kind::Place | Kind::Notice | Kind::Muster)) {
                    all.insert(no);
                }
            }
        }
    }
    Ok(all)
}

/// Puts a document where it belongs now. True when that is somewhere else.
fn follow(tables: Tables<'_>, no: DocNo, now: i64) -> Result<bool, StoreError> {
    let Some(row) = tables.doc_by_no(no)? else {
        return Ok(false);
    };
    let fields = document(tables, &row)?.fields();
    let subject = Subject::read(row.kind, row.id, &fields, row.author);
    let should = gate::buckets_of(tables, &subject)?;
    if tables.membership(no)? == should {
        return Ok(false);
    }
    gate::settle(tables, no, &should)?;
    if row.kind == Kind::Case {
        // The desks' list goes by the grid.
        gate::index(tables, &row, &fields, now)?;
    }
    Ok(true)
}

fn publish(
    tables: Tables<'_>,
    id: DocId,
    org: &str,
    moved: &Moved,
    now: i64,
) -> Result<(), StoreError> {
    let Moved {
        building, from, to, ..
    } = moved;
    let notice = Notice {
        title: format!("{building}划到{to}"),
        body: format!(
            "从现在起{building}归{to}管,原来归{from}。名册、走访、任务和报的事都跟着过去。\
             {from}的手机上还没送出的,会退到“要看看”里,写的都在。"
        ),
        level: "normal".into(),
        org: org.to_owned(),
        at: now,
        until: Some(now + NOTICE_MS),
    };
    let row = tables.add_doc(id, Kind::Notice, None)?;
    write(tables, &row, &notice.create(), now)?;
    let subject = Subject::read(row.kind, row.id, &document(tables, &row)?.fields(), None);
    gate::settle(tables, row.no, &gate::buckets_of(tables, &subject)?)
}
