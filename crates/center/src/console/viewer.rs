//! Who looks, and what is open to them: the role's grants, applied to the person's posts.

use linli_model::bundle::Person;
use linli_model::kind::Class;
use linli_model::permission::{self, Access};
use linli_model::reference;
use linli_model::reference::roles::{Client, Role, RoleCode};

use super::api::session::Pages;
use crate::store::{BucketId, StoreError, Tables};

/// A person at a desk.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    pub(crate) person: Person,
    pub(crate) role: RoleCode,
    pub(crate) pages: Pages,
    access: Access,
}

impl Viewer {
    /// The person with what the role opens; none when the role doesn't work at the console.
    pub(crate) fn load(tables: Tables<'_>, person: Person) -> Result<Option<Self>, StoreError> {
        let Some(role) = RoleCode::parse(&person.role) else {
            return Ok(None);
        };
        let at_desk = reference::roles()
            .get(role)
            .is_some_and(|role| matches!(role.client, Client::Center | Client::Both));
        if !at_desk {
            return Ok(None);
        }
        let access = permission::buckets_of_role(role, &tables.posts(person.id)?);
        Ok(Some(Self {
            pages: pages(role, &access),
            person,
            role,
            access,
        }))
    }

    /// Whether documents of this class in this scope are open to the person.
    pub(crate) fn reads(&self, scope: &str, class: Class) -> bool {
        self.access.reads(scope, class)
    }

    /// Numbers of the buckets the person reads.
    pub(crate) fn buckets(&self, tables: Tables<'_>) -> Result<Vec<BucketId>, StoreError> {
        let found = self
            .access
            .read
            .iter()
            .map(|bucket| tables.find_bucket(&bucket.scope, bucket.class));
        found.filter_map(Result::transpose).collect()
    }

    /// Gives every bucket the person writes in its number: one that nothing lies in yet has none,
    /// and something may be about to.
    pub(crate) fn name_buckets(&self, tables: Tables<'_>) -> Result<(), StoreError> {
        for bucket in &self.access.write {
            tables.bucket(&bucket.scope, bucket.class)?;
        }
        Ok(())
    }

    /// Numbers of the buckets whose cases the person may see. One that no document is in has
    /// no number yet, and a reader gives it none.
    pub(crate) fn case_buckets(&self, tables: Tables<'_>) -> Result<Vec<BucketId>, StoreError> {
        let mut ids = Vec::new();
        for bucket in &self.access.read {
            if matches!(bucket.class, Class::Work | Class::Sealed)
                && let Some(id) = tables.find_bucket(&bucket.scope, bucket.class)?
            {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// Whether restricted cases are open to this person.
    pub(crate) fn sees_sealed(&self) -> bool {
        self.access.read.iter().any(|b| b.class == Class::Sealed)
    }

    /// Categories the person may not see.
    pub(crate) fn hidden_categories(&self) -> Vec<String> {
        if self.sees_sealed() {
            return Vec::new();
        }
        let items = reference::events().items.iter();
        items
            .filter(|item| item.restricted)
            .map(|item| item.code.clone())
            .collect()
    }

    /// Division codes of the areas the person works for.
    pub(crate) fn areas(&self) -> Vec<String> {
        let mut codes: Vec<String> = self
            .access
            .read
            .iter()
            .filter_map(|bucket| bucket.scope.strip_prefix("org:"))
            .map(str::to_owned)
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

fn pages(role: RoleCode, access: &Access) -> Pages {
    // The administrators' work is no bucket: the role itself says it. The system administrator
    // looks after devices; keys and revocation are the security administrator's.
    let devices = matches!(role, RoleCode::R14 | RoleCode::R15);
    Pages {
        cases: access
            .read
            .iter()
            .any(|bucket| matches!(bucket.class, Class::Work | Class::Sealed)),
        returned: reference::roles()
            .get(role)
            .is_some_and(Role::decides_returned),
        devices,
        recoveries: devices,
        decide: role == RoleCode::R15,
    }
}
