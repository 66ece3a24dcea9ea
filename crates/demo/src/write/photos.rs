//! The photos of cases: a few drawings, each used by many cases under ids of their own.

use std::collections::BTreeMap;

use linli_model::digest;
use linli_model::ids::MediaId;
use linli_model::kinds::media::Fact;
use linli_model::kinds::position::Position;

use super::{WriteError, in_threads};
use crate::county::County;
use crate::dice::Dice;
use crate::history::cases::Picture;
use crate::id::Id;
use crate::picture::{self, HEIGHT, WIDTH};

/// Ways each picture is drawn.
const WAYS: usize = 2;

/// Only the latest cases have photos: a bundle is for looking at, not for filling disks.
const MOST: usize = 160;

/// Drawing number `n`: each picture in each way.
fn draw(seed: u64, n: usize) -> Result<(Vec<u8>, [u8; 32]), WriteError> {
    let mut dice = Dice::new(seed, "picture", n as u64);
    let jpeg = picture::jpeg(PICTURES[n / WAYS], &mut dice)?;
    let sha256 = digest(&[&jpeg]);
    Ok((jpeg, sha256))
}

/// Drawings, and which case uses which.
pub(super) struct Album {
    drawings: Vec<(Vec<u8>, [u8; 32])>,
    /// By case: photo id, drawing, what the record says.
    of_case: BTreeMap<usize, (usize, Fact)>,
}

const PICTURES: [Picture; 5] = [
    Picture::DarkStreet,
    Picture::Stairwell,
    Picture::Water,
    Picture::Hole,
    Picture::Rubbish,
];

impl Album {
    /// Draws the pictures and deals them out to the latest cases.
    pub(super) fn draw(county: &County, threads: usize) -> Result<Self, WriteError> {
        let ways: Vec<usize> = (0..PICTURES.len() * WAYS).collect();
        let mut drawings = Vec::new();
        for drawn in in_threads(&ways, threads, |&n| draw(county.seed, n))? {
            drawings.push(drawn?);
        }
        let mut album = Album {
            drawings,
            of_case: BTreeMap::new(),
        };
        let cases = county.history.cases.iter().enumerate().rev();
        let with = cases.filter_map(|(i, c)| c.photo.map(|p| (i, c, p)));
        for (i, case, picture) in with.take(MOST) {
            let mut dice = Dice::new(county.seed, "photo", i as u64);
            let kind = PICTURES.iter().position(|p| *p == picture).unwrap_or(0);
            let drawing = kind * WAYS + dice.below(WAYS);
            let taken_at = case.at - dice.range(20, 90) * 1_000;
            let (jpeg, sha256) = &album.drawings[drawing];
            let fact = Fact {
                id: MediaId::from_bytes(Id::new(taken_at, &mut dice).0),
                sha256: *sha256,
                bytes: jpeg.len() as i64,
                width: i64::from(WIDTH),
                height: i64::from(HEIGHT),
                taken_at,
                source: "camera".into(),
                position: Some(Position {
                    lon: case.point.lon(),
                    lat: case.point.lat(),
                    accuracy_m: Some(case.accuracy_m.unwrap_or(12.0)),
                    source: "gnss".into(),
                    at: taken_at,
                    mocked: false,
                }),
            };
            album.of_case.insert(i, (drawing, fact));
        }
        Ok(album)
    }

    /// What the record of a case says of its photos.
    pub(super) fn facts(&self, case: usize) -> Vec<Fact> {
        self.of_case
            .get(&case)
            .map(|(_, fact)| fact.clone())
            .into_iter()
            .collect()
    }

    /// Photo ids with their bytes, by case.
    pub(super) fn photos(&self) -> impl Iterator<Item = (MediaId, &[u8])> {
        self.of_case
            .values()
            .map(|(drawing, fact)| (fact.id, self.drawings[*drawing].0.as_slice()))
    }
}
