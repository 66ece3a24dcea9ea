//! What enrolment gave this phone, kept in the encrypted database.

use linli_model::actor::EnrolmentId;
use linli_protocol::enrol::{Enrolled, Person, Pin};
use linli_store::{StoreError, Transaction, directory, meta};

/// An enrolled phone's credentials and person.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// `host:port` of the center.
    pub address: String,
    /// The center's answer to enrolment.
    pub enrolled: Enrolled,
}

impl Session {
    pub(crate) fn enrolment(&self) -> EnrolmentId {
        self.enrolled.enrolment
    }

    pub(crate) fn person(&self) -> &Person {
        &self.enrolled.person
    }

    pub(crate) fn pins(&self) -> Vec<Pin> {
        self.enrolled.pins.iter().map(|pin| **pin).collect()
    }

    pub(crate) fn load(tx: &Transaction<'_>) -> Result<Option<Self>, StoreError> {
        let (Some(bytes), Some(address)) =
            (meta::bytes(tx, "enrolled")?, meta::text(tx, "address")?)
        else {
            return Ok(None);
        };
        let enrolled = linli_protocol::decode(&bytes).map_err(|_| StoreError::Row("enrolment"))?;
        Ok(Some(Self { address, enrolled }))
    }

    pub(crate) fn save(&self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        meta::set(tx, "enrolled", linli_protocol::encode(&self.enrolled))?;
        meta::set(tx, "address", &self.address)?;
        let person = person_row(self.person());
        directory::keep_person(tx, &person)?;
        directory::keep_author(tx, self.enrolment(), person.id)
    }
}

pub(crate) fn person_row(person: &Person) -> directory::Person {
    directory::Person {
        id: person.id,
        name: person.name.clone(),
        role: person.role.clone(),
        org: person.org.clone(),
        building: person.building,
        phone: person.phone.clone(),
    }
}
