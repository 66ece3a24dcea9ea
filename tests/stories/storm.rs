//! The storm: 张伯's power is out. Three people work offline on their own phones; when the
//! network returns, nothing of it is lost, and where two disagree both are heard.

#![allow(clippy::expect_used, reason = "a test may stop")]

use linli_model::kind::Kind;
use linli_tests::hands::{Hands, picture};
use linli_tests::peek::{everything_on, kinds_on};
use linli_tests::stage;
use serde_json::{Value, json};

fn zhang(household: &Value) -> String {
    household["people"]
        .as_array()
        .and_then(|people| people.iter().find(|person| person["name"] == "张守田"))
        .map(|person| person["id"].as_str().unwrap_or_default().to_owned())
        .expect("张守田 lives there")
}

fn number_field(household: &Value) -> String {
    let phone = household["phones"][0]["id"]
        .as_str()
        .expect("a telephone entry");
    format!("phones/{phone}/number")
}

#[tokio::test(flavor = "multi_thread")]
async fn three_people_offline_and_nothing_is_lost() {
    let (_folder, stage) = stage::fresh("S").await;
    let [worker, chief, lead] = [&stage.phones[0], &stage.phones[1], &stage.phones[2]];
    let (w, c, l) = (Hands(worker), Hands(chief), Hands(lead));
    for hands in [&w, &c, &l] {
        hands.is_in_step().await;
    }

    // The storm: all three lose the network.
    for phone in &stage.phones {
        phone.link().cut();
    }

    // The worker finds the household by initials, logs a visit, corrects a telephone entry and
    // reports the outage with a photo and a position.
    let home = w.finds("zst").await;
    let (household, care, dwelling) = (&home["id"], &home["care"], &home["dwelling"]);
    w.does(
        "log_visit",
        json!({ "dwelling": dwelling, "household": household, "kind": "V03", "result": 1,
            "mood": "fair", "utilities": "no", "words": "停电,屋里黑", "tips": [] }),
    )
    .await;
    let number = number_field(&home);
    w.does(
        "edit_field",
        json!({ "doc": care, "field": number, "value": "12911110001", "seen": home["care_seen"] }),
    )
    .await;
    let photo = w.takes(&picture(1)).await;
    let map = w.does("map", json!({})).await;
    let corner = &map["shapes"]
        .as_array()
        .and_then(|shapes| shapes.iter().find(|s| s["id"] == home["building"]))
        .expect("the building is on the map")["line"][0];
    let report = w
        .does(
            "report_problem",
            json!({ "category": "0305", "words": "5栋整栋停电,张伯一人在家", "place": "",
                "position": { "lon": corner[0], "lat": corner[1], "accuracy_m": 9.0,
                    "source": "gnss", "at": 1_700_000_000_000_i64, "mocked": false },
                "media": [photo["id"]], "household": household }),
        )
        .await;

    // The chief corrects the same entry differently, and another field.
    let theirs = c.finds("zhangshoutian").await;
    c.does(
        "edit_field",
        json!({ "doc": care, "field": number, "value": "12922220002", "seen": theirs["care_seen"] }),
    )
    .await;
    c.does(
        "edit_field",
        json!({ "doc": care, "field": "cycle_days", "value": 3, "seen": theirs["care_seen"] }),
    )
    .await;

    // The building lead logs a visit with what was noticed on the way.
    let building = l.does("status", json!({})).await["me"]["building"].clone();
    let rooms = l.does("building", json!({ "id": building })).await;
    assert!(
        rooms["rooms"]
            .as_array()
            .is_some_and(|rooms| rooms.iter().any(|r| r["dwelling"] == *dwelling)),
        "张伯 lives in the lead's building"
    );
    l.does(
        "log_visit",
        json!({ "dwelling": dwelling, "household": "", "kind": "V01", "result": 1, "mood": "",
            "utilities": "", "words": "",
            "tips": [ { "kind": "phone", "value": "12933330003", "words": "女儿的新号" },
                      { "kind": "mobility", "value": "arm", "words": "下楼要搀扶" } ] }),
    )
    .await;
    for hands in [&w, &c, &l] {
        let sync = &hands.does("status", json!({})).await["sync"];
        assert!(
            sync["records"].as_u64() > Some(0),
            "it says what waits: {sync}"
        );
    }

    // The network returns.
    for phone in &stage.phones {
        phone.link().restore();
        Hands(phone).does("sync", json!({})).await;
    }
    for hands in [&w, &c, &l] {
        hands.is_in_step().await;
    }
    for hands in [&w, &c] {
        hands
            .sees("both edits and the tips on both phones", async || {
                let home = hands.household(household).await;
                home["cycle_days"] == 3
                    && home["clashes"]
                        .as_array()
                        .is_some_and(|clashes| clashes.len() == 1)
                    && home["tips"].as_array().is_some_and(|tips| tips.len() == 2)
                    && home["visits"]
                        .as_array()
                        .is_some_and(|visits| visits.len() >= 2)
            })
            .await;
    }
    let home = w.household(household).await;
    let clash = &home["clashes"][0];
    let authors: Vec<_> = clash["values"]
        .as_array()
        .expect("values")
        .iter()
        .map(|value| value["by"]["name"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert!(authors.contains(&"樊小青".to_owned()), "{authors:?}");
    assert!(authors.contains(&"王桂英".to_owned()), "{authors:?}");

    // Settled on one phone, the settlement arrives on the other.
    let keep = clash["values"]
        .as_array()
        .and_then(|values| values.iter().find(|value| value["by"]["name"] == "王桂英"))
        .expect("the chief's value");
    w.does(
        "settle_clash",
        json!({ "doc": care, "field": number, "choice": keep["change"], "keep_both": false,
            "seen": home["care_seen"] }),
    )
    .await;
    w.is_in_step().await;
    c.sees("the settlement", async || {
        let home = c.household(household).await;
        home["clashes"].as_array().is_some_and(Vec::is_empty)
            && home["phones"][0]["masked"] == "129****0002"
    })
    .await;

    // The worker adopts the tip with one tap; then it is the worker's edit.
    let who = zhang(&home);
    let tip = home["tips"]
        .as_array()
        .and_then(|tips| tips.iter().find(|tip| tip["kind"] == "mobility"))
        .expect("the tip");
    w.does(
        "choose_tip",
        json!({ "visit": tip["visit"], "tip": tip["id"], "adopt": true, "household": household, "resident": who }),
    )
    .await;
    w.is_in_step().await;
    c.sees("the adopted tip", async || {
        let home = c.household(household).await;
        home["people"][0]["mobility"] == "arm"
    })
    .await;
    let history = w
        .does(
            "field_history",
            json!({ "doc": care, "field": format!("mobility/{who}") }),
        )
        .await;
    assert_eq!(history[0]["by"]["name"], "樊小青");

    // The other phone shows the case, and its photo arrives there.
    let case = json!({ "id": report["created"] });
    c.sees("the photo on the other phone", async || {
        c.0.call("case", case.clone())
            .await
            .is_ok_and(|case| case["media"][0]["here"] == true)
    })
    .await;

    // The lead's phone holds nothing of roster or care except the tip the lead wrote.
    let kinds = kinds_on(lead.data());
    for kind in [Kind::Household, Kind::Care, Kind::CareNamed] {
        assert!(
            !kinds.contains(&kind.code()),
            "{kind:?} on the lead's phone"
        );
    }
    assert!(
        kinds.contains(&Kind::Door.code()),
        "the check can see kinds"
    );
    let text = everything_on(lead.data());
    assert!(text.contains("12933330003"), "what the lead wrote is there");
    for secret in [
        "12911110001",
        "12922220002",
        "张守田",
        "停电,屋里黑",
        "张䶮",
    ] {
        assert!(!text.contains(secret), "{secret} is on the lead's phone");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_opened_before_a_sync_does_not_supersede_what_arrived() {
    let (_folder, stage) = stage::fresh("S").await;
    let (w, c) = (Hands(&stage.phones[0]), Hands(&stage.phones[1]));
    for hands in [&w, &c] {
        hands.is_in_step().await;
    }
    let form = w.finds("zst").await;
    let (household, care, number) = (&form["id"], &form["care"], number_field(&form));

    let other = c.finds("zst").await;
    c.does(
        "edit_field",
        json!({ "doc": care, "field": number, "value": "12922220002", "seen": other["care_seen"] }),
    )
    .await;
    c.is_in_step().await;
    w.sees("the chief's edit, behind the open form", async || {
        w.household(household).await["phones"][0]["masked"] == "129****0002"
    })
    .await;

    w.does(
        "edit_field",
        json!({ "doc": care, "field": number, "value": "12911110001", "seen": form["care_seen"] }),
    )
    .await;
    let values = |home: &Value| home["clashes"][0]["values"].as_array().map_or(0, Vec::len);
    assert_eq!(
        values(&w.household(household).await),
        2,
        "both stand, visibly"
    );
    w.is_in_step().await;
    c.sees("the clash on the other phone", async || {
        values(&c.household(household).await) == 2
    })
    .await;
}
