//! Which documents a county has, in the order they are written: places before what lies in
//! them, so that a reader can place each document when it meets it.

use linli_model::bundle::Doc;

use super::builder::Scene;
use super::{WriteError, doors, homes, places, reports, work};
use crate::county::County;

/// A document to be made, by the index of what it is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Job {
    County,
    Street(usize),
    Community(usize),
    Grid(usize),
    Line(usize),
    Estate(usize),
    Building(usize),
    Shop(usize),
    Hazard(usize),
    Shelter(usize),
    Door(usize),
    Household(usize),
    Care(usize),
    /// Household and resident.
    CareNamed(usize, usize),
    Notice(usize),
    Muster(usize),
    Task(usize),
    Case(usize),
    Visit(usize),
}

/// Every document of the county.
pub(super) fn jobs(county: &County) -> Vec<Job> {
    let mut jobs = vec![Job::County];
    let mut add = |n: usize, job: fn(usize) -> Job| jobs.extend((0..n).map(job));
    add(county.org.streets.len(), Job::Street);
    add(county.org.communities.len(), Job::Community);
    add(county.org.grids.len(), Job::Grid);
    add(county.lines.len(), Job::Line);
    add(county.housing.estates.len(), Job::Estate);
    add(county.housing.buildings.len(), Job::Building);
    add(county.places.shops.len(), Job::Shop);
    add(county.places.hazards.len(), Job::Hazard);
    add(county.places.shelters.len(), Job::Shelter);
    add(county.housing.buildings.len(), Job::Door);
    add(county.households.len(), Job::Household);
    add(county.households.len(), Job::Care);
    for (h, household) in county.households.iter().enumerate() {
        let named = |m: &usize| homes::named(&household.residents[*m]);
        jobs.extend(
            (0..household.residents.len())
                .filter(named)
                .map(|m| Job::CareNamed(h, m)),
        );
    }
    let mut add = |n: usize, job: fn(usize) -> Job| jobs.extend((0..n).map(job));
    add(county.history.notices.len(), Job::Notice);
    add(county.history.musters.len(), Job::Muster);
    add(county.history.tasks.len(), Job::Task);
    add(county.history.cases.len(), Job::Case);
    add(county.history.visits.len(), Job::Visit);
    jobs
}

impl Job {
    /// Makes the document.
    pub(super) fn make(self, scene: &Scene) -> Result<Doc, WriteError> {
        match self {
            Job::County => places::county(scene),
            Job::Street(i) => places::street(scene, i),
            Job::Community(i) => places::community(scene, i),
            Job::Grid(i) => places::grid(scene, i),
            Job::Line(i) => places::line(scene, i),
            Job::Estate(i) => places::estate(scene, i),
            Job::Building(i) => places::building(scene, i),
            Job::Shop(i) => places::shop(scene, i),
            Job::Hazard(i) => places::hazard(scene, i),
            Job::Shelter(i) => places::shelter(scene, i),
            Job::Door(i) => doors::door(scene, i),
            Job::Household(i) => homes::household(scene, i),
            Job::Care(i) => homes::care(scene, i),
            Job::CareNamed(h, m) => homes::care_named(scene, h, m),
            Job::Notice(i) => work::notice(scene, i),
            Job::Muster(i) => work::muster(scene, i),
            Job::Task(i) => work::task(scene, i),
            Job::Case(i) => reports::case(scene, i),
            Job::Visit(i) => work::visit(scene, i),
        }
    }
}
