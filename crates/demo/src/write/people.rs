//! Post-holders as people with accounts, and the enrolments their changes were made under.

use linli_model::actor::{Actor, EnrolmentId};
use linli_model::bundle::{AuthorOf, Person};
use linli_model::ids::{DocId, PersonId};

use crate::county::County;
use crate::id::Id;
use crate::org::COUNTY_CODE;
use crate::staff::{Post, Staff};

/// Who stories and the demo page are told with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExamplePerson {
    /// The grid worker of the fixed household.
    Worker,
    /// The grid chief of its community.
    Chief,
    /// The lead of its building.
    Lead,
    /// The county's acceptor.
    Desk,
}

impl ExamplePerson {
    /// The word in the bundle.
    pub fn word(self) -> &'static str {
        match self {
            ExamplePerson::Worker => "worker",
            ExamplePerson::Chief => "chief",
            ExamplePerson::Lead => "lead",
            ExamplePerson::Desk => "desk",
        }
    }

    /// Index of the post-holder.
    pub fn find(self, county: &County) -> Option<usize> {
        let grid = county.grid_of(county.hero);
        match self {
            ExamplePerson::Worker => Some(county.worker(grid)),
            ExamplePerson::Chief => Some(county.chief(county.org.grids[grid].community)),
            ExamplePerson::Lead => county.lead(county.building_of(county.hero)),
            ExamplePerson::Desk => Some(county.acceptor()),
        }
    }
}

/// The enrolment of a post-holder's phone so far.
pub fn enrolment(person: Id) -> EnrolmentId {
    let digest = linli_model::digest(&[b"demo-enrolment", &person.0]);
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    EnrolmentId(bytes)
}

/// The actor of an enrolment; one is enough, since the county's history has no replays.
pub(super) fn actor(enrolment: EnrolmentId) -> Actor {
    Actor {
        enrolment,
        counter: 1,
    }
}

/// All people with accounts.
pub(super) fn people(county: &County) -> Vec<Person> {
    let examples = [
        ExamplePerson::Worker,
        ExamplePerson::Chief,
        ExamplePerson::Lead,
        ExamplePerson::Desk,
    ]
    .map(|example| (example.find(county), example.word()));
    let example = |s: usize| examples.iter().find(|e| e.0 == Some(s)).map_or("", |e| e.1);
    county
        .staff
        .iter()
        .enumerate()
        .map(|(s, staff)| person(county, staff, example(s)))
        .collect()
}

/// Which person wrote under which enrolment.
pub(super) fn authors(county: &County) -> impl Iterator<Item = AuthorOf> + '_ {
    county.staff.iter().map(|s| AuthorOf {
        enrolment: enrolment(s.id),
        person: PersonId::from_bytes(s.id.0),
    })
}

fn person(county: &County, staff: &Staff, example: &str) -> Person {
    let org = &county.org;
    let (code, building, dept) = match staff.post {
        Post::County => (COUNTY_CODE.to_owned(), None, ""),
        Post::Street(s) => (org.streets[s].code.clone(), None, ""),
        Post::Community(c) => (org.communities[c].code.clone(), None, ""),
        Post::Grid(g) => (org.grids[g].code.clone(), None, ""),
        Post::Building(b) => {
            let building = &county.housing.buildings[b];
            let id = DocId::from_bytes(building.id.0);
            (org.grids[building.grid].code.clone(), Some(id), "")
        }
        Post::Department(dept) => (String::new(), None, dept),
    };
    let login = match staff.role {
        "R01" | "R02" => String::new(),
        "R11" => dept.to_lowercase(),
        // One desk of the county has a name worth remembering.
        "R07" => "desk".to_owned(),
        role if code.len() > 6 => format!("{}-{}", role.to_lowercase(), &code[6..]),
        role => role.to_lowercase(),
    };
    Person {
        id: PersonId::from_bytes(staff.id.0),
        name: staff.name.clone(),
        role: staff.role.into(),
        org: code,
        building,
        dept: dept.into(),
        phone: staff.phone.clone(),
        login,
        example: example.into(),
    }
}
