//! A center that never stops answering: a phone hears out no answer that is longer than any
//! answer, or slower than any link, and goes on.

#![allow(clippy::expect_used, reason = "a test may stop")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use linli_center::{System, keys};
use linli_field::Https;
use linli_field::wire::{Answer, Call, Method, Wire, WireError};
use linli_protocol::limits::MAX_ANSWER;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// How long the phone of these tests waits for a word.
const PATIENCE: Duration = Duration::from_millis(500);
/// Longer than any of it may take.
const LONG: Duration = Duration::from_secs(30);
/// What the buffers between the two may hold.
const BUFFERS: usize = 16 << 20;

/// TLS as a center speaks it.
fn server(keys: &Path) -> Arc<ServerConfig> {
    let chain = CertificateDer::pem_file_iter(keys.join("leaf.pem"))
        .expect("certificates")
        .collect::<Result<Vec<_>, _>>()
        .expect("certificates");
    let key = PrivateKeyDer::from_pem_file(keys.join("leaf.key")).expect("key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("certificate");
    Arc::new(config)
}

/// A center with real keys that begins every answer with `head` and then says `part` for ever,
/// with a pause after each. Gives how many bytes it got rid of.
fn talker(
    folder: &Path,
    head: &'static str,
    part: Vec<u8>,
    pause: Duration,
) -> (SocketAddr, Vec<[u8; 32]>, JoinHandle<usize>) {
    keys::create(folder, "127.0.0.1:1", &System).expect("keys");
    let keys = keys::load(folder).expect("keys");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let (tls, pins) = (server(&keys::folder(folder)), keys.pins.clone());
    let talking = std::thread::spawn(move || {
        let (mut tcp, _) = listener.accept().expect("a phone");
        tcp.set_write_timeout(Some(LONG)).expect("timeout");
        let mut session = rustls::ServerConnection::new(tls).expect("session");
        let mut stream = rustls::Stream::new(&mut session, &mut tcp);
        let _request = stream.read(&mut [0; 4096]).expect("a request");
        let mut said = 0;
        let mut words = head.as_bytes();
        while stream
            .write_all(words)
            .and_then(|()| stream.flush())
            .is_ok()
        {
            said += words.len();
            words = &part;
            // The pace of this center, not a wait for anything.
            std::thread::sleep(pause);
        }
        said
    });
    (address, pins, talking)
}

async fn ask(address: SocketAddr, pins: Vec<[u8; 32]>) -> (Result<Answer, WireError>, Duration) {
    let begun = Instant::now();
    let call = Call {
        address: address.to_string(),
        pins,
        method: Method::Post,
        path: "/v1/sync".to_owned(),
        token: Some([1; 32]),
        headers: Vec::new(),
        body: vec![0xa0],
    };
    let answer = Https::patient(PATIENCE).send(call).await;
    (answer, begun.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_end_is_cut_off() {
    let chunk = [b"10000\r\n".as_slice(), &[b'x'; 0x10000], b"\r\n"].concat();
    for (head, part) in [
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            chunk,
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 1099511627776\r\n\r\n",
            vec![b'x'; 0x10000],
        ),
        ("HTTP/1.1 200 OK\r\n\r\n", vec![b'x'; 0x10000]),
        ("HTTP/1.1 200 OK\r\n", b"x: y\r\n".repeat(4096)),
    ] {
        let folder = tempfile::tempdir().expect("folder");
        let (address, pins, talking) = talker(folder.path(), head, part, Duration::ZERO);
        let (answer, took) = ask(address, pins).await;
        assert_eq!(answer, Err(WireError::Broken), "{head}");
        assert!(took < LONG, "{head}: {took:?}");
        let said = talking.join().expect("it was cut off");
        assert!(said < MAX_ANSWER + BUFFERS, "{head}: {said} bytes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_dribbles_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("folder");
    // Well within its patience for a word, and never at an end.
    let (address, pins, talking) = talker(
        folder.path(),
        "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n",
        vec![b'x'],
        PATIENCE / 10,
    );
    let (answer, took) = ask(address, pins).await;
    assert_eq!(answer, Err(WireError::Broken));
    assert!(took < 4 * PATIENCE, "{took:?}");
    talking.join().expect("it was cut off");
}
