//! What each kind of document may hold: the whitelist of fields.
//!
//! A document is a root of scalars and a fixed set of containers made at its birth. A
//! container holds either scalars under free keys (`flags/<resident>:<code>`) or entries under
//! fresh ids (`phones/<id>/number`). Nothing else can be written, so nothing else can merge
//! in a surprising way. Fields are only ever added; a phone that meets a field it doesn't
//! know keeps it.

use crate::kind::Kind;
use crate::value::{Value, Write};

/// Why a write is not allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// The kind is from a newer version.
    #[error("unknown kind of document")]
    UnknownKind,
    /// The field is from a newer version, or from nowhere.
    #[error("unknown field {0}")]
    UnknownField(String),
    /// The value has another type, or is too long.
    #[error("bad value for {0}")]
    BadValue(String),
}

/// Type and size of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    Bool,
    /// A whole number.
    Int,
    /// Text of at most so many bytes.
    Text(usize),
    /// Packed data of at most so many bytes.
    Bytes(usize),
}

impl Type {
    fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Null) => true,
            (Self::Bool, Value::Bool(_)) | (Self::Int, Value::Int(_)) => true,
            (Self::Text(max), Value::Text(text)) => text.len() <= max,
            (Self::Bytes(max), Value::Bytes(bytes)) => bytes.len() <= max,
            _ => false,
        }
    }
}

/// A named field.
pub type Field = (&'static str, Type);

/// What a container holds.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// Scalars of one type under free keys.
    Scalars(Type),
    /// Maps with these fields under fresh ids.
    Entries(&'static [Field]),
}

/// Everything a kind may hold.
#[derive(Debug)]
pub struct Schema {
    /// Scalars at the root.
    pub root: &'static [Field],
    /// Containers, made when the document is born. Their order is part of the genesis hash.
    pub containers: &'static [(&'static str, Holds)],
}

const CODE: Type = Type::Text(40);
const NAME: Type = Type::Text(180);
const WORDS: Type = Type::Text(6_000);
const ID: Type = Type::Text(36);
const TIME: Type = Type::Int;
const INT: Type = Type::Int;
const DEGREES_E7: Type = Type::Int;
/// Reserve for fields of newer versions: containers can't be added to a born document.
const MORE: (&str, Holds) = ("more", Holds::Scalars(WORDS));

const REMARKS: (&str, Holds) = (
    "remarks",
    Holds::Entries(&[("words", WORDS), ("at", TIME), ("ended", TIME)]),
);
const MEDIA: (&str, Holds) = (
    "media",
    Holds::Entries(&[
        ("sha256", Type::Bytes(32)),
        ("bytes", INT),
        ("width", INT),
        ("height", INT),
        ("taken_at", TIME),
        ("source", CODE),
        ("lon_e7", DEGREES_E7),
        ("lat_e7", DEGREES_E7),
        ("accuracy_dm", INT),
        ("position_source", CODE),
        ("mocked", Type::Bool),
        ("ended", TIME),
    ]),
);
const EVENTS: (&str, Holds) = (
    "events",
    Holds::Entries(&[
        ("to", CODE),
        ("after", ID),
        ("reason", WORDS),
        ("at", TIME),
        ("dept", CODE),
        ("no", CODE),
    ]),
);
const CARE: [(&str, Holds); 6] = [
    (
        "phones",
        Holds::Entries(&[
            ("number", Type::Text(32)),
            ("whose", ID),
            ("note", NAME),
            ("ended", TIME),
        ]),
    ),
    (
        "contacts",
        Holds::Entries(&[
            ("name", NAME),
            ("note", NAME),
            ("phone", ID),
            ("ended", TIME),
        ]),
    ),
    ("flags", Holds::Scalars(Type::Bool)),
    ("mobility", Holds::Scalars(CODE)),
    REMARKS,
    MORE,
];

impl Schema {
    /// The schema of a kind; none for kinds of newer versions.
    pub fn of(kind: Kind) -> Option<&'static Self> {
        Some(match kind {
            Kind::Place => &Self {
                root: &[
                    ("type", CODE),
                    ("name", NAME),
                    ("alias", NAME),
                    ("code", CODE),
                    ("parent", ID),
                    ("org", CODE),
                    ("lon_e7", DEGREES_E7),
                    ("lat_e7", DEGREES_E7),
                    ("outline", Type::Bytes(64_000)),
                    ("units", NAME),
                    ("floors", WORDS),
                    ("lead", ID),
                    ("worker", ID),
                    ("lead_name", NAME),
                    ("worker_name", NAME),
                    ("capacity", INT),
                    ("phone", Type::Text(32)),
                    ("ended", TIME),
                ],
                containers: &[MORE],
            },
            Kind::Door => &Self {
                root: &[("building", ID)],
                containers: &[
                    (
                        "rooms",
                        Holds::Entries(&[
                            ("unit", CODE),
                            ("floor", CODE),
                            ("room", CODE),
                            ("surname", NAME),
                            ("occupied", Type::Bool),
                            ("occupancies", CODE),
                            ("alias_of", ID),
                            ("ended", TIME),
                        ]),
                    ),
                    MORE,
                ],
            },
            Kind::Household => &Self {
                root: &[
                    ("dwelling", ID),
                    ("occupancy", INT),
                    ("type", CODE),
                    ("ended", TIME),
                ],
                containers: &[
                    (
                        "residents",
                        Holds::Entries(&[
                            ("name", NAME),
                            ("sex", CODE),
                            ("birth_year", INT),
                            ("relation", CODE),
                            ("population", CODE),
                            ("from", NAME),
                            ("housing", CODE),
                            ("ended", TIME),
                            ("ended_why", CODE),
                        ]),
                    ),
                    ("tags", Holds::Scalars(Type::Bool)),
                    REMARKS,
                    MORE,
                ],
            },
            Kind::Care => &Self {
                root: &[("dwelling", ID), ("occupancy", INT), ("cycle_days", INT)],
                containers: &CARE,
            },
            Kind::CareNamed => &Self {
                root: &[("resident", ID), ("dwelling", ID), ("cycle_days", INT)],
                containers: &CARE,
            },
            Kind::Visit => &Self {
                root: &[
                    ("dwelling", ID),
                    ("household", ID),
                    ("place", ID),
                    ("type", CODE),
                    ("result", INT),
                    ("mood", CODE),
                    ("utilities", CODE),
                    ("words", WORDS),
                    ("at", TIME),
                    ("case", ID),
                    ("named", Type::Bool),
                ],
                containers: &[
                    (
                        "tips",
                        Holds::Entries(&[
                            ("kind", CODE),
                            ("value", NAME),
                            ("words", WORDS),
                            ("state", CODE),
                        ]),
                    ),
                    REMARKS,
                    MEDIA,
                    MORE,
                ],
            },
            Kind::Case => &Self {
                root: &[
                    ("category", CODE),
                    ("words", WORDS),
                    ("place", ID),
                    ("org", CODE),
                    ("household", ID),
                    ("address", NAME),
                    ("at", TIME),
                    ("lon_e7", DEGREES_E7),
                    ("lat_e7", DEGREES_E7),
                    ("accuracy_dm", INT),
                    ("position_source", CODE),
                    ("position_at", TIME),
                    ("mocked", Type::Bool),
                ],
                containers: &[EVENTS, REMARKS, MEDIA, MORE],
            },
            Kind::Order => &Self {
                root: &[
                    ("case", ID),
                    ("dept", CODE),
                    ("category", CODE),
                    ("words", WORDS),
                ],
                containers: &[EVENTS, REMARKS, MEDIA, MORE],
            },
            Kind::Receipt => &Self {
                root: &[
                    ("case", ID),
                    ("category", CODE),
                    ("state", CODE),
                    ("at", TIME),
                ],
                containers: &[MORE],
            },
            Kind::Task => &Self {
                root: &[
                    ("title", NAME),
                    ("words", WORDS),
                    ("household", ID),
                    ("dwelling", ID),
                    ("place", ID),
                    ("org", CODE),
                    ("due", TIME),
                    ("at", TIME),
                ],
                containers: &[EVENTS, REMARKS, MORE],
            },
            Kind::Notice => &Self {
                root: &[
                    ("title", NAME),
                    ("body", Type::Text(24_000)),
                    ("level", CODE),
                    ("org", CODE),
                    ("at", TIME),
                    ("until", TIME),
                ],
                containers: &[MORE],
            },
            Kind::Muster => &Self {
                root: &[
                    ("title", NAME),
                    ("org", CODE),
                    ("place", ID),
                    ("drill", Type::Bool),
                    ("at", TIME),
                    ("ended", TIME),
                ],
                containers: &[("status", Holds::Scalars(CODE)), REMARKS, MORE],
            },
            Kind::Unknown(_) => return None,
        })
    }

    /// Type of the field at `path`, if there is one.
    pub fn field(&self, path: &str) -> Option<Type> {
        let find = |fields: &[Field], name: &str| {
            fields.iter().find(|(n, _)| *n == name).map(|(_, ty)| *ty)
        };
        let mut parts = path.splitn(3, '/');
        match (parts.next()?, parts.next(), parts.next()) {
            (name, None, None) => find(self.root, name),
            (container, Some(key), name) => {
                let (_, holds) = self.containers.iter().find(|(n, _)| *n == container)?;
                match (holds, name) {
                    (Holds::Scalars(ty), None) if good_key(key) => Some(*ty),
                    (Holds::Entries(fields), Some(name)) if good_entry(key) => find(fields, name),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

fn good_key(key: &str) -> bool {
    (1..=80).contains(&key.len())
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_' | b'.'))
}

fn good_entry(key: &str) -> bool {
    key.parse::<crate::ids::EntryId>()
        .is_ok_and(|id| id.to_string() == key)
}

/// Checks one write against the schema of `kind`.
///
/// # Errors
/// The kind or field is unknown, or the value doesn't fit.
pub fn check(kind: Kind, write: &Write) -> Result<(), SchemaError> {
    let schema = Schema::of(kind).ok_or(SchemaError::UnknownKind)?;
    let ty = schema
        .field(&write.path)
        .ok_or_else(|| SchemaError::UnknownField(write.path.clone()))?;
    if ty.fits(&write.value) {
        Ok(())
    } else {
        Err(SchemaError::BadValue(write.path.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_fields_of_the_right_type_pass() {
        let id = "0198c6a0-0000-7000-8000-000000000001";
        let ok = |path: String, value: Value| check(Kind::Care, &Write { path, value });
        assert_eq!(ok("cycle_days".into(), Value::Int(7)), Ok(()));
        assert_eq!(
            ok(format!("phones/{id}/number"), "12900000000".into()),
            Ok(())
        );
        assert_eq!(ok(format!("flags/{id}:P20"), true.into()), Ok(()));
        assert_eq!(ok(format!("phones/{id}/number"), Value::Null), Ok(()));
        for (path, value) in [
            ("diagnosis".to_owned(), Value::from("x")),
            ("phones".into(), "x".into()),
            ("phones/not-an-id/number".into(), "1".into()),
            (format!("phones/{id}"), "x".into()),
            (format!("phones/{id}/number/x"), "x".into()),
            ("flags/".into(), true.into()),
        ] {
            assert_eq!(
                ok(path.clone(), value),
                Err(SchemaError::UnknownField(path))
            );
        }
        assert!(matches!(
            ok("cycle_days".into(), "7".into()),
            Err(SchemaError::BadValue(_))
        ));
        assert!(matches!(
            ok(format!("phones/{id}/number"), "1".repeat(33).into()),
            Err(SchemaError::BadValue(_))
        ));
    }

    #[test]
    fn every_kind_has_a_schema_with_a_reserve() {
        for kind in Kind::ALL {
            let schema = Schema::of(kind).expect("known kind");
            assert!(
                schema.containers.iter().any(|(name, _)| *name == "more"),
                "{kind:?}"
            );
        }
        assert!(Schema::of(Kind::Unknown(99)).is_none());
    }
}
