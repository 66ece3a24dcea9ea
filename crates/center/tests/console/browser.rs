//! What a browser does: keeps a cookie, sends where it comes from.

use reqwest::header::{COOKIE, HeaderMap, SET_COOKIE};
use serde_json::{Value, json};

use crate::office::Office;

pub(crate) const PASSWORD: &str = "松树下的灯 2026";

/// Status, headers and JSON of an answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

pub(crate) struct Browser {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) cookie: String,
}

impl Browser {
    pub(crate) fn new(office: &Office) -> Self {
        // Plain HTTP; the client wants a TLS all the same.
        Self {
            http: crate::phone::http(office),
            base: format!("http://{}", office.console),
            cookie: String::new(),
        }
    }

    /// Somebody with a password, logged in.
    pub(crate) async fn at_desk(office: &Office, login: &str) -> Self {
        set_password(office, login, PASSWORD).await;
        let mut browser = Self::new(office);
        let answer = browser.login(login, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        browser
    }

    pub(crate) async fn login(&mut self, login: &str, password: &str) -> Answer {
        let answer = self
            .post("login", json!({"login": login, "password": password}))
            .await;
        if let Some(cookie) = answer.headers.get(SET_COOKIE) {
            let text = cookie.to_str().expect("text");
            self.cookie = text.split(';').next().expect("pair").to_owned();
        }
        answer
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let url = format!("{}/api/{path}", self.base);
        self.send(self.http.get(url)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        let url = format!("{}/api/{path}", self.base);
        let request = self
            .http
            .post(url)
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin")
            .body(body.to_string());
        self.send(request).await
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request
            .header(COOKIE, &self.cookie)
            .send()
            .await
            .expect("reachable");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("body");
        Answer {
            status,
            headers,
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        }
    }
}

pub(crate) async fn set_password(office: &Office, login: &str, password: &str) {
    let (center, login, password) = (office.center.clone(), login.to_owned(), password.to_owned());
    tokio::task::spawn_blocking(move || {
        linli_center::console::set_password(&center, &login, &password).expect("set");
    })
    .await
    .expect("joined");
}
