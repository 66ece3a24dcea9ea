//! Which buckets a document belongs to: the center's own knowledge, derived from what the
//! document is about, where that lies, and who wrote it. Pure, given look-ups.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use linli_model::fields::Fields;
use linli_model::ids::{DocId, PersonId};
use linli_model::kind::{Class, Kind};
use linli_model::mutant;
use linli_model::org::{self, Level};
use linli_model::reference;
use linli_model::reference::roles::ScopeRel;

/// Scope and class.
pub(crate) type ScopeClass = (String, Class);

/// What the derivation has to look up.
pub(crate) trait Atlas {
    type Error;
    /// Type and org code of a place.
    fn place(&self, id: DocId) -> Result<Option<(String, String)>, Self::Error>;
    /// Building of a dwelling.
    fn building_of(&self, dwelling: DocId) -> Result<Option<DocId>, Self::Error>;
    /// Dwelling of a household or care document.
    fn home_of(&self, doc: DocId) -> Result<Option<DocId>, Self::Error>;
    /// Codes of org nodes at or below this one.
    fn orgs_below(&self, code: &str) -> Result<Vec<String>, Self::Error>;
    /// Buildings at or below an org node.
    fn buildings_below(&self, code: &str) -> Result<Vec<DocId>, Self::Error>;
}

/// What a document is about, as its fields say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) id: DocId,
    pub(crate) kind: Kind,
    pub(crate) class: Class,
    /// Type of a place.
    pub(crate) kind_of_place: String,
    pub(crate) dwelling: Option<DocId>,
    pub(crate) household: Option<DocId>,
    /// A place, or the building of a door document.
    pub(crate) place: Option<DocId>,
    pub(crate) org: String,
    pub(crate) dept: String,
    pub(crate) author: Option<PersonId>,
}

impl Subject {
    pub(crate) fn read(kind: Kind, id: DocId, fields: &Fields, author: Option<PersonId>) -> Self {
        let doc = |path: &str| fields.text(path).parse().ok();
        Self {
            id,
            kind,
            class: class_of(kind, fields),
            kind_of_place: match kind {
                Kind::Place => fields.text("type").to_owned(),
                _ => String::new(),
            },
            dwelling: doc("dwelling"),
            household: doc("household"),
            place: match kind {
                Kind::Door => doc("building"),
                Kind::Place => None,
                _ => doc("place"),
            },
            org: fields.text("org").to_owned(),
            dept: fields.text("dept").to_owned(),
            author,
        }
    }

    /// The fields it is read from; a write to one of them may move the document.
    pub(crate) fn depends_on(path: &str) -> bool {
        matches!(
            path,
            "type"
                | "named"
                | "category"
                | "dwelling"
                | "household"
                | "place"
                | "building"
                | "org"
                | "dept"
        )
    }
}

fn class_of(kind: Kind, fields: &Fields) -> Class {
    if kind == Kind::Case && is_restricted(fields.text("category")) {
        // Only the county's desks follow it; its reporter knows that it was accepted.
        return Class::Sealed;
    }
    if kind != Kind::Visit {
        return kind.class();
    }
    let code = fields.text("type");
    reference::visits()
        .types
        .iter()
        .find(|visit| visit.code == code)
        .map_or(Class::Work, |visit| {
            // Who is visited is no field of it, and what only named people may know of them is
            // on their phones: there it was said.
            let named = fields.get("named").is_true();
            visit.class.for_subject(named.then_some(Class::CareNamed))
        })
}

fn is_restricted(category: &str) -> bool {
    reference::events()
        .items
        .iter()
        .any(|item| item.restricted && item.code == category)
}

/// Where something lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Code of the org node.
    pub(crate) org: String,
    /// Building it lies in, or is.
    pub(crate) building: Option<DocId>,
}

impl Spot {
    /// Its scopes, nearest first.
    pub(crate) fn scopes(&self) -> Vec<String> {
        self.building
            .map(org::building_scope)
            .into_iter()
            .chain(org::org_scopes(&self.org))
            .collect()
    }
}

/// Where the subject of a document lies; none when nothing it names is known.
pub(crate) fn locate<A: Atlas>(subject: &Subject, atlas: &A) -> Result<Option<Spot>, A::Error> {
    if subject.kind == Kind::Place {
        let building = (subject.kind_of_place == "building").then_some(subject.id);
        return Ok(Level::of_code(&subject.org).map(|_| Spot {
            org: subject.org.clone(),
            building,
        }));
    }
    let mut dwelling = subject.dwelling;
    if dwelling.is_none()
        && let Some(household) = subject.household
    {
        dwelling = atlas.home_of(household)?;
    }
    let place = match dwelling {
        Some(dwelling) => atlas.building_of(dwelling)?,
        None => subject.place,
    };
    if let Some(place) = place {
        // A case may name a dwelling where others name a place.
        let place = match atlas.building_of(place)? {
            Some(building) => building,
            None => place,
        };
        if let Some((kind, org)) = atlas.place(place)? {
            let building = (kind == "building").then_some(place);
            return Ok(Some(Spot { org, building }));
        }
    }
    // What names a dwelling or place nobody knows lies nowhere, whatever else it says.
    let named = dwelling.is_some() || subject.household.is_some() || place.is_some();
    Ok(
        (!named && Level::of_code(&subject.org).is_some()).then(|| Spot {
            org: subject.org.clone(),
            building: None,
        }),
    )
}

/// The buckets of a document, sorted.
pub(crate) fn derive<A: Atlas>(subject: &Subject, atlas: &A) -> Result<Vec<ScopeClass>, A::Error> {
    let mut buckets = BTreeSet::new();
    let class = subject.class;
    if let Some(spot) = locate(subject, atlas)? {
        for scope in org::org_scopes(&spot.org) {
            if somebody_reads(&scope, class) {
                buckets.insert((scope, class));
            }
        }
        match (subject.kind, spot.building) {
            (Kind::Care, Some(building)) if mutant::is("care_for_everybody") => {
                buckets.insert((org::building_scope(building), Class::Base));
            }
            (Kind::Place | Kind::Door, Some(building)) => {
                buckets.insert((org::building_scope(building), class));
            }
            (Kind::Muster, Some(building)) => {
                buckets.insert((org::building_scope(building), Class::Base));
            }
            (Kind::Place | Kind::Notice | Kind::Muster, None) => {
                below(subject, &spot.org, atlas, &mut buckets)?;
            }
            _ => {}
        }
    }
    if subject.kind == Kind::Order && !subject.dept.is_empty() {
        buckets.insert((format!("dept:{}", subject.dept), Class::Order));
    }
    if let Some(author) = subject.author
        && matches!(subject.kind, Kind::Visit | Kind::Case | Kind::CareNamed)
        && class != Class::Sealed
    {
        buckets.insert((org::person_scope(author), class));
    }
    Ok(buckets.into_iter().collect())
}

/// What is set at a node reaches everybody below it: notices, roll-calls, and the places that
/// all of a node share.
fn below<A: Atlas>(
    subject: &Subject,
    org: &str,
    atlas: &A,
    buckets: &mut BTreeSet<ScopeClass>,
) -> Result<(), A::Error> {
    for code in atlas.orgs_below(org)? {
        let scope = format!("org:{code}");
        if somebody_reads(&scope, subject.class) {
            buckets.insert((scope, subject.class));
        }
    }
    let reaches_doors = match subject.kind {
        Kind::Place => matches!(
            subject.kind_of_place.as_str(),
            "county" | "street" | "community" | "grid" | "shelter"
        ),
        _ => true,
    };
    if reaches_doors {
        for building in atlas.buildings_below(org)? {
            // A building lead reads no bucket of class work but the own one.
            buckets.insert((org::building_scope(building), Class::Base));
        }
    }
    Ok(())
}

/// Whether any role reads this class at this level of the org tree. A bucket that nobody can
/// ever read is not kept.
fn somebody_reads(scope: &str, class: Class) -> bool {
    static READ: LazyLock<BTreeSet<(usize, Class)>> = LazyLock::new(|| {
        reference::roles()
            .roles
            .iter()
            .flat_map(|role| role.read.iter().chain(&role.write))
            .filter_map(|(relation, class)| {
                let level = match relation {
                    ScopeRel::Grid => Level::Grid,
                    ScopeRel::Community => Level::Community,
                    ScopeRel::Street => Level::Street,
                    ScopeRel::County => Level::County,
                    _ => return None,
                };
                Some((level.digits(), *class))
            })
            .collect()
    });
    READ.contains(&(scope.len().saturating_sub("org:".len()), class))
}

#[cfg(test)]
mod tests;
