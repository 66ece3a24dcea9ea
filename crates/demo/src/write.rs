//! Writing a county as documents into a bundle.
//!
//! Every document is made by the model's own edits, one change for each thing that was
//! done, under the actor of whoever did it. Documents don't depend on each other, so
//! threads make them; the file has them in the order of the [`plan`], whatever the number
//! of threads.

mod builder;
mod doors;
mod homes;
mod people;
mod photos;
mod places;
mod plan;
mod reports;
mod work;

use std::io::Write;

use linli_model::bundle::{Header, Photo, Record, VERSION};
use linli_model::document::DocumentError;
use minicbor::Encode;

use crate::county::County;
use crate::org::{COUNTY_CODE, COUNTY_NAME};
use crate::picture::PictureError;

pub use people::{ExamplePerson, enrolment};

/// Why a bundle could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file could not be written.
    #[error("the bundle could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// The model refused an edit: a fault of this crate.
    #[error("a document could not be made: {0}")]
    Document(#[from] DocumentError),
    /// A photo could not be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// A record could not be encoded.
    #[error("a record could not be encoded")]
    Encode,
    /// A thread that made documents died.
    #[error("a thread that made documents died")]
    Thread,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// People with accounts.
    pub people: usize,
    /// Documents.
    pub docs: usize,
    /// Changes of all documents.
    pub changes: usize,
    /// Photos.
    pub photos: usize,
}

/// How many documents a thread makes at a time.
const PORTION: usize = 256;

/// zstd level: beyond it the file hardly shrinks.
const LEVEL: i32 = 6;

/// Writes the county as a bundle. `threads` doesn't change the bytes; `progress` hears how
/// many documents of how many are done.
///
/// # Errors
/// The output fails, or the model refuses an edit.
pub fn write(
    county: &County,
    threads: usize,
    out: impl Write,
    mut progress: impl FnMut(usize, usize),
) -> Result<Written, WriteError> {
    let album = photos::Album::draw(county, threads)?;
    let scene = builder::Scene::new(county, &album);
    let jobs = plan::jobs(county);
    let mut out = zstd::Encoder::new(out, LEVEL)?;
    let mut written = Written::default();
    put(
        &mut out,
        &Record::Header(Header {
            version: VERSION,
            county: COUNTY_NAME.into(),
            code: COUNTY_CODE.into(),
            now: county.today.at(7, 0, 0),
            fictional: true,
            docs: jobs.len() as u64,
        }),
    )?;
    for person in people::people(county) {
        put(&mut out, &Record::Person(person))?;
        written.people += 1;
    }
    for author in people::authors(county) {
        put(&mut out, &Record::Author(author))?;
    }
    let threads = threads.max(1);
    for batch in jobs.chunks(PORTION * threads) {
        for doc in in_threads(batch, threads, |job| job.make(&scene))? {
            let doc = doc?;
            written.docs += 1;
            written.changes += doc.changes.len();
            put(&mut out, &Record::Doc(doc))?;
        }
        progress(written.docs, jobs.len());
    }
    for (id, jpeg) in album.photos() {
        let jpeg = jpeg.to_vec();
        put(&mut out, &Record::Photo(Photo { id, jpeg }))?;
        written.photos += 1;
    }
    out.finish()?.flush()?;
    Ok(written)
}

/// Does `work` for every item, on some threads; the answers are in the order of the items.
fn in_threads<T: Sync, U: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> U + Sync,
) -> Result<Vec<U>, WriteError> {
    let portion = items.len().div_ceil(threads.max(1)).max(1);
    let work = &work;
    let parts = std::thread::scope(|scope| {
        let workers: Vec<_> = items
            .chunks(portion)
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<_>>()))
            .collect();
        let join = std::thread::ScopedJoinHandle::join;
        workers.into_iter().map(join).collect::<Vec<_>>()
    });
    let mut done = Vec::with_capacity(items.len());
    for part in parts {
        done.extend(part.map_err(|_| WriteError::Thread)?);
    }
    Ok(done)
}

fn put<T: Encode<()>>(out: &mut impl Write, record: &T) -> Result<(), WriteError> {
    let bytes = minicbor::to_vec(record).map_err(|_| WriteError::Encode)?;
    out.write_all(&bytes)?;
    Ok(())
}
