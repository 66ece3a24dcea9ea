//! People, their posts, codes to enrol with, and enrolments.

use linli_model::actor::EnrolmentId;
use linli_model::bundle::Person;
use linli_model::ids::{DocId, PersonId};
use linli_model::permission::Posts;
use linli_protocol::enrol::Secret;
use rusqlite::{OptionalExtension, Row, params};

use super::{StoreError, Tables};

/// A person on a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EnrolmentRow {
    pub(crate) id: EnrolmentId,
    pub(crate) person: PersonId,
    pub(crate) revoked: bool,
    pub(crate) succeeds: Option<EnrolmentId>,
}

/// A code as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeRow {
    /// Gone once the code is used.
    pub(crate) secret: Option<Secret>,
    pub(crate) person: PersonId,
    pub(crate) expires: i64,
}

/// A device in the desk's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeviceRow {
    pub(crate) enrolment: EnrolmentId,
    pub(crate) person: Person,
    pub(crate) device: String,
    pub(crate) created: i64,
    pub(crate) last_sync: Option<i64>,
    pub(crate) through: u64,
    pub(crate) clock_off: i64,
    pub(crate) revoked: bool,
}

/// When a device was last here, and how far it had read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Presence {
    pub(crate) last_sync: i64,
    pub(crate) through: u64,
    /// Milliseconds its clock is ahead of the center's.
    pub(crate) clock_off: i64,
}

const PERSON: &str = "id, name, role, org, building, dept, phone, login, example";

fn person_row(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: PersonId::from_bytes(row.get("id")?),
        name: row.get("name")?,
        role: row.get("role")?,
        org: row.get("org")?,
        building: row
            .get::<_, Option<[u8; 16]>>("building")?
            .map(DocId::from_bytes),
        dept: row.get("dept")?,
        phone: row.get("phone")?,
        login: row.get("login")?,
        example: row.get("example")?,
    })
}

fn enrolment_row(row: &Row<'_>) -> rusqlite::Result<EnrolmentRow> {
    Ok(EnrolmentRow {
        id: EnrolmentId(row.get(0)?),
        person: PersonId::from_bytes(row.get(1)?),
        revoked: row.get::<_, Option<i64>>(2)?.is_some(),
        succeeds: row.get::<_, Option<[u8; 8]>>(3)?.map(EnrolmentId),
    })
}

impl Tables<'_> {
    /// Adds or renews a person.
    pub(crate) fn set_person(self, person: &Person) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO person
                   (id, name, role, org, building, dept, phone, login, example)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                person.id.as_bytes(),
                person.name,
                person.role,
                person.org,
                person.building.as_ref().map(DocId::as_bytes),
                person.dept,
                person.phone,
                person.login,
                person.example
            ])?;
        Ok(())
    }

    pub(crate) fn add_post(
        self,
        person: PersonId,
        kind: &str,
        value: &str,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("INSERT OR IGNORE INTO post (person, kind, value) VALUES (?1, ?2, ?3)")?
            .execute(params![person.as_bytes(), kind, value])?;
        Ok(())
    }

    pub(crate) fn person(self, id: PersonId) -> Result<Option<Person>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!("SELECT {PERSON} FROM person WHERE id = ?1"))?
            .query_row([id.as_bytes()], person_row)
            .optional()?)
    }

    pub(crate) fn person_by_login(self, login: &str) -> Result<Option<Person>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(&format!(
                "SELECT {PERSON} FROM person WHERE login = ?1 AND login <> ''"
            ))?
            .query_row([login], person_row)
            .optional()?)
    }

    pub(crate) fn people(self) -> Result<Vec<Person>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT {PERSON} FROM person ORDER BY role, org, name"
        ))?;
        let rows = statement.query_map([], person_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Where a person serves.
    pub(crate) fn posts(self, person: PersonId) -> Result<Posts, StoreError> {
        let mut posts = Posts {
            person: person.to_string(),
            ..Posts::default()
        };
        let mut statement = self.conn.prepare_cached(
            "SELECT kind, value FROM post WHERE person = ?1 ORDER BY kind, value",
        )?;
        let mut rows = statement.query([person.as_bytes()])?;
        while let Some(row) = rows.next()? {
            let (kind, value): (String, String) = (row.get(0)?, row.get(1)?);
            match kind.as_str() {
                "grid" => posts.grids.push(value),
                "community" => posts.communities.push(value),
                "street" => posts.streets.push(value),
                "county" => posts.counties.push(value),
                "building" => posts.buildings.push(value),
                "department" => posts.departments.push(value),
                _ => {}
            }
        }
        Ok(posts)
    }

    pub(crate) fn add_code(
        self,
        code_id: [u8; 8],
        secret: &Secret,
        person: PersonId,
        expires: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO enrol_code (code_id, secret, person, expires) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![code_id, secret, person.as_bytes(), expires])?;
        Ok(())
    }

    pub(crate) fn code(self, code_id: [u8; 8]) -> Result<Option<CodeRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT secret, person, expires FROM enrol_code WHERE code_id = ?1")?
            .query_row([code_id], |row| {
                Ok(CodeRow {
                    secret: row.get(0)?,
                    person: PersonId::from_bytes(row.get(1)?),
                    expires: row.get(2)?,
                })
            })
            .optional()?)
    }

    /// Uses a code up.
    pub(crate) fn use_code(
        self,
        code_id: [u8; 8],
        enrolment: EnrolmentId,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE enrol_code SET secret = NULL, used_by = ?2 WHERE code_id = ?1")?
            .execute(params![code_id, enrolment.0])?;
        Ok(())
    }

    /// Adds an enrolment; without a token it only names an author.
    pub(crate) fn add_enrolment(
        self,
        id: EnrolmentId,
        person: PersonId,
        token_hash: Option<[u8; 32]>,
        device: &str,
        created: i64,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT OR IGNORE INTO enrolment (id, person, token_hash, device, created)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id.0,
                person.as_bytes(),
                token_hash,
                device,
                created
            ])?;
        Ok(())
    }

    /// By what a device is known when it calls; none for who never does.
    pub(crate) fn token_hash(self, id: EnrolmentId) -> Result<Option<[u8; 32]>, StoreError> {
        let hash: Option<Option<[u8; 32]>> = self
            .conn
            .prepare_cached("SELECT token_hash FROM enrolment WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?;
        Ok(hash.flatten())
    }

    pub(crate) fn enrolment(self, id: EnrolmentId) -> Result<Option<EnrolmentRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT id, person, revoked, succeeds FROM enrolment WHERE id = ?1")?
            .query_row([id.0], enrolment_row)
            .optional()?)
    }

    pub(crate) fn enrolment_by_token(
        self,
        token_hash: [u8; 32],
    ) -> Result<Option<EnrolmentRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id, person, revoked, succeeds FROM enrolment WHERE token_hash = ?1",
            )?
            .query_row([token_hash], enrolment_row)
            .optional()?)
    }

    /// The enrolment of a person's desk, if there is one.
    pub(crate) fn desk_enrolment(
        self,
        person: PersonId,
    ) -> Result<Option<EnrolmentId>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT id FROM enrolment
                 WHERE person = ?1 AND token_hash IS NULL AND device = 'desk'",
            )?
            .query_row([person.as_bytes()], |row| Ok(EnrolmentId(row.get(0)?)))
            .optional()?)
    }

    /// Whether an enrolment was a phone's that this center, restored, knows no more.
    pub(crate) fn is_forgotten(self, id: EnrolmentId) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM enrolment WHERE id = ?1 AND device = 'forgotten'")?
            .exists([id.0])?)
    }

    /// A person's phones that are not shut out.
    pub(crate) fn devices_of(self, person: PersonId) -> Result<Vec<EnrolmentId>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id FROM enrolment
             WHERE person = ?1 AND token_hash IS NOT NULL AND revoked IS NULL",
        )?;
        let rows = statement.query_map([person.as_bytes()], |row| Ok(EnrolmentId(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Makes a person's posts what they should be.
    pub(crate) fn set_posts(
        self,
        person: PersonId,
        kind: &str,
        values: &[String],
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM post WHERE person = ?1 AND kind = ?2")?
            .execute(params![person.as_bytes(), kind])?;
        for value in values {
            self.add_post(person, kind, value)?;
        }
        Ok(())
    }

    pub(crate) fn revoke(self, id: EnrolmentId, at: i64) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("UPDATE enrolment SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL")?
            .execute(params![id.0, at])?
            > 0)
    }

    /// Keeps what is ordered to a phone that is shut out, as it is sent.
    pub(crate) fn set_order(self, id: EnrolmentId, signed: &[u8]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE enrolment SET ordered = ?2 WHERE id = ?1")?
            .execute(params![id.0, signed])?;
        Ok(())
    }

    /// What was ordered to a phone.
    pub(crate) fn order(self, id: EnrolmentId) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT ordered FROM enrolment WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?
            .flatten())
    }

    pub(crate) fn succeed(self, id: EnrolmentId, old: EnrolmentId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE enrolment SET succeeds = ?2 WHERE id = ?1")?
            .execute(params![id.0, old.0])?;
        Ok(())
    }

    pub(crate) fn set_presence(
        self,
        id: EnrolmentId,
        presence: Presence,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE enrolment SET last_sync = ?2, through = ?3, clock_off = ?4 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                presence.last_sync,
                presence.through,
                presence.clock_off
            ])?;
        Ok(())
    }

    /// Every device that ever enrolled, newest first.
    pub(crate) fn devices(self) -> Result<Vec<DeviceRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT e.id AS enrolment, e.device, e.created, e.last_sync, e.through, e.clock_off,
                    e.revoked, p.id, p.name, p.role, p.org, p.building, p.dept, p.phone, p.login,
                    p.example
             FROM enrolment e JOIN person p ON p.id = e.person
             WHERE e.token_hash IS NOT NULL ORDER BY e.created DESC",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(DeviceRow {
                enrolment: EnrolmentId(row.get("enrolment")?),
                person: person_row(row)?,
                device: row.get("device")?,
                created: row.get("created")?,
                last_sync: row.get("last_sync")?,
                through: row.get("through")?,
                clock_off: row.get("clock_off")?,
                revoked: row.get::<_, Option<i64>>("revoked")?.is_some(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
