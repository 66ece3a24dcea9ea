//! The live line.

use crate::browser::Browser;
use crate::cases::report;
use crate::county::WORKER;
use crate::office::Office;
use crate::phone::Phone;

async fn line(browser: &Browser) -> reqwest::Response {
    let response = browser
        .http
        .get(format!("{}/api/live", browser.base))
        .header("cookie", &browser.cookie)
        .send()
        .await
        .expect("reachable");
    assert!(response.status().is_success());
    response
}

/// The next piece of news.
async fn next(line: &mut reqwest::Response) -> serde_json::Value {
    loop {
        let chunk = line.chunk().await.expect("open").expect("not ended");
        let text = String::from_utf8(chunk.to_vec()).expect("text");
        if let Some(data) = text.trim().strip_prefix("data: ") {
            return serde_json::from_str(data).expect("json");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn desks_hear_of_what_they_may_see_and_of_nothing_else() {
    let office = Office::open().await;
    let desk = Browser::at_desk(&office, "desk").await;
    let security = Browser::at_desk(&office, "security").await;
    let (mut cases, mut phones) = (line(&desk).await, line(&security).await);
    assert_eq!(next(&mut cases).await["type"], "all");
    assert_eq!(next(&mut phones).await["type"], "all");

    let mut worker = Phone::synced(&office, WORKER).await;
    let case = linli_model::kinds::case::Case {
        category: "0305".into(),
        org: crate::county::GRID.into(),
        at: 5,
        ..Default::default()
    };
    let id = report(&mut worker, &case).await;
    // Phones come and go meanwhile; a desk for cases hears only of the case.
    assert_eq!(
        next(&mut cases).await,
        serde_json::json!({"type": "case", "id": id.to_string()})
    );
    assert_eq!(next(&mut phones).await["type"], "device");
}
