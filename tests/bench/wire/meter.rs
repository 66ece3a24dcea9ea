//! What goes over a link, counted: bytes, requests, and how often the phone had to wait.
//!
//! Requests are seen from outside. Over plain HTTP they are the request lines. Over TLS, where
//! nothing can be read, a request is a run of records upwards after an answer came down; the
//! handshake and the record of session tickets behind it are no answers.

/// Direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// To the center.
    Up = 0,
    /// To the phone.
    Down = 1,
}

/// Sums over all connections of a link.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) up: u64,
    pub(crate) down: u64,
    pub(crate) connections: u64,
    /// HTTP requests; an upgrade to a WebSocket is one.
    pub(crate) requests: u64,
    /// How often something went up after something came down: one after the other, each costs
    /// a round trip. TLS handshakes count, opening a TCP connection doesn't.
    pub(crate) turns: u64,
    /// Bytes inside TLS, requests and answers with their HTTP headers.
    pub(crate) inside: [u64; 2],
    last: Option<Way>,
}

/// One connection.
#[derive(Default)]
pub(super) struct Meter {
    what: What,
}

#[derive(Default)]
enum What {
    #[default]
    Unknown,
    Plain(Vec<u8>),
    Tls(Box<Tls>),
}

const REQUEST_LINE_END: &[u8] = b" HTTP/1.1\r\n";
/// First byte of a TLS handshake record.
const HANDSHAKE: u8 = 22;

impl Meter {
    pub(super) fn note(&mut self, tally: &mut Tally, way: Way, bytes: &[u8]) {
        let length = bytes.len() as u64;
        match way {
            Way::Up => {
                tally.up += length;
                if tally.last != Some(Way::Up) {
                    tally.turns += 1;
                }
            }
            Way::Down => tally.down += length,
        }
        tally.last = Some(way);
        if let (What::Unknown, Some(first)) = (&self.what, bytes.first()) {
            self.what = if *first == HANDSHAKE {
                What::Tls(Box::default())
            } else {
                What::Plain(Vec::new())
            };
        }
        match &mut self.what {
            What::Unknown => {}
            What::Plain(tail) if way == Way::Up => {
                tail.extend_from_slice(bytes);
                let lines = tail
                    .windows(REQUEST_LINE_END.len())
                    .filter(|window| *window == REQUEST_LINE_END);
                tally.requests += lines.count() as u64;
                let keep = tail.len().saturating_sub(REQUEST_LINE_END.len() - 1);
                tail.drain(..keep);
            }
            What::Plain(_) => {}
            What::Tls(tls) => tls.note(tally, way, bytes),
        }
    }
}

#[derive(Default)]
struct Tls {
    records: [Records; 2],
    /// The phone finished its part of the handshake.
    finished: bool,
    /// The center sent its session tickets, all in one record.
    tickets: bool,
    /// An answer came down since the last request.
    asked: bool,
}

/// Encrypted payload; in TLS 1.3 also the end of the handshake.
const PAYLOAD: u8 = 23;
/// Content type and authentication tag.
const SEAL: usize = 17;
/// A sealed alert: how a connection says goodbye.
const ALERT: usize = 2 + SEAL;
impl Tls {
    fn note(&mut self, tally: &mut Tally, way: Way, bytes: &[u8]) {
        let mut ended = Vec::new();
        self.records[way as usize].read(bytes, |kind, length| ended.push((kind, length)));
        for (kind, length) in ended {
            if kind != PAYLOAD || length == ALERT {
                continue;
            }
            let inside = length.saturating_sub(SEAL) as u64;
            match way {
                Way::Up if !self.finished => self.finished = true,
                Way::Up => {
                    if !self.asked {
                        tally.requests += 1;
                    }
                    self.asked = true;
                    tally.inside[0] += inside;
                }
                Way::Down if !self.finished => {}
                Way::Down if !self.tickets => self.tickets = true,
                Way::Down => {
                    self.asked = false;
                    tally.inside[1] += inside;
                }
            }
        }
    }
}

/// Finds the records in a stream: five bytes of header with type and length, then the rest.
#[derive(Default)]
struct Records {
    header: Vec<u8>,
    left: usize,
}

impl Records {
    fn read(&mut self, mut bytes: &[u8], mut begins: impl FnMut(u8, usize)) {
        while !bytes.is_empty() {
            let skip = self.left.min(bytes.len());
            self.left -= skip;
            bytes = &bytes[skip..];
            while self.left == 0
                && let Some((first, rest)) = bytes.split_first()
            {
                self.header.push(*first);
                bytes = rest;
                if let [kind, _, _, high, low] = self.header[..] {
                    self.left = usize::from(u16::from_be_bytes([high, low]));
                    self.header.clear();
                    begins(kind, self.left);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_lines_are_found_across_chunks() {
        let (mut meter, mut tally) = (Meter::default(), Tally::default());
        for chunk in [
            "GET /a HTTP/1",
            ".1\r\nHost: b\r\n\r\nGET /c HTTP/1.1\r\n\r\n",
        ] {
            meter.note(&mut tally, Way::Up, chunk.as_bytes());
        }
        meter.note(&mut tally, Way::Down, b"HTTP/1.1 200 OK\r\n\r\n");
        assert_eq!((tally.requests, tally.turns), (2, 1));
    }

    #[test]
    fn requests_inside_tls_are_told_from_the_handshake() {
        fn record(kind: u8, length: u16) -> Vec<u8> {
            let mut record = vec![kind, 3, 3];
            record.extend(length.to_be_bytes());
            record.resize(5 + usize::from(length), 0);
            record
        }
        let (mut meter, mut tally) = (Meter::default(), Tally::default());
        for (way, kind, length) in [
            (Way::Up, 22, 200),
            (Way::Down, 22, 90),
            (Way::Down, 23, 900),
            (Way::Up, 23, 53),
            (Way::Up, 23, 117),
            (Way::Down, 23, 179),
            (Way::Down, 23, 217),
            (Way::Up, 23, 19),
        ] {
            for byte in record(kind, length) {
                meter.note(&mut tally, way, &[byte]);
            }
        }
        assert_eq!((tally.requests, tally.inside), (1, [100, 200]));
    }
}
