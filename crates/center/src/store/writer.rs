//! The one thread that writes, with group commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

use linli_model::mutant;
use rusqlite::Connection;

use super::{Room, StoreError, Tables};
use crate::gate::Drafts;

/// Jobs that share one commit at most: the last of them shouldn't wait too long.
const BATCH: usize = 64;

/// What a job works with.
pub(crate) struct Turn<'a> {
    /// The tables, inside the running transaction.
    pub(crate) tables: Tables<'a>,
    /// Documents the gate keeps in memory between jobs.
    pub(crate) drafts: &'a mut Drafts,
}

impl Turn<'_> {
    /// Runs `work` so that it can be undone by itself: on an error, or when `keep` says no.
    pub(crate) fn attempt<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, StoreError>,
        keep: impl FnOnce(&T) -> bool,
    ) -> Result<T, StoreError> {
        self.say("SAVEPOINT attempt")?;
        let result = work(self);
        if !result.as_ref().is_ok_and(keep) {
            self.drafts.forget();
            self.say("ROLLBACK TO attempt")?;
        }
        self.say("RELEASE attempt")?;
        result
    }

    fn say(&self, statement: &str) -> Result<(), StoreError> {
        self.tables.conn.prepare_cached(statement)?.execute([])?;
        Ok(())
    }
}

type Finish = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Job = Box<dyn for<'a> FnOnce(&mut Turn<'a>) -> Finish + Send>;

pub(super) struct Writer {
    room: Room,
    jobs: Mutex<Option<Sender<Job>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(conn: Connection, room: Room) -> Result<Self, StoreError> {
        let (jobs, queue) = channel();
        let seen = room.clone();
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || run(&conn, &queue, &seen))?;
        Ok(Self {
            room,
            jobs: Mutex::new(Some(jobs)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Queues `work`; `done` hears of it after the commit, on the writer's thread.
    pub(super) fn submit<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Turn<'_>) -> Result<T, StoreError> + Send + 'static,
        done: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        let room = self.room.clone();
        let job: Job = Box::new(move |turn| {
            let result = turn.attempt(work, |_| true);
            if let Err(error) = &result {
                room.note(error);
            }
            Box::new(move |committed| done(committed.and(result)))
        });
        self.jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .ok_or(StoreError::Closed)?
            .send(job)
            .map_err(|_| StoreError::Closed)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(
            self.jobs
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        // The last handle may be dropped on the writer's own thread, inside a job.
        if let Some(thread) = thread
            && thread.thread().id() != std::thread::current().id()
        {
            let _finished = thread.join();
        }
    }
}

fn run(conn: &Connection, queue: &Receiver<Job>, room: &Room) {
    let mut drafts = Drafts::default();
    while let Ok(first) = queue.recv() {
        let begun = conn.execute_batch("BEGIN IMMEDIATE");
        if let Err(error) = begun {
            tracing::error!(error = %StoreError::from(error), "no transaction");
            // Dropping the job drops its listener, who then hears `Closed`.
            continue;
        }
        let mut finishes = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next {
            let mut turn = Turn {
                tables: Tables { conn },
                drafts: &mut drafts,
            };
            match catch_unwind(AssertUnwindSafe(|| job(&mut turn))) {
                Ok(finish) => finishes.push(finish),
                Err(_) => {
                    tracing::error!("a job panicked; it is undone");
                    drafts.forget();
                    undo_open_savepoint(conn);
                }
            }
            next = if finishes.len() < BATCH {
                queue.try_recv().ok()
            } else {
                None
            };
        }
        if mutant::is("answer_before_commit") {
            for finish in finishes.drain(..) {
                finish(Ok(()));
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let committed = conn.execute_batch("COMMIT").map_err(StoreError::from);
        if let Err(error) = &committed {
            tracing::error!(%error, "commit failed");
            room.note(error);
            drafts.forget();
            if !conn.is_autocommit() {
                let _rolled_back = conn.execute_batch("ROLLBACK");
            }
        } else {
            drafts.keep();
        }
        for finish in finishes {
            finish(match &committed {
                Ok(()) => Ok(()),
                Err(StoreError::Sql(what, code)) => Err(StoreError::Sql(what, *code)),
                Err(_) => Err(StoreError::Closed),
            });
        }
    }
}

/// A panic leaves savepoints of its job open; rolling back to the outermost of them undoes
/// the job and nothing else, since earlier jobs have released theirs.
fn undo_open_savepoint(conn: &Connection) {
    while conn
        .execute_batch("ROLLBACK TO attempt; RELEASE attempt")
        .is_ok()
    {}
}
