//! One request at a time works on an upload, and the newest wins.
//!
//! A phone that changes its network sends anew while its old connection hangs: the center would
//! wait for it for minutes. So a new request tells the older one to stop, waits until that has put
//! on the disk what it has, and goes on from there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use linli_model::actor::EnrolmentId;
use linli_model::ids::MediaId;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard, watch};

use super::refuse;
use crate::failure::Failure;

/// How long an older request may take to put down what it has.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whose upload of which photo.
pub(super) type Which = (EnrolmentId, MediaId);

/// The uploads that somebody works on, or waits for.
#[derive(Default)]
pub(crate) struct Holds(Mutex<HashMap<Which, Arc<Seat>>>);

struct Seat {
    turn: Arc<Turn<()>>,
    /// Number of the newest request.
    newest: watch::Sender<u64>,
}

/// Somebody's turn; over when it is dropped.
pub(super) struct Hold<'a> {
    holds: &'a Holds,
    which: Which,
    turn: Option<OwnedMutexGuard<()>>,
    mine: u64,
    newest: watch::Receiver<u64>,
}

impl Holds {
    /// Waits for one's turn, which older requests are told to make way for.
    pub(super) async fn take(&self, which: Which) -> Result<Hold<'_>, Failure> {
        let (turn, mut hold) = self.knock(which);
        let wait = tokio::time::timeout(PATIENCE, turn.lock_owned());
        let mine = tokio::select! {
            mine = wait => mine.map_err(|_| refuse::LOCKED)?,
            () = hold.overtaken() => return Err(refuse::LOCKED),
        };
        hold.turn = Some(mine);
        Ok(hold)
    }

    fn knock(&self, which: Which) -> (Arc<Turn<()>>, Hold<'_>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seat = all.entry(which).or_insert_with(|| {
            Arc::new(Seat {
                turn: Arc::default(),
                newest: watch::Sender::new(0),
            })
        });
        seat.newest.send_modify(|newest| *newest += 1);
        let newest = seat.newest.subscribe();
        let mine = *newest.borrow();
        let hold = Hold {
            holds: self,
            which,
            turn: None,
            mine,
            newest,
        };
        (seat.turn.clone(), hold)
    }
}

impl Hold<'_> {
    /// Ready once a newer request has come.
    pub(super) async fn overtaken(&mut self) {
        let mine = self.mine;
        // The sender lives as long as anybody holds or waits.
        let _gone = self.newest.wait_for(|newest| *newest > mine).await;
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        drop(self.turn.take());
        let mut all = self.holds.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever comes now makes a seat of its own; this one is the last to listen.
        let last = |seat: &Arc<Seat>| seat.newest.receiver_count() == 1;
        if all.get(&self.which).is_some_and(last) {
            all.remove(&self.which);
        }
    }
}
