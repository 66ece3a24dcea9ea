//! The center of a run: the real one, asked in this process, and able to die.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method as HttpMethod, Request};
use linli_center::config::Config;
use linli_center::erase::{self, Asked, EraseError};
use linli_center::grid::MoveError;
use linli_center::{Center, backup, enrol, grid, keys, load, post, restore};
use linli_field::wire::{Answer, Call, Method, WireError, is_heard};
use linli_model::ids::{DocId, EntryId, PersonId};
use linli_protocol::enrol::secret_text;
use tower::ServiceExt;

use super::check::words_of;
use super::die::Sky;

/// Where phones think they reach it.
pub(super) const ADDRESS: &str = "center.example:7643";
/// More than any answer.
const LONGEST: usize = 64 << 20;

/// A center, alive.
pub(super) struct Office {
    folder: PathBuf,
    lives: u32,
    sky: Sky,
    center: Arc<Center>,
    router: axum::Router,
    /// The newest backup, and how many there have been.
    backup: Option<PathBuf>,
    backups: u32,
}

impl Office {
    /// Makes keys and database in `folder` and loads `bundle`.
    pub(super) fn found(folder: &Path, bundle: &Path, sky: &Sky) -> Result<Self, String> {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        keys::create(folder, ADDRESS, sky).map_err(|error| error.to_string())?;
        Config::new("栖云县", ADDRESS)
            .save(folder)
            .map_err(|error| error.to_string())?;
        let office = Self::open(folder.to_owned(), sky.clone())?;
        load::load(&office.center, bundle, Box::new(|_, _| {}))
            .map_err(|error| error.to_string())?;
        Ok(office)
    }

    /// Opens the center in `folder`.
    pub(super) fn open(folder: PathBuf, sky: Sky) -> Result<Self, String> {
        let center =
            Center::open(&folder, Arc::new(sky.clone())).map_err(|error| error.to_string())?;
        Ok(Self {
            router: linli_center::devices(center.clone()),
            folder,
            lives: 0,
            sky,
            center,
            backup: None,
            backups: 0,
        })
    }

    /// Makes a backup.
    pub(super) fn back_up(&mut self) -> Result<(), String> {
        self.backups += 1;
        let to = self
            .folder
            .with_extension(format!("backup-{}", self.backups));
        backup::backup(&self.center, &to).map_err(|error| error.to_string())?;
        self.backup = Some(to);
        Ok(())
    }

    /// The disk is gone, but for the keys: a new center out of the newest backup. False when
    /// there is none.
    pub(super) fn lose_the_disk(&mut self) -> Result<bool, String> {
        let Some(backup) = self.backup.clone() else {
            return Ok(false);
        };
        let next = self.next_life();
        let keys = self.folder.join("keys");
        restore::restore(&backup, &keys, &next, &self.sky).map_err(|error| error.to_string())?;
        self.come_up(next)?;
        Ok(true)
    }

    /// Its database.
    pub(super) fn database(&self) -> PathBuf {
        self.folder.join("center.db")
    }

    /// A code to enrol `person` with, as typed.
    pub(super) fn code(&self, person: PersonId) -> Result<String, String> {
        enrol::new_code(&self.center, person)
            .map_err(|error| error.to_string())?
            .map(|secret| secret_text(&secret))
            .ok_or_else(|| "nobody of that id".to_owned())
    }

    /// What it answers to a call that reached it.
    pub(super) async fn answer(&self, call: &Call) -> Result<Answer, WireError> {
        let method = match call.method {
            Method::Get => HttpMethod::GET,
            Method::Post => HttpMethod::POST,
            Method::Patch => HttpMethod::PATCH,
        };
        let mut request = Request::builder().method(method).uri(&call.path);
        if let Some(token) = call.token {
            request = request.header("authorization", format!("Bearer {}", hex::encode(token)));
        }
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        let from = SocketAddr::from(([127, 0, 0, 1], 7));
        let request = request
            .extension(ConnectInfo(from))
            .body(Body::from(call.body.clone()))
            .map_err(|_| WireError::Misconfigured)?;
        let response = self.router.clone().oneshot(request).await;
        let response = response.map_err(|_| WireError::Broken)?;
        let status = response.status().as_u16();
        let heard = response.headers().iter();
        let headers = heard
            .filter(|(name, _)| is_heard(name.as_str()))
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .collect();
        let body = axum::body::to_bytes(response.into_body(), LONGEST)
            .await
            .map_err(|_| WireError::Broken)?;
        Ok(Answer {
            status,
            headers,
            body: body.into(),
        })
    }

    /// Gives a person another post.
    pub(super) fn post(&self, person: PersonId, org: &str) -> Result<(), String> {
        post::post(&self.center, person, org)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    /// A building comes to another grid, if it isn't there.
    pub(super) fn cut_grids(&self, building: &str, org: &str) -> Result<(), String> {
        match grid::move_building(&self.center, building, org) {
            Ok(_) | Err(MoveError::Already) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Erases somebody, as the command line does: in another program that works on the same
    /// files. What was known under the person's name and numbers; nothing when the center knows
    /// nobody of that id.
    pub(super) fn erase(&self, household: DocId, resident: EntryId) -> Result<Vec<String>, String> {
        let known = words_of(&self.database(), household, resident)?;
        let asked = Asked {
            household,
            resident,
            reason: "asked for it".to_owned(),
        };
        let other = Center::open(&self.folder, Arc::new(self.sky.clone()))
            .map_err(|error| error.to_string())?;
        match erase::erase(&other, &asked) {
            Ok(erased) if erased.traces_left => Err("the file was not made anew".to_owned()),
            Ok(_) => Ok(known),
            Err(EraseError::NoHousehold(_) | EraseError::NoResident(_)) => Ok(Vec::new()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Takes a person's posts away or gives them back: what a phone still believes it may
    /// write, the center then refuses. Done behind the center's back, as an administrator would.
    pub(super) fn suspend(&self, person: PersonId, suspended: bool) -> Result<(), String> {
        let sql = if suspended {
            "UPDATE post SET value = '-' || value WHERE person = ?1 AND value NOT LIKE '-%'"
        } else {
            "UPDATE post SET value = substr(value, 2) WHERE person = ?1 AND value LIKE '-%'"
        };
        rusqlite::Connection::open(self.database())
            .and_then(|conn| conn.execute(sql, [person.as_bytes()]))
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    /// Dies and comes up again with what is on the disk then: the database and its log are
    /// copied, and the copy is opened.
    pub(super) fn crash(&mut self) -> Result<(), String> {
        let next = self.next_life();
        self.sky.copy_after_death(&self.folder, &next)?;
        self.come_up(next)
    }

    fn next_life(&self) -> PathBuf {
        self.folder
            .with_extension(format!("life-{}", self.lives + 1))
    }

    fn come_up(&mut self, folder: PathBuf) -> Result<(), String> {
        let again = Self::open(folder, self.sky.clone())?;
        *self = Self {
            lives: self.lives + 1,
            backup: self.backup.take(),
            backups: self.backups,
            ..again
        };
        Ok(())
    }
}
