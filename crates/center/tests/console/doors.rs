//! Getting in, staying in, and what is open to whom.

use linli_center::console::{SetPasswordError, set_password};

use crate::browser::{Browser, PASSWORD};
use crate::office::Office;

const HOUR: i64 = 3_600_000;

#[tokio::test(flavor = "multi_thread")]
async fn only_the_password_opens_and_wrong_ones_wait_longer() {
    let office = Office::open().await;
    let mut desk = Browser::at_desk(&office, "desk").await;
    assert_eq!(desk.get("session").await.body["name"], "唐芳");

    let mut thief = Browser::new(&office);
    for _ in 0..3 {
        let answer = thief.login("desk", "a wrong password").await;
        assert_eq!(
            (answer.status, &answer.body["code"]),
            (401, &"login_wrong".into())
        );
    }
    let answer = thief.login("desk", PASSWORD).await;
    assert_eq!((answer.status, &answer.body["wait_s"]), (429, &5.into()));
    // Names that don't exist wait the same.
    for _ in 0..3 {
        assert_eq!(thief.login("nobody", "a wrong password").await.status, 401);
    }
    assert_eq!(thief.login("nobody", "a wrong password").await.status, 429);

    office.pass(5_000);
    assert_eq!(thief.login("desk", PASSWORD).await.status, 200);
    // Who is in stays in.
    assert_eq!(desk.get("session").await.status, 200);
    assert_eq!(desk.post("logout", serde_json::json!({})).await.status, 204);
    assert_eq!(desk.get("session").await.body["code"], "logged_out");
    desk.cookie.clear();
    assert_eq!(desk.get("session").await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_an_idle_hour_and_after_a_shift() {
    let office = Office::open().await;
    let desk = Browser::at_desk(&office, "desk").await;
    office.pass(HOUR - 1);
    assert_eq!(desk.get("session").await.status, 200);
    office.pass(HOUR);
    assert_eq!(desk.get("session").await.status, 401);

    let busy = Browser::at_desk(&office, "desk").await;
    for _ in 0..23 {
        office.pass(HOUR / 2);
        assert_eq!(busy.get("session").await.status, 200);
    }
    office.pass(HOUR / 2);
    assert_eq!(busy.get("session").await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_reads_by_itself_keeps_no_session_alive() {
    let office = Office::open().await;
    let desk = Browser::at_desk(&office, "desk").await;
    let quiet = || {
        let url = format!("{}/api/cases", desk.base);
        desk.send(desk.http.get(url).header("x-linli-quiet", "1"))
    };
    office.pass(HOUR / 2);
    assert_eq!(quiet().await.status, 200);
    office.pass(HOUR / 2);
    assert_eq!(quiet().await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    let office = Office::open().await;
    let desk = Browser::at_desk(&office, "desk").await;
    let _again = Browser::at_desk(&office, "desk").await;
    assert_eq!(desk.get("session").await.status, 401);

    let center = office.center.clone();
    let (nobody, short) = tokio::task::spawn_blocking(move || {
        (
            set_password(&center, "nobody", PASSWORD),
            set_password(&center, "desk", "short"),
        )
    })
    .await
    .expect("joined");
    assert!(matches!(nobody, Err(SetPasswordError::Nobody(_))));
    assert!(matches!(short, Err(SetPasswordError::Length)));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_finds_its_own_pages_and_no_others() {
    let office = Office::open().await;
    let calls = ["cases", "map", "devices", "recoveries"];
    for (login, open) in [
        ("desk", &["cases", "map"][..]),
        ("community", &["cases", "map"]),
        ("chief", &["cases", "map"]),
        ("supervisor", &["cases", "map"]),
        ("leader", &[]),
        ("audit", &[]),
        ("system", &["devices", "recoveries"]),
        ("security", &["devices", "recoveries"]),
    ] {
        let who = Browser::at_desk(&office, login).await;
        for call in calls {
            let expected = if open.contains(&call) { 200 } else { 403 };
            assert_eq!(who.get(call).await.status, expected, "{login} {call}");
        }
    }
    let mut nobody = Browser::new(&office);
    for call in calls
        .into_iter()
        .chain(["session", "live", "cases/x", "photos/x"])
    {
        assert_eq!(nobody.get(call).await.status, 401, "{call}");
    }
    // A login alone makes no desk of a field worker.
    crate::browser::set_password(&office, "field", PASSWORD).await;
    assert_eq!(nobody.login("field", PASSWORD).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_sites_are_refused_and_answers_are_strict() {
    let office = Office::open().await;
    let desk = Browser::at_desk(&office, "desk").await;
    let from = |site: &str| {
        let url = format!("{}/api/session", desk.base);
        desk.send(desk.http.get(url).header("sec-fetch-site", site))
    };
    assert_eq!(from("cross-site").await.status, 403);
    assert_eq!(from("same-site").await.status, 403);
    let ours = from("same-origin").await;
    assert_eq!(ours.status, 200);
    let header = |name: &str| ours.headers[name].to_str().expect("text").to_owned();
    assert!(header("content-security-policy").contains("frame-ancestors 'self'"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
}
