//! Pictures shared into the app on a desktop: the files it was opened with ("Open with", or named
//! after the program).

use std::collections::VecDeque;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{MOST_SHARED, Shared};

/// The files that still wait to be taken in. Each is given once.
pub(crate) struct Arguments(Mutex<Waiting>);

struct Waiting {
    files: VecDeque<PathBuf>,
    left_out: u32,
}

impl Arguments {
    /// Those of this process.
    pub(crate) fn of_process() -> Self {
        Self::read(std::env::args_os().skip(1))
    }

    /// What isn't a file is none of ours: options, and names that lead nowhere.
    fn read(args: impl Iterator<Item = OsString>) -> Self {
        let mut files: VecDeque<_> = args.map(PathBuf::from).filter(|p| p.is_file()).collect();
        let left_out = files.len().saturating_sub(MOST_SHARED);
        files.truncate(MOST_SHARED);
        Self(Mutex::new(Waiting {
            files,
            left_out: u32::try_from(left_out).unwrap_or(u32::MAX),
        }))
    }

    /// How many wait.
    pub(super) fn counts(&self) -> Shared {
        let waiting = self.waiting();
        Shared {
            waiting: u32::try_from(waiting.files.len()).unwrap_or(u32::MAX),
            left_out: waiting.left_out,
        }
    }

    /// The next, which then waits no more.
    pub(super) fn next(&self) -> Option<PathBuf> {
        self.waiting().files.pop_front()
    }

    /// Lets go of those that wait.
    pub(super) fn forget(&self) {
        let mut waiting = self.waiting();
        waiting.files.clear();
        waiting.left_out = 0;
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_wait_in_their_order_and_are_given_once() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (dir.path().join("井盖.jpg"), dir.path().join("b.png"));
        std::fs::write(&one, b"pixels").unwrap();
        std::fs::write(&two, b"pixels").unwrap();
        let named = [
            one.clone(),
            "--quiet".into(),
            dir.path().into(),
            dir.path().join("gone.jpg"),
            two.clone(),
        ];
        let arguments = Arguments::read(named.into_iter().map(Into::into));
        assert_eq!(arguments.counts().waiting, 2);
        assert_eq!(arguments.next(), Some(one));
        assert_eq!(arguments.counts().waiting, 1);
        assert_eq!(arguments.next(), Some(two));
        assert_eq!(arguments.next(), None);
    }

    #[test]
    fn no_more_than_a_report_takes() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let named = std::iter::repeat_n(file.path(), 12).map(Into::into);
        let arguments = Arguments::read(named);
        let Shared { waiting, left_out } = arguments.counts();
        assert_eq!((waiting, left_out), (9, 3));
        arguments.forget();
        let Shared { waiting, left_out } = arguments.counts();
        assert_eq!((waiting, left_out), (0, 0));
        assert_eq!(arguments.next(), None);
    }
}
