//! The HTTP side, tried with a phone made of a few lines.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::path::PathBuf;
use std::sync::Arc;

use linli_webhost::{Answer, Failure, Host, Server, ServerConfig, Token};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::broadcast;

const TOKEN: &str = "07070707070707070707070707070707";

struct Toy {
    events: broadcast::Sender<Value>,
    incoming: PathBuf,
}

impl Host for Toy {
    fn call<'a>(&'a self, name: &'a str, request: Value) -> Answer<'a, Value> {
        Box::pin(async move {
            match name {
                "echo" => Ok(request),
                "panic" => panic!("on purpose"),
                _ => Err(Failure::code("unknown_command")),
            }
        })
    }

    fn photo<'a>(&'a self, id: &'a str, width: u32) -> Answer<'a, Vec<u8>> {
        Box::pin(async move { Ok(format!("{id} at {width}").into_bytes()) })
    }

    fn events(&self) -> broadcast::Receiver<Value> {
        self.events.subscribe()
    }

    fn incoming_file(&self, id: &str) -> Result<PathBuf, Failure> {
        if id.contains('.') {
            return Err(Failure::code("bad_input"));
        }
        std::fs::create_dir_all(&self.incoming).unwrap();
        Ok(self.incoming.join(format!("{id}.jpg")))
    }

    fn resumed(&self) {
        // Whoever connects hears this; it stands for the sync that a phone would start.
        let _ = self.events.send(json!({ "type": "resumed" }));
    }
}

struct Running {
    port: u16,
    dir: TempDir,
}

async fn start() -> Running {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("ui")).unwrap();
    std::fs::write(dir.path().join("ui/index.html"), "<h1>邻里</h1>").unwrap();
    std::fs::write(dir.path().join("secret"), "no").unwrap();
    let toy = Arc::new(Toy {
        events: broadcast::Sender::new(4),
        incoming: dir.path().join("incoming"),
    });
    let config = ServerConfig {
        port: 0,
        ui: dir.path().join("ui"),
        frame_ancestors: vec!["http://127.0.0.1:7600".into()],
        token: Token::new([7; 16]),
    };
    let server = Server::bind(toy, config).await.unwrap();
    let port = server.port();
    assert_eq!(
        server.address(),
        format!("http://127.0.0.1:{port}/?token={TOKEN}")
    );
    tokio::spawn(server.serve(std::future::pending()));
    Running { port, dir }
}

impl Running {
    /// Sends one request; returns status and the whole answer as text.
    async fn ask(&self, line: &str, headers: &[&str], body: &[u8]) -> (u16, String) {
        let host = format!("Host: 127.0.0.1:{}", self.port);
        let mut all = vec![host.as_str(), "Connection: close"];
        all.extend_from_slice(headers);
        self.raw(line, &all, body).await
    }

    async fn raw(&self, line: &str, headers: &[&str], body: &[u8]) -> (u16, String) {
        let mut tcp = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        let mut text = format!("{line} HTTP/1.1\r\nContent-Length: {}\r\n", body.len());
        for header in headers {
            text.push_str(header);
            text.push_str("\r\n");
        }
        text.push_str("\r\n");
        tcp.write_all(text.as_bytes()).await.unwrap();
        tcp.write_all(body).await.unwrap();
        let mut answer = Vec::new();
        tcp.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }
}

fn token() -> String {
    format!("X-Linli-Token: {TOKEN}")
}

#[tokio::test]
async fn a_command_needs_the_token() {
    let host = start().await;
    let (status, answer) = host.ask("POST /cmd/echo", &[&token()], b"{\"a\":1}").await;
    assert_eq!(status, 200);
    assert!(answer.ends_with("{\"a\":1}"));
    for headers in [vec![], vec!["X-Linli-Token: 0707"]] {
        let (status, answer) = host.ask("POST /cmd/echo", &headers, b"{}").await;
        assert_eq!(status, 401);
        assert!(answer.contains("wrong_token"));
    }
}

#[tokio::test]
async fn errors_carry_their_code() {
    let host = start().await;
    for (name, body, status, code) in [
        ("nonsense", "{}", 404, "unknown_command"),
        ("echo", "{", 422, "bad_input"),
        ("panic", "{}", 500, "internal"),
    ] {
        let line = format!("POST /cmd/{name}");
        let (got, answer) = host.ask(&line, &[&token()], body.as_bytes()).await;
        assert_eq!(got, status, "{name}");
        assert!(answer.contains(code), "{answer}");
    }
}

#[tokio::test]
async fn other_pages_are_refused() {
    let host = start().await;
    for origin in ["http://evil.example", "null", "http://127.0.0.1:1"] {
        let origin = format!("Origin: {origin}");
        let (status, _) = host
            .ask("POST /cmd/echo", &[&token(), &origin], b"{}")
            .await;
        assert_eq!(status, 403, "{origin}");
    }
    let own = format!("Origin: http://localhost:{}", host.port);
    let (status, _) = host.ask("POST /cmd/echo", &[&token(), &own], b"{}").await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn a_name_that_points_here_is_refused() {
    let host = start().await;
    let evil = format!("Host: evil.example:{}", host.port);
    let (status, _) = host.raw("GET /", &[&evil, "Connection: close"], b"").await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn the_page_is_served_with_protecting_headers() {
    let host = start().await;
    let (status, answer) = host.ask("GET /?token=x", &[], b"").await;
    assert_eq!(status, 200);
    assert!(answer.contains("邻里"));
    assert!(answer.contains("x-content-type-options: nosniff"));
    assert!(answer.contains("frame-ancestors http://127.0.0.1:7600"));
    assert!(answer.contains("default-src 'self'"));
    let (status, _) = host.ask("GET /../secret", &[], b"").await;
    assert_eq!(status, 404);
    assert!(host.dir.path().join("secret").exists());
}

#[tokio::test]
async fn a_photo_goes_in_as_a_file_and_comes_out_by_id() {
    let host = start().await;
    let (status, _) = host.ask("POST /incoming/abc", &[&token()], b"bytes").await;
    assert_eq!(status, 200);
    let kept = std::fs::read(host.dir.path().join("incoming/abc.jpg")).unwrap();
    assert_eq!(kept, b"bytes");

    let outside = "POST /incoming/..%2Fsecret";
    let (status, answer) = host.ask(outside, &[&token()], b"bytes").await;
    assert_eq!(status, 422);
    assert!(answer.contains("bad_input"));

    let line = format!("GET /photo/abc?w=1600&token={TOKEN}");
    let (status, answer) = host.ask(&line, &[], b"").await;
    assert_eq!(status, 200);
    assert!(answer.ends_with("abc at 1600"));
    let (status, _) = host.ask("GET /photo/abc?w=1600", &[], b"").await;
    assert_eq!(status, 401);
}

#[tokio::test]
async fn too_much_is_refused() {
    let host = start().await;
    let big = vec![b' '; 300 * 1024];
    let (status, _) = host.ask("POST /cmd/echo", &[&token()], &big).await;
    assert_eq!(status, 413);
}

#[tokio::test]
async fn events_reach_the_page() {
    let host = start().await;
    let mut tcp = TcpStream::connect(("127.0.0.1", host.port)).await.unwrap();
    let line = format!(
        "GET /events?token={TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n",
        host.port
    );
    tcp.write_all(line.as_bytes()).await.unwrap();
    let mut seen = String::new();
    let mut buffer = [0; 1024];
    // Opening the page resumed the phone, and the phone says so.
    while !seen.contains("resumed") {
        let n = tcp.read(&mut buffer).await.unwrap();
        assert_ne!(n, 0, "{seen}");
        seen.push_str(std::str::from_utf8(&buffer[..n]).unwrap());
    }
    assert!(seen.contains("text/event-stream"));
}

#[tokio::test]
async fn health_needs_no_token() {
    let host = start().await;
    let (status, _) = host.ask("GET /healthz", &[], b"").await;
    assert_eq!(status, 200);
}
