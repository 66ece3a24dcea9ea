//! Which buckets a person reads and writes: the grants of a role, applied to the person's posts.
//!
//! Nothing is added to what the role lists. The center asks this when it makes a device's
//! buckets and again at its gate; a phone asks it to know what to offer.

use crate::kind::Class;
use crate::org::{building_scope, person_scope};
use crate::reference::roles::{RoleCode, ScopeRel};

/// The scope of an org node: a county, street, community or grid by its division code.
pub fn org_scope(code: &str) -> String {
    format!("org:{code}")
}

/// The scope of a department or partner unit by its code.
pub fn department_scope(code: &str) -> String {
    format!("dept:{code}")
}

/// The scope of one order or task given to somebody, by the assignment's id.
pub fn assignment_scope(id: &str) -> String {
    format!("asg:{id}")
}

/// Documents of one class in one scope.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bucket {
    /// Whose or where: `org:…`, `bld:…`, `per:…`, `dept:…`, `asg:…`.
    pub scope: String,
    /// What.
    pub class: Class,
}

/// Where a person serves. A role uses the posts its grants name and ignores the others, so a
/// grid worker's community code opens no community.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posts {
    /// The person's id.
    pub person: String,
    /// Division codes of grids, 15 digits.
    pub grids: Vec<String>,
    /// Division codes of communities.
    pub communities: Vec<String>,
    /// Division codes of streets or towns.
    pub streets: Vec<String>,
    /// Division codes of counties.
    pub counties: Vec<String>,
    /// Document ids of buildings.
    pub buildings: Vec<String>,
    /// Codes of departments or partner units.
    pub departments: Vec<String>,
    /// Ids of open assignments.
    pub assignments: Vec<String>,
}

/// What a person may see and change, each list sorted and without repetition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// Buckets that go to the person's devices.
    pub read: Vec<Bucket>,
    /// Buckets the person may write in; always among those read.
    pub write: Vec<Bucket>,
}

impl Access {
    /// Whether a document of this class in this scope goes to the person.
    pub fn reads(&self, scope: &str, class: Class) -> bool {
        holds(&self.read, scope, class)
    }

    /// Whether the person may write a document of this class in this scope.
    pub fn writes(&self, scope: &str, class: Class) -> bool {
        holds(&self.write, scope, class)
    }

    /// The access of somebody who holds several roles: all of each.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let union = |mut a: Vec<Bucket>, b: Vec<Bucket>| {
            a.extend(b);
            a.sort();
            a.dedup();
            a
        };
        Self {
            read: union(self.read, other.read),
            write: union(self.write, other.write),
        }
    }
}

/// The buckets of a person in one role.
pub fn buckets_of_role(role: RoleCode, posts: &Posts) -> Access {
    let Some(role) = crate::reference::roles().get(role) else {
        return Access::default();
    };
    Access {
        read: buckets(&role.read, posts),
        write: buckets(&role.write, posts),
    }
}

fn buckets(grants: &[(ScopeRel, Class)], posts: &Posts) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = grants
        .iter()
        .flat_map(|&(rel, class)| {
            scopes(rel, posts)
                .into_iter()
                .map(move |scope| Bucket { scope, class })
        })
        .collect();
    buckets.sort();
    buckets.dedup();
    buckets
}

fn scopes(rel: ScopeRel, posts: &Posts) -> Vec<String> {
    let all = |codes: &[String], scope: fn(&str) -> String| {
        codes
            .iter()
            .filter(|code| !code.is_empty())
            .map(|code| scope(code))
            .collect()
    };
    match rel {
        ScopeRel::Grid => all(&posts.grids, org_scope),
        ScopeRel::Community => all(&posts.communities, org_scope),
        ScopeRel::Street => all(&posts.streets, org_scope),
        ScopeRel::County => all(&posts.counties, org_scope),
        ScopeRel::Building => all(&posts.buildings, |id| building_scope(id)),
        ScopeRel::Department => all(&posts.departments, department_scope),
        ScopeRel::Assignment => all(&posts.assignments, assignment_scope),
        ScopeRel::Own | ScopeRel::Assigned => {
            all(std::slice::from_ref(&posts.person), |id| person_scope(id))
        }
    }
}

fn holds(buckets: &[Bucket], scope: &str, class: Class) -> bool {
    buckets
        .iter()
        .any(|bucket| bucket.class == class && bucket.scope == scope)
}

#[cfg(test)]
mod tests;
