//! What `cargo metadata` and the file system say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// The part of `cargo metadata` that matters here.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    pub(crate) workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) license: Option<String>,
    /// Where it comes from; nothing for a folder of this repository.
    pub(crate) source: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dep>,
}

#[derive(Deserialize)]
struct Dep {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// `dev`, `build`, or nothing for a plain dependency.
    kind: Option<String>,
}

/// The platform that this is compiled on, as cargo calls it.
fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().expect("rustc runs");
    let text = String::from_utf8(output.stdout).expect("plain text");
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}

/// Root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Metadata {
    pub(crate) fn read() -> Self {
        // Only this platform: whatever else the others need may not be at hand.
        let output = Command::new(env!("CARGO"))
            .args([
                "metadata",
                "--format-version=1",
                "--filter-platform",
                &host(),
            ])
            .current_dir(root())
            .output()
            .expect("cargo runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).expect("metadata of the known shape")
    }

    /// The packages of this workspace.
    pub(crate) fn ours(&self) -> impl Iterator<Item = &Package> {
        let ours = |package: &&Package| self.workspace_members.contains(&package.id);
        self.packages.iter().filter(ours)
    }

    /// The packages that are built on this platform, others' included.
    pub(crate) fn used(&self) -> impl Iterator<Item = &Package> {
        let nodes: BTreeSet<&str> = self.resolve.nodes.iter().map(|n| n.id.as_str()).collect();
        let used = move |package: &&Package| nodes.contains(package.id.as_str());
        self.packages.iter().filter(used)
    }

    /// Names of all that is linked into the package `name`: everything but what only tests need.
    pub(crate) fn linked_into(&self, name: &str) -> BTreeSet<&str> {
        let names: BTreeMap<&str, &str> = self
            .packages
            .iter()
            .map(|package| (package.id.as_str(), package.name.as_str()))
            .collect();
        let start = self.ours().find(|package| package.name == name);
        let mut waiting = vec![start.expect("the package exists").id.as_str()];
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            let node = self.resolve.nodes.iter().find(|node| node.id == id);
            let linked = node.into_iter().flat_map(|node| &node.deps).filter(|dep| {
                let kinds = &dep.dep_kinds;
                kinds.iter().any(|kind| kind.kind.as_deref() != Some("dev"))
            });
            waiting.extend(linked.map(|dep| dep.pkg.as_str()));
        }
        seen.into_iter().map(|id| names[id]).collect()
    }
}

/// Files of our own below `folder` whose names end with one of `endings`.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let built = ["node_modules", "dist", "target", "gen", "bindings"];
            if path.is_dir() && !built.contains(&name.as_str()) {
                waiting.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
