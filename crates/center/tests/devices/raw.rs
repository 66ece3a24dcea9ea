//! A connection that says what it likes, as slowly as it likes.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::ClientConnection;

use crate::office::Office;
use crate::phone::tls;

/// Longer than any limit a test sets; a center that hasn't closed by then never will.
const PATIENCE: Duration = Duration::from_secs(20);
/// Pause between two bytes of somebody who dribbles.
const DRIBBLE: Duration = Duration::from_millis(20);

pub(crate) struct Raw {
    session: ClientConnection,
    tcp: TcpStream,
}

impl Raw {
    /// Connects; TLS is shaken with the first words.
    pub(crate) fn open(office: &Office) -> Self {
        let name = "center.linli".try_into().expect("name");
        let tcp = TcpStream::connect(office.devices).expect("connect");
        tcp.set_read_timeout(Some(PATIENCE)).expect("timeout");
        tcp.set_write_timeout(Some(PATIENCE)).expect("timeout");
        Self {
            session: ClientConnection::new(Arc::new(tls(office)), name).expect("session"),
            tcp,
        }
    }

    /// Says something; false when nobody listens any more.
    pub(crate) fn say(&mut self, words: &[u8]) -> bool {
        let mut stream = rustls::Stream::new(&mut self.session, &mut self.tcp);
        stream
            .write_all(words)
            .and_then(|()| stream.flush())
            .is_ok()
    }

    /// Hears what comes next: none when the other end closed.
    pub(crate) fn hear(&mut self) -> Option<String> {
        let mut heard = [0; 4096];
        let mut stream = rustls::Stream::new(&mut self.session, &mut self.tcp);
        match stream.read(&mut heard) {
            Ok(0) => None,
            Ok(length) => Some(String::from_utf8_lossy(&heard[..length]).into_owned()),
            Err(error) => {
                let late = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
                assert!(!late, "the center says nothing and holds the line");
                None
            }
        }
    }

    /// Says `words` byte after byte, for ever, until the other end says something or closes; what
    /// it said, and how long that took.
    pub(crate) fn dribble(mut self, words: u8) -> (Option<String>, Duration) {
        let start = Instant::now();
        self.tcp.set_read_timeout(Some(DRIBBLE)).expect("timeout");
        loop {
            assert!(start.elapsed() < PATIENCE, "it listens for ever");
            if !self.say(&[words]) {
                return (None, start.elapsed());
            }
            let mut heard = [0; 4096];
            let mut stream = rustls::Stream::new(&mut self.session, &mut self.tcp);
            match stream.read(&mut heard) {
                Ok(0) => return (None, start.elapsed()),
                Ok(length) => {
                    let text = String::from_utf8_lossy(&heard[..length]).into_owned();
                    return (Some(text), start.elapsed());
                }
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => return (None, start.elapsed()),
            }
        }
    }

    /// Says `part` again and again until the other end says something or closes; how many bytes
    /// that were. Gives up after `most`.
    pub(crate) fn pour(mut self, part: &[u8], most: usize) -> usize {
        let mut poured = 0;
        while poured < most && self.say(part) {
            poured += part.len();
        }
        poured
    }
}
