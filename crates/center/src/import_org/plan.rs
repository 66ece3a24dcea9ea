//! What an import would change: sheets against what the center has.

use std::collections::HashMap;

use linli_model::ids::DocId;
use linli_model::kinds::place::Place;
use linli_model::org::Level;
use linli_model::value::Write;

use super::check::Node;

/// An org node the center has already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its place document.
    pub doc: DocId,
    /// Its name now.
    pub name: String,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A new place document.
    Add(Node),
    /// The node has another name in the sheet.
    Rename {
        /// Its document.
        doc: DocId,
        /// Writes that rename it.
        writes: Vec<Write>,
    },
}

/// All there is to do, the upper level first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// What to do.
    pub steps: Vec<Step>,
    /// Nodes that stay as they are.
    pub unchanged: usize,
}

impl Plan {
    /// Compares checked nodes with those the center has, by code.
    pub fn new(nodes: Vec<Node>, known: &HashMap<String, Known>) -> Self {
        let mut plan = Self::default();
        for node in nodes {
            match known.get(&node.code) {
                None => plan.steps.push(Step::Add(node)),
                Some(there) if there.name == node.name => plan.unchanged += 1,
                Some(there) => plan.steps.push(Step::Rename {
                    doc: there.doc,
                    writes: vec![Write::new("name", node.name)],
                }),
            }
        }
        plan
    }

    /// How many nodes it adds.
    pub fn added(&self) -> usize {
        let added = |step: &&Step| matches!(step, Step::Add(_));
        self.steps.iter().filter(added).count()
    }

    /// How many nodes it renames.
    pub fn renamed(&self) -> usize {
        self.steps.len() - self.added()
    }
}

impl Node {
    /// The writes that bring its place document into being.
    pub fn writes(&self) -> Vec<Write> {
        Place {
            kind: match self.level {
                Level::County => "county",
                Level::Street => "street",
                Level::Community => "community",
                Level::Grid => "grid",
            }
            .into(),
            name: self.name.clone(),
            code: self.code.clone(),
            org: self.code.clone(),
            ..Place::default()
        }
        .create()
    }
}
