//! A document as JSON, as another system would keep it: maps within maps, plain values.

use linli_model::bundle::Doc;
use linli_model::fields::Fields;
use linli_model::value::Value as Stored;
use serde_json::{Map, Value};

/// One document as one line.
pub(crate) fn line(doc: &Doc, fields: &Fields) -> String {
    let mut all = Map::new();
    all.insert("id".into(), doc.id.to_string().into());
    all.insert("kind".into(), doc.kind.name().into());
    for (path, value) in fields.iter() {
        let parts: Vec<&str> = path.split('/').collect();
        put(&mut all, &parts, plain(value));
    }
    format!("{}\n", Value::Object(all))
}

fn put(map: &mut Map<String, Value>, path: &[&str], value: Value) {
    match path {
        [] => {}
        [name] => {
            map.insert((*name).to_owned(), value);
        }
        [name, rest @ ..] => {
            let inner = map.entry(*name).or_insert_with(|| Map::new().into());
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

fn plain(value: &Stored) -> Value {
    match value {
        Stored::Null => Value::Null,
        Stored::Bool(flag) => (*flag).into(),
        Stored::Int(number) => (*number).into(),
        Stored::Text(text) => text.as_str().into(),
        Stored::Bytes(bytes) => base64(bytes).into(),
    }
}

/// The densest form in which JSON usually carries bytes.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| {
            bits << 8 | usize::from(three.get(at).copied().unwrap_or(0))
        });
        for digit in 0..=three.len() {
            text.push(char::from(DIGITS[bits >> (18 - 6 * digit) & 63]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn bytes_read_as_others_write_them() {
        for (bytes, text) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(super::base64(bytes.as_bytes()), text);
        }
    }
}
