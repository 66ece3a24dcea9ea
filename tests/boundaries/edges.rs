//! Who may depend on whom.

use crate::tree::Metadata;

/// Every package of ours with all that it may depend on among ours, tests included. `linli-tests`
/// may use everything.
const ALLOWED: [(&str, &[&str]); 11] = [
    ("linli-model", &[]),
    ("linli-protocol", &["linli-model"]),
    ("linli-store", &["linli-model"]),
    (
        "linli-field",
        &[
            "linli-model",
            "linli-picture",
            "linli-protocol",
            "linli-store",
        ],
    ),
    ("linli-picture", &[]),
    (
        "linli-center",
        &["linli-model", "linli-picture", "linli-protocol"],
    ),
    ("linli-demo", &["linli-model"]),
    ("linli-webhost", &["linli-field"]),
    ("linli-rig", &[]),
    ("linli-app", &["linli-field"]),
    ("linli-tests", &["*"]),
];

#[test]
fn only_the_allowed_edges_exist() {
    let metadata = Metadata::read();
    let mut wrong = Vec::new();
    for package in metadata.ours() {
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == package.name) else {
            wrong.push(format!("{} is not on the list", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            let ours = dependency.name.starts_with("linli-");
            let may = allowed.contains(&dependency.name.as_str()) || allowed.contains(&"*");
            if ours && !may {
                wrong.push(format!("{} → {}", package.name, dependency.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What serves tests and the demo must not reach a phone, nor the center's code.
#[test]
fn the_app_holds_nothing_that_is_not_for_phones() {
    let metadata = Metadata::read();
    let linked = metadata.linked_into("linli-app");
    for unwanted in [
        "linli-webhost",
        "linli-rig",
        "linli-center",
        "linli-demo",
        "linli-tests",
        "axum",
        // The system's certificates play no part: phones trust their own center's key.
        "native-tls",
    ] {
        assert!(
            !linked.contains(unwanted),
            "{unwanted} is linked into the app"
        );
    }
    assert!(linked.contains("linli-field"));
}

#[test]
fn the_center_holds_no_phone() {
    let linked = Metadata::read();
    let linked = linked.linked_into("linli-center");
    for unwanted in ["linli-field", "linli-store", "tauri"] {
        assert!(
            !linked.contains(unwanted),
            "{unwanted} is linked into the center"
        );
    }
}
