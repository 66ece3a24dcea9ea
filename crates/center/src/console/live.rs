//! `GET /api/live`: server-sent events that say what to read again, each person only about
//! what that person may see.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::api::Live as News;
use super::desk::{Desk, filter_of};
use super::failure::Refuse;
use super::returned;
use super::seat::Seat;
use crate::center::Live;

/// Comments that keep proxies from closing a quiet line, and find out who has left.
const ALIVE: Duration = Duration::from_secs(20);

/// `GET /api/live`.
pub(crate) async fn listen(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = Listener {
        heard: desk.center.live.subscribe(),
        desk,
        seat,
        greeted: false,
    };
    let stream = stream::unfold(listener, |mut listener| async move {
        let news = listener.next().await?;
        let event = Event::default().json_data(&news).unwrap_or_default();
        Some((Ok(event), listener))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(ALIVE))
}

struct Listener {
    desk: Arc<Desk>,
    heard: Receiver<Live>,
    seat: Seat,
    greeted: bool,
}

impl Listener {
    /// The next thing this person may hear of; none once the session has ended.
    async fn next(&mut self) -> Option<News> {
        if !self.greeted {
            // The line is open (again): the page reads once what it may have missed.
            self.greeted = true;
            return Some(news("all", String::new()));
        }
        loop {
            let live = match self.heard.recv().await {
                Ok(live) => Some(live),
                Err(RecvError::Lagged(_)) => None,
                Err(RecvError::Closed) => return None,
            };
            let now = self.desk.center.now();
            let seat = Seat::find(&self.desk.center.store, self.seat.token_hash, now).await;
            self.seat = seat.ok()??.0;
            match live {
                None => return Some(news("all", String::new())),
                Some(live) => {
                    if let Some(news) = self.translate(live).await.ok()? {
                        return Some(news);
                    }
                }
            }
        }
    }

    async fn translate(&self, live: Live) -> Result<Option<News>, Refuse> {
        let pages = self.seat.viewer.pages;
        Ok(match live {
            Live::Device(id) => pages.devices.then(|| news("device", id.to_string())),
            Live::Recovery(id) => pages.recoveries.then(|| news("recovery", id.to_string())),
            Live::Case(id) if pages.cases => {
                let viewer = self.seat.viewer.clone();
                let read = self.desk.center.store.read(move |tables| {
                    let filter = filter_of(&viewer, tables)?;
                    Ok(tables.desk_case(&filter, id)?.is_some())
                });
                read.await?.then(|| news("case", id.to_string()))
            }
            Live::Case(_) => None,
            Live::Returned(enrolment, intent) if pages.returned => {
                let viewer = self.seat.viewer.clone();
                let read = self.desk.center.store.read(move |tables| {
                    match tables.returned_one(enrolment, intent)? {
                        Some(row) => returned::sees(tables, &viewer, row),
                        None => Ok(false),
                    }
                });
                read.await?.then(|| news("returned", intent.to_string()))
            }
            Live::Returned(..) => None,
        })
    }
}

fn news(kind: &str, id: String) -> News {
    News {
        kind: kind.into(),
        id,
    }
}
