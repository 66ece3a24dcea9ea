//! Telephones to call before anything is reported.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Name;

/// All telephones by key.
#[derive(Debug, Deserialize)]
pub struct Phones {
    /// The entries in order.
    pub phones: Vec<Phone>,
}

/// Who sets a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneScope {
    /// The same everywhere.
    National,
    /// Each county its own.
    County,
}

/// One telephone.
#[derive(Debug, Deserialize)]
pub struct Phone {
    /// What `phone_first` of an event item names.
    pub key: String,
    /// Whose it is.
    #[serde(flatten)]
    pub name: Name,
    /// Who sets the number.
    pub scope: PhoneScope,
    /// The number, where it is the same everywhere.
    pub number: Option<String>,
    /// Key to dial as long as the county has set none.
    pub fallback: Option<String>,
}

impl Phones {
    /// The telephone with this key.
    pub fn get(&self, key: &str) -> Option<&Phone> {
        self.phones.iter().find(|phone| phone.key == key)
    }

    /// The number to dial for a key: the county's own if it has set one, else the national
    /// one, else that of the fallback.
    pub fn number<'a>(
        &'a self,
        key: &str,
        county: &'a BTreeMap<String, String>,
    ) -> Option<&'a str> {
        let phone = self.get(key)?;
        county
            .get(key)
            .or(phone.number.as_ref())
            .or_else(|| self.get(phone.fallback.as_deref()?)?.number.as_ref())
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::reference::phones;

    #[test]
    fn a_county_number_beats_the_fallback() {
        let none = BTreeMap::new();
        let own = BTreeMap::from([("gas".to_owned(), "12900000119".to_owned())]);
        assert_eq!(phones().number("gas", &none), Some("119"));
        assert_eq!(phones().number("gas", &own), Some("12900000119"));
        assert_eq!(phones().number("110", &own), Some("110"));
        assert_eq!(phones().number("no such key", &own), None);
    }
}
