//! Putting a document into its buckets.

use linli_model::ids::DocId;

use crate::membership::{self, Atlas, Subject};
use crate::store::{BucketId, DocNo, StoreError, Tables};

/// The look-ups of membership, in the database.
pub(crate) struct TableAtlas<'a>(pub(crate) Tables<'a>);

impl Atlas for TableAtlas<'_> {
    type Error = StoreError;

    fn place(&self, id: DocId) -> Result<Option<(String, String)>, StoreError> {
        Ok(self.0.place(id)?.map(|place| (place.kind, place.org)))
    }

    fn building_of(&self, dwelling: DocId) -> Result<Option<DocId>, StoreError> {
        self.0.building_of(dwelling)
    }

    fn home_of(&self, doc: DocId) -> Result<Option<DocId>, StoreError> {
        self.0.home_of(doc)
    }

    fn orgs_below(&self, code: &str) -> Result<Vec<String>, StoreError> {
        self.0.orgs_below(code)
    }

    fn buildings_below(&self, code: &str) -> Result<Vec<DocId>, StoreError> {
        self.0.buildings_below(code)
    }
}

/// The bucket numbers a subject belongs to, in order.
pub(crate) fn buckets_of(
    tables: Tables<'_>,
    subject: &Subject,
) -> Result<Vec<BucketId>, StoreError> {
    let mut ids = membership::derive(subject, &TableAtlas(tables))?
        .iter()
        .map(|(scope, class)| tables.bucket(scope, *class))
        .collect::<Result<Vec<_>, _>>()?;
    ids.sort_unstable();
    Ok(ids)
}

/// Makes a document's membership what it should be. Readers of a bucket it joins get its
/// whole log; readers of one it leaves are told so.
pub(crate) fn settle(
    tables: Tables<'_>,
    doc: DocNo,
    should: &[BucketId],
) -> Result<(), StoreError> {
    let is = tables.membership(doc)?;
    let joined: Vec<BucketId> = should
        .iter()
        .copied()
        .filter(|bucket| !is.contains(bucket))
        .collect();
    for bucket in &joined {
        tables.join(doc, *bucket)?;
    }
    if !joined.is_empty() {
        tables.repeat(doc, &joined)?;
    }
    for bucket in is.into_iter().filter(|bucket| !should.contains(bucket)) {
        tables.leave(doc, bucket)?;
        tables.remove(doc, bucket, "moved")?;
    }
    Ok(())
}
