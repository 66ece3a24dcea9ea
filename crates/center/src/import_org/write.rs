//! Carries an import out: place documents by the center's own hand, in one transaction.

use std::collections::HashMap;

use linli_model::ids::DocId;
use linli_model::kind::Kind;
use linli_model::kinds::place::Place;

use super::{Known, Plan, Problem, Sheet, Step, check};
use crate::center::Center;
use crate::gate;
use crate::hand::{document, write};
use crate::membership::Subject;
use crate::store::{StoreError, Tables};
use crate::world::random;

/// Why an import did nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Lines are wrong; all of them are named.
    #[error("{} wrong lines", .0.len())]
    Wrong(Vec<Problem>),
    /// A document could not be written.
    #[error("a place could not be written: {0}")]
    Document(#[from] linli_model::document::DocumentError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// New nodes.
    pub added: usize,
    /// Nodes with a new name.
    pub renamed: usize,
    /// Nodes that were so already.
    pub unchanged: usize,
}

/// Imports the sheets, the upper level first; a dry run stops before writing.
///
/// # Errors
/// See [`ImportError`]; nothing is changed then.
pub fn import(center: &Center, sheets: &[Sheet<'_>], dry: bool) -> Result<Imported, ImportError> {
    let known = center.store.read_now(known)?;
    let nodes = check(sheets, |code| known.contains_key(code)).map_err(ImportError::Wrong)?;
    let plan = Plan::new(nodes, &known);
    let imported = Imported {
        added: plan.added(),
        renamed: plan.renamed(),
        unchanged: plan.unchanged,
    };
    if dry || plan.steps.is_empty() {
        return Ok(imported);
    }
    let now = center.now();
    let ids: Vec<DocId> = plan
        .steps
        .iter()
        .map(|_| DocId::new(u64::try_from(now).unwrap_or(0), random(&*center.world)))
        .collect();
    center.store.write_now(move |turn| {
        let tables = turn.tables;
        let mut codes = Vec::new();
        for (step, id) in plan.steps.into_iter().zip(ids) {
            match step {
                Step::Add(node) => {
                    let row = tables.add_doc(id, Kind::Place, None)?;
                    write(tables, &row, &node.writes(), now)?;
                    codes.push(node.code);
                }
                Step::Rename { doc, writes } => {
                    let row = tables.doc(doc)?.ok_or(StoreError::Damaged("place"))?;
                    // What the gate keeps in memory no longer equals the log.
                    drop(turn.drafts.take(&row));
                    write(tables, &row, &writes, now)?;
                }
            }
        }
        reach(tables, &codes)?;
        tables.note(now, None, "import_org", &codes.len().to_be_bytes())
    })?;
    Ok(imported)
}

/// Org nodes the center has, by code.
fn known(tables: Tables<'_>) -> Result<HashMap<String, Known>, StoreError> {
    let mut known = HashMap::new();
    for row in tables.docs_of(Kind::Place)? {
        let place = Place::read(&document(tables, &row)?.fields());
        if let Some(node) = org_code(&place) {
            let name = place.name.clone();
            known.insert(node.to_owned(), Known { doc: row.id, name });
        }
    }
    Ok(known)
}

fn org_code(place: &Place) -> Option<&str> {
    let is_node = matches!(
        place.kind.as_str(),
        "county" | "street" | "community" | "grid"
    );
    let code = if place.code.is_empty() {
        &place.org
    } else {
        &place.code
    };
    is_node.then_some(code.as_str())
}

/// Puts the new nodes into their buckets, and what is set above a new node into its: what
/// reaches all of a county reaches its new streets too.
fn reach(tables: Tables<'_>, codes: &[String]) -> Result<(), StoreError> {
    for kind in [Kind::Place, Kind::Notice, Kind::Muster] {
        for row in tables.docs_of(kind)? {
            let fields = document(tables, &row)?.fields();
            let subject = Subject::read(kind, row.id, &fields, row.author);
            let above = |code: &String| !subject.org.is_empty() && code.starts_with(&subject.org);
            if !codes.iter().any(above) {
                continue;
            }
            gate::settle(tables, row.no, &gate::buckets_of(tables, &subject)?)?;
        }
    }
    Ok(())
}
