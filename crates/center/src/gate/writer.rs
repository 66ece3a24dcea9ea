//! Who writes: the person behind an enrolment, with posts and buckets.

use std::collections::HashSet;

use linli_model::actor::EnrolmentId;
use linli_model::ids::PersonId;
use linli_model::org;
use linli_model::permission::{self, Posts};
use linli_model::reference::roles::RoleCode;

use crate::limits::Limits;
use crate::membership::Spot;
use crate::store::{BucketId, StoreError, Tables};

/// The longest chain of phones that followed one another.
const MAX_LINEAGE: usize = 8;

/// The author of what arrives.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    pub(crate) enrolment: EnrolmentId,
    /// This enrolment and those it succeeds.
    pub(crate) lineage: Vec<EnrolmentId>,
    pub(crate) person: PersonId,
    /// Whose record it becomes: the person's own, but for what a desk takes in for somebody.
    pub(crate) author: PersonId,
    pub(crate) role: RoleCode,
    pub(crate) posts: Posts,
    /// Shut out: what still comes is kept for the chief and reaches nobody.
    pub(crate) revoked: bool,
    /// How much may come in a day.
    pub(crate) limits: Limits,
    /// Division code of the post.
    org: String,
    write: HashSet<BucketId>,
    read_ids: HashSet<BucketId>,
    area: HashSet<String>,
}

impl Writer {
    /// Reads what is known of an enrolment; none when its person or role is unknown.
    pub(crate) fn load(
        tables: Tables<'_>,
        enrolment: EnrolmentId,
    ) -> Result<Option<Self>, StoreError> {
        let Some(row) = tables.enrolment(enrolment)? else {
            return Ok(None);
        };
        let Some(person) = tables.person(row.person)? else {
            return Ok(None);
        };
        let Some(role) = RoleCode::parse(&person.role) else {
            return Ok(None);
        };
        let posts = tables.posts(row.person)?;
        let access = permission::buckets_of_role(role, &posts);
        let ids = |buckets: &[permission::Bucket]| {
            buckets
                .iter()
                // A bucket that nobody has named yet holds nothing.
                .filter_map(|bucket| tables.find_bucket(&bucket.scope, bucket.class).transpose())
                .collect::<Result<HashSet<_>, _>>()
        };
        let area = access
            .read
            .iter()
            .chain(&access.write)
            .map(|bucket| bucket.scope.clone())
            .filter(|scope| !scope.starts_with("per:"))
            .collect();
        Ok(Some(Self {
            enrolment,
            lineage: lineage(tables, enrolment, row.succeeds)?,
            person: row.person,
            author: row.person,
            role,
            revoked: row.revoked,
            write: ids(&access.write)?,
            read_ids: ids(&access.read)?,
            posts,
            limits: Limits::default(),
            org: person.org,
            area,
        }))
    }

    /// The same rights, for a record of somebody else's, written under another enrolment.
    pub(crate) fn on_behalf_of(&self, author: PersonId, hand: EnrolmentId) -> Self {
        Self {
            enrolment: hand,
            lineage: vec![hand],
            author,
            revoked: false,
            ..self.clone()
        }
    }

    /// Whether one of these buckets may be written.
    pub(crate) fn may_write(&self, buckets: &[BucketId]) -> bool {
        buckets.iter().any(|bucket| self.write.contains(bucket))
    }

    /// Whether one of these buckets may be read.
    pub(crate) fn may_read(&self, buckets: &[BucketId]) -> bool {
        buckets.iter().any(|bucket| self.read_ids.contains(bucket))
    }

    /// Whether a spot lies in the person's area.
    pub(crate) fn covers(&self, spot: &Spot) -> bool {
        spot.scopes().iter().any(|scope| self.area.contains(scope))
    }

    /// Whether a spot lies at the person's post: a building lead may report a problem in the
    /// street before the house, which is in the grid and in no building.
    pub(crate) fn is_near(&self, spot: &Spot) -> bool {
        !self.org.is_empty() && org::org_scopes(&spot.org).contains(&format!("org:{}", self.org))
    }
}

/// An enrolment and those it succeeds.
pub(crate) fn lineage(
    tables: Tables<'_>,
    enrolment: EnrolmentId,
    mut succeeds: Option<EnrolmentId>,
) -> Result<Vec<EnrolmentId>, StoreError> {
    let mut lineage = vec![enrolment];
    while let Some(old) = succeeds
        && lineage.len() < MAX_LINEAGE
        && !lineage.contains(&old)
    {
        lineage.push(old);
        succeeds = tables.enrolment(old)?.and_then(|row| row.succeeds);
    }
    Ok(lineage)
}
