//! A desk at the console, over its REST API.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Somebody who has logged in.
#[derive(Debug)]
pub struct Desk {
    console: SocketAddr,
    cookie: String,
}

impl Desk {
    /// Logs in.
    ///
    /// # Panics
    /// When the console doesn't let the person in.
    pub async fn log_in(console: SocketAddr, login: &str, password: &str) -> Self {
        let mut desk = Self {
            console,
            cookie: String::new(),
        };
        let body = serde_json::json!({ "login": login, "password": password });
        let (status, head, _) = desk.ask("POST", "/api/login", &body).await;
        assert_eq!(status, 200, "{login} can't log in");
        desk.cookie = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
            .and_then(|(_, value)| value.split(';').next())
            .unwrap_or_default()
            .to_owned();
        desk
    }

    /// Reads something.
    ///
    /// # Panics
    /// When the console refuses.
    pub async fn reads(&self, path: &str) -> Value {
        let (status, _, body) = self.ask("GET", path, &Value::Null).await;
        assert_eq!(status, 200, "GET {path}: {body}");
        body
    }

    /// Decides something.
    ///
    /// # Panics
    /// When the console refuses.
    pub async fn does(&self, path: &str, body: &Value) -> Value {
        let (status, _, answer) = self.ask("POST", path, body).await;
        assert_eq!(status, 200, "POST {path}: {answer}");
        answer
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, String, Value) {
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let host = self.console;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
             Cookie: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{text}",
            self.cookie,
            text.len(),
        );
        let answer = async {
            let mut stream = TcpStream::connect(host).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await?;
            Ok::<_, std::io::Error>(answer)
        }
        .await
        .unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .unwrap_or(0);
        let body = serde_json::from_str(body).unwrap_or(Value::Null);
        (status, head.to_owned(), body)
    }
}
