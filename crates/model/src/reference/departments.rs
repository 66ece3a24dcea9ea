//! Departments and partner units: whoever an order can be sent to.

use serde::Deserialize;

use super::Name;

/// All units of a county.
#[derive(Debug, Deserialize)]
pub struct Departments {
    /// Separate grids of all departments before they were merged.
    pub legacy_total: u32,
    /// Grids after the merge.
    pub unified_total: u32,
    /// Government departments, `DEP01`…
    pub departments: Vec<Department>,
    /// Companies and bodies outside the government, `U01`…
    pub partner_units: Vec<PartnerUnit>,
}

/// A government department.
#[derive(Debug, Deserialize)]
pub struct Department {
    /// `DEP01`…
    pub code: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
    /// What its separate grid was called.
    pub legacy_grid_zh: String,
    /// How many of them there were.
    pub legacy_grid_count: u32,
    /// Duties it leads or helps with.
    pub duty_codes: Vec<String>,
}

/// A company or body that takes orders as a department does.
#[derive(Debug, Deserialize)]
pub struct PartnerUnit {
    /// `U01`…
    pub code: String,
    /// Its name.
    #[serde(flatten)]
    pub name: Name,
}

impl Departments {
    /// The name of a department or partner unit.
    pub fn name(&self, code: &str) -> Option<&Name> {
        let departments = self.departments.iter().map(|d| (&d.code, &d.name));
        let partners = self.partner_units.iter().map(|u| (&u.code, &u.name));
        departments
            .chain(partners)
            .find(|(c, _)| *c == code)
            .map(|(_, name)| name)
    }

    /// Whether the code names a department or partner unit.
    pub fn contains(&self, code: &str) -> bool {
        self.name(code).is_some()
    }
}
