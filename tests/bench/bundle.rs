//! A county's bundle in memory, so that a bench can load a center with a part of it.

use std::fs::File;
use std::path::Path;

use linli_model::bundle::{AuthorOf, Doc, Header, Person, Photo, Record};
use minicbor::Encode;

use crate::Outcome;

/// Fast: these bundles are read once, by a center beside us.
const LEVEL: i32 = 1;

/// All of a bundle.
pub(crate) struct Bundle {
    pub(crate) header: Header,
    pub(crate) people: Vec<Person>,
    pub(crate) authors: Vec<AuthorOf>,
    pub(crate) docs: Vec<Doc>,
    pub(crate) photos: Vec<Photo>,
}

impl Bundle {
    /// Reads a whole bundle.
    pub(crate) fn read(path: &Path) -> Outcome<Self> {
        let bytes = zstd::decode_all(File::open(path)?)?;
        let mut decoder = minicbor::Decoder::new(&bytes);
        let Record::Header(header) = decoder.decode()? else {
            return Err("a bundle begins with its header".into());
        };
        let mut bundle = Self {
            header,
            people: Vec::new(),
            authors: Vec::new(),
            docs: Vec::new(),
            photos: Vec::new(),
        };
        while decoder.position() < bytes.len() {
            match decoder.decode()? {
                Record::Header(_) => return Err("a second header".into()),
                Record::Person(person) => bundle.people.push(person),
                Record::Author(author) => bundle.authors.push(author),
                Record::Doc(doc) => bundle.docs.push(doc),
                Record::Photo(photo) => bundle.photos.push(photo),
            }
        }
        Ok(bundle)
    }

    /// Writes it.
    pub(crate) fn write(&self, path: &Path) -> Outcome<()> {
        let mut out = zstd::Encoder::new(File::create(path)?, LEVEL)?;
        let header = Header {
            docs: self.docs.len() as u64,
            ..self.header.clone()
        };
        put(&mut out, &Record::Header(header))?;
        for person in &self.people {
            put(&mut out, &Record::Person(person.clone()))?;
        }
        for author in &self.authors {
            put(&mut out, &Record::Author(*author))?;
        }
        for doc in &self.docs {
            put(&mut out, &Record::Doc(doc.clone()))?;
        }
        for photo in &self.photos {
            put(&mut out, &Record::Photo(photo.clone()))?;
        }
        out.finish()?;
        Ok(())
    }

    /// Gives the demo's grid chief every community as a post: a bundle may name a person more
    /// than once, and each time adds where the person serves. So one phone receives all that
    /// any chief receives.
    pub(crate) fn chief_of_all(&mut self) -> Outcome<()> {
        let chief = self
            .people
            .iter()
            .position(|person| person.example == "chief")
            .ok_or("no chief")?;
        let chief = self.people.remove(chief);
        let mut communities: Vec<String> = self
            .people
            .iter()
            .filter_map(|person| person.org.get(..12).map(str::to_owned))
            .collect();
        communities.sort();
        communities.dedup();
        for org in communities {
            let person = Person {
                org,
                ..chief.clone()
            };
            self.people.push(person);
        }
        // The last one is whom the phone's screens show.
        self.people.push(chief);
        Ok(())
    }
}

fn put(out: &mut impl std::io::Write, record: &impl Encode<()>) -> Outcome<()> {
    let bytes = minicbor::to_vec(record).map_err(|error| error.to_string())?;
    out.write_all(&bytes)?;
    Ok(())
}
