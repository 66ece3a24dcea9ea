//! What a person does on a phone, in the words of the field commands.

use std::time::{Duration, Instant};

use linli_rig::RigError;
use linli_rig::phone::Phone;
use serde_json::{Value, json};

/// A phone in somebody's hands.
#[derive(Debug)]
pub struct Hands<'a>(pub &'a Phone);

impl Hands<'_> {
    /// Runs a command that must succeed.
    ///
    /// # Panics
    /// When it doesn't: the story ends there.
    pub async fn does(&self, command: &str, request: Value) -> Value {
        match self.0.call(command, request).await {
            Ok(answer) => answer,
            Err(error) => panic!("{} {command}: {error}", self.0.name()),
        }
    }

    /// Runs a command that must be refused, and gives the code.
    ///
    /// # Panics
    /// When it succeeds.
    pub async fn is_refused(&self, command: &str, request: Value) -> String {
        match self.0.try_call(command, request).await {
            Ok((200, answer)) => panic!("{} {command}: {answer}", self.0.name()),
            Ok((_, error)) => error["code"].as_str().unwrap_or_default().to_owned(),
            Err(error) => panic!("{} {command}: {error}", self.0.name()),
        }
    }

    /// Finds a household by what is typed.
    ///
    /// # Panics
    /// When nothing is found.
    pub async fn finds(&self, typed: &str) -> Value {
        let found = self
            .does("find", json!({ "query": typed, "limit": 10 }))
            .await;
        let hit = found["hits"]
            .as_array()
            .and_then(|hits| hits.iter().find(|hit| hit["kind"] == "person"))
            .unwrap_or_else(|| panic!("{typed} finds nobody: {found}"));
        self.does(
            "household",
            json!({ "household": hit["household"], "dwelling": "" }),
        )
        .await
    }

    /// Opens a household again.
    pub async fn household(&self, id: &Value) -> Value {
        self.does("household", json!({ "household": id, "dwelling": "" }))
            .await
    }

    /// Takes a photo: the camera opens, writes its picture, and the phone takes it in.
    ///
    /// # Panics
    /// When the phone doesn't take it.
    pub async fn takes(&self, jpeg: &[u8]) -> Value {
        match self.tries(jpeg).await {
            Ok(photo) => photo,
            Err(error) => panic!("a photo: {error}"),
        }
    }

    /// As [`Self::takes`], for a phone that may be killed meanwhile.
    ///
    /// # Errors
    /// It no longer answers, or refuses.
    pub async fn tries(&self, jpeg: &[u8]) -> Result<Value, RigError> {
        let take = json!({ "source": "camera", "position": null });
        let taken = self.0.call("take_media", take).await?;
        let id = taken["id"].as_str().unwrap_or_default();
        self.0.upload(id, jpeg).await?;
        let import = json!({ "id": id, "source": "camera" });
        self.0.call("import_media", import).await
    }

    /// Waits until everything written here is accepted and the phone has heard the news.
    pub async fn is_in_step(&self) {
        self.does("sync", json!({})).await;
        let what = format!("{} to be in step", self.0.name());
        until(&what, async || {
            let state = &self.does("status", json!({})).await["sync"];
            state["phase"] == "online" && state["records"] == 0 && state["photos"] == 0
        })
        .await;
    }

    /// Syncs until `seen` is true of this phone.
    pub async fn sees(&self, what: &str, seen: impl AsyncFn() -> bool) {
        until(what, async || {
            if seen().await {
                return true;
            }
            self.does("sync", json!({})).await;
            false
        })
        .await;
    }
}

/// Waits for a condition; a minute is far more than anything here takes.
///
/// # Panics
/// When it doesn't come true.
pub async fn until(what: &str, condition: impl AsyncFn() -> bool) {
    let start = Instant::now();
    while !condition().await {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "waited in vain for {what}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A small JPEG with some content, different for each `seed`.
pub fn picture(seed: u8) -> Vec<u8> {
    let image = image::RgbImage::from_fn(640, 480, |x, y| {
        let wave = u8::try_from((x * 3 + y * 5 + u32::from(seed) * 7) % 256).unwrap_or(0);
        image::Rgb([wave, seed, 255 - wave])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    // Encoding into memory can't fail for a picture of this size.
    let _always = image.write_to(&mut bytes, image::ImageFormat::Jpeg);
    bytes.into_inner()
}
