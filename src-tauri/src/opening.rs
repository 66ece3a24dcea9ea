//! The phone while its database is being opened.
//!
//! Opening can take a second on a cheap phone (keystore, migrations). The window must
//! not wait for it, so the commands do.

use linli_field::{EdgeError, Phone};
use tokio::sync::watch;

/// A phone that may still be opening. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Opening(watch::Sender<Option<Result<Phone, EdgeError>>>);

impl Opening {
    /// Not opened yet.
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(None))
    }

    /// Says what came of it and wakes everybody who waits.
    pub(crate) fn done(&self, opened: Result<Phone, EdgeError>) {
        self.0.send_replace(Some(opened));
    }

    /// The phone, as soon as it is open; the reason, if it could not be opened.
    pub(crate) async fn phone(&self) -> Result<Phone, EdgeError> {
        let mut seen = self.0.subscribe();
        match seen.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(opened)) => opened.clone(),
            // The sender lives as long as `self`, so there is always somebody to answer.
            _ => Err(EdgeError::code("internal")),
        }
    }

    /// The phone, if it is open by now.
    pub(crate) fn now(&self) -> Option<Phone> {
        self.0.borrow().as_ref().and_then(|o| o.clone().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn those_who_wait_get_the_reason() {
        let opening = Opening::new();
        let waiting = tokio::spawn({
            let opening = opening.clone();
            async move { opening.phone().await.err() }
        });
        assert!(opening.now().is_none());
        opening.done(Err(EdgeError::code("internal")));
        let error = waiting.await.unwrap().unwrap();
        assert_eq!(error.code, "internal");
        assert!(opening.now().is_none());
    }
}
