//! Where positions come from: the `PositionSource` seam. The page asks for a watch and hears fixes
//! until it stops it; a source tells what it knows, and whether somebody made it up. It is never
//! asked by anything but a tap of the person's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime, async_runtime};
use tokio::sync::{mpsc, oneshot};

#[cfg(target_os = "android")]
mod android;
#[cfg(desktop)]
mod track;

#[cfg(target_os = "android")]
use android as source;
#[cfg(desktop)]
use track as source;

pub(crate) use source::present;

/// A watch ends after so long though nobody stopped it: a page may be gone without a word, and
/// satellites cost battery.
const LONGEST: Duration = Duration::from_secs(60);

/// What a watch tells the page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Heard {
    /// Here it is, as well as is known now.
    Fix(Fix),
    /// Nothing is to be had, for this reason.
    None(Why),
}

/// Where the phone is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fix {
    /// Degrees east, WGS 84.
    pub(crate) lon: f64,
    /// Degrees north, WGS 84.
    pub(crate) lat: f64,
    /// Radius of the circle it most likely lies in, metres.
    pub(crate) accuracy_m: f64,
    /// When, by the phone's own clock, milliseconds since 1970.
    pub(crate) at: i64,
    /// Another app made it up, or it isn't from a real receiver at all.
    pub(crate) mocked: bool,
    /// Where the camera looked, degrees from true north, if anybody knows.
    #[serde(default)]
    pub(crate) direction: Option<f64>,
}

/// Why there is no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Why {
    /// The person didn't allow it.
    Denied,
    /// Positioning is switched off on the whole phone.
    Off,
    /// Anything else; it may come yet.
    Failed,
}

impl Heard {
    /// What may be believed of it: a fix that is nowhere on earth is none, a direction that is
    /// none is left out.
    fn checked(self) -> Option<Self> {
        let Self::Fix(mut fix) = self else {
            return Some(self);
        };
        let within = |value: f64, most: f64| value.is_finite() && value.abs() <= most;
        let somewhere = within(fix.lon, 180.0) && within(fix.lat, 90.0);
        let sure = fix.accuracy_m.is_finite() && fix.accuracy_m >= 0.0;
        fix.direction = fix.direction.filter(|d| (0.0..360.0).contains(d));
        (somewhere && sure).then_some(Self::Fix(fix))
    }
}

/// The watches that run. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Watches(Arc<Mutex<Running>>);

#[derive(Default)]
struct Running {
    last: u32,
    /// Dropping one ends its watch.
    ends: HashMap<u32, oneshot::Sender<()>>,
}

impl Watches {
    /// Begins to tell `on` where the phone is; the number it stops by.
    pub(crate) fn start<R: Runtime>(&self, app: AppHandle<R>, on: Channel<Heard>) -> u32 {
        let (watch, stopped) = self.begin();
        let watches = self.clone();
        async_runtime::spawn(async move {
            let (say, mut hear) = mpsc::unbounded_channel();
            let tell = async {
                while let Some(heard) = hear.recv().await {
                    if let Some(heard) = Heard::checked(heard) {
                        // Fails only when the page is gone; then it is stopped, too.
                        let _ = on.send(heard);
                    }
                }
            };
            let run = async { tokio::join!(source::watch(&app, watch, say), tell) };
            tokio::select! {
                _ = run => {}
                _ = stopped => {}
                () = tokio::time::sleep(LONGEST) => {}
            }
            source::end(&app, watch).await;
            watches.stop(watch);
        });
        watch
    }

    /// Ends the watch; one that has ended already is none.
    pub(crate) fn stop(&self, watch: u32) {
        drop(self.running().ends.remove(&watch));
    }

    /// Ends all of them: the page that asked is gone.
    pub(crate) fn stop_all(&self) {
        self.running().ends.clear();
    }

    fn begin(&self) -> (u32, oneshot::Receiver<()>) {
        let (end, stopped) = oneshot::channel();
        let mut running = self.running();
        running.last = running.last.wrapping_add(1);
        let watch = running.last;
        running.ends.insert(watch, end);
        (watch, stopped)
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(lon: f64, lat: f64, accuracy_m: f64) -> Heard {
        Heard::Fix(Fix {
            lon,
            lat,
            accuracy_m,
            at: 1,
            mocked: false,
            direction: None,
        })
    }

    #[test]
    fn the_page_is_told_in_these_words() {
        let said = |heard: Heard| serde_json::to_string(&heard).unwrap();
        assert_eq!(
            said(fix(102.5, 29.5, 8.0)),
            r#"{"fix":{"lon":102.5,"lat":29.5,"accuracy_m":8.0,"at":1,"mocked":false,"direction":null}}"#
        );
        assert_eq!(said(Heard::None(Why::Denied)), r#"{"none":"denied"}"#);
        assert_eq!(said(Heard::None(Why::Off)), r#"{"none":"off"}"#);
        assert_eq!(said(Heard::None(Why::Failed)), r#"{"none":"failed"}"#);
    }

    #[test]
    fn what_is_nowhere_on_earth_is_not_passed_on() {
        assert!(fix(180.0, -90.0, 0.0).checked().is_some());
        for wrong in [
            fix(180.5, 0.0, 1.0),
            fix(0.0, 91.0, 1.0),
            fix(f64::NAN, 0.0, 1.0),
            fix(0.0, f64::INFINITY, 1.0),
            fix(0.0, 0.0, -1.0),
            fix(0.0, 0.0, f64::NAN),
        ] {
            assert_eq!(wrong.checked(), None, "{wrong:?}");
        }
        let off = Heard::None(Why::Off);
        assert_eq!(off.checked(), Some(off));
    }

    #[test]
    fn a_direction_that_is_none_takes_nothing_from_the_fix() {
        let looking = |direction| {
            let Heard::Fix(fix) = fix(1.0, 2.0, 3.0) else {
                unreachable!()
            };
            let direction = Some(direction);
            match Heard::Fix(Fix { direction, ..fix }).checked() {
                Some(Heard::Fix(fix)) => fix.direction,
                _ => panic!("the fix itself was good"),
            }
        };
        assert_eq!(looking(271.5), Some(271.5));
        assert_eq!(looking(360.0), None);
        assert_eq!(looking(-1.0), None);
        assert_eq!(looking(f64::NAN), None);
    }

    #[tokio::test]
    async fn a_watch_ends_when_it_is_stopped_or_its_page_goes() {
        let watches = Watches::default();
        let (first, first_stopped) = watches.begin();
        let (second, second_stopped) = watches.begin();
        let (third, third_stopped) = watches.begin();
        assert!(first < second && second < third);
        watches.stop(first);
        watches.stop(first);
        assert!(first_stopped.await.is_err());
        watches.stop_all();
        assert!(second_stopped.await.is_err() && third_stopped.await.is_err());
    }
}
