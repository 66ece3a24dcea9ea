//! What may be linked: licences and sources, as in `deny.toml`, without an extra program.

use crate::tree::{Metadata, root};

/// The allow-list of `deny.toml`, so that there is one list only.
fn allowed() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let list = text.split_once("allow = [").unwrap().1;
    let list = list.split_once("\n]").unwrap().0;
    let lines = list
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"'));
    lines
        .filter_map(|line| Some(line.split_once('"')?.0.to_owned()))
        .collect()
}

#[test]
fn every_licence_is_on_the_list_and_every_source_is_crates_io() {
    let metadata = Metadata::read();
    let allowed = allowed();
    assert!(allowed.iter().any(|one| one == "MIT"), "{allowed:?}");
    let mut wrong = Vec::new();
    for package in metadata.used() {
        let name = &package.name;
        let Some(source) = &package.source else {
            assert!(name.starts_with("linli-"), "{name} comes from a folder");
            continue;
        };
        if source != "registry+https://github.com/rust-lang/crates.io-index" {
            wrong.push(format!("{name} comes from {source}"));
        }
        let licence = package.license.as_deref().unwrap_or("none");
        if !permits(licence, &allowed) {
            wrong.push(format!("{name}: {licence}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether an SPDX expression can be met with what is allowed. Some write `/` for `OR`.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace('/', " OR ");
    // AND binds tighter than OR; brackets hold only simple choices in practice.
    if let Some((before, rest)) = expression.split_once('(')
        && let Some((inner, after)) = rest.split_once(')')
    {
        let inner = if permits(inner, allowed) { "yes" } else { "no" };
        return permits(&format!("{before}{inner}{after}"), allowed);
    }
    let met = |one: &str| one.trim() == "yes" || allowed.iter().any(|a| a == one.trim());
    expression
        .split(" OR ")
        .any(|all| all.split(" AND ").all(met))
}

#[test]
fn expressions_are_read_rightly() {
    let allowed = ["MIT".to_owned(), "ISC".to_owned()];
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT/GPL-3.0", true),
        ("GPL-3.0 OR ISC", true),
        ("GPL-3.0 AND ISC", false),
        ("(GPL-3.0 OR MIT) AND ISC", true),
        ("(GPL-3.0 OR MIT) AND GPL-3.0", false),
    ] {
        assert_eq!(permits(expression, &allowed), met, "{expression}");
    }
}
