use linli_model::ids::{DocId, EntryId};
use linli_model::kind::Kind;
use linli_model::kinds::task::Task;
use serde_json::json;

use super::DAY;
use crate::Phone;
use crate::api::today::{DueState, Today};
use crate::trial::{ask, config, enrolled_folder, put};

/// Puts tasks on a phone, due after so many days or on no day, and opens the first screen.
async fn due(tasks: &[(&str, Option<i64>)]) -> Vec<(String, DueState, Option<i32>)> {
    let folder = enrolled_folder();
    let phone = Phone::open(config(folder.path()));
    for (n, (title, days)) in (1..).zip(tasks) {
        let task = Task {
            title: (*title).into(),
            due: days.map(|days| phone.now_ms() + days * DAY),
            ..Task::default()
        };
        let writes = task.create(EntryId::from_bytes([n; 16]));
        put(&phone, Kind::Task, DocId::from_bytes([n; 16]), writes).await;
    }
    let today: Today = ask(&phone, "today", json!({})).await;
    today
        .due
        .into_iter()
        .map(|item| (item.title, item.state, item.days))
        .collect()
}

#[tokio::test]
async fn a_task_without_a_day_has_no_days_to_go_and_comes_last() {
    assert_eq!(
        due(&[
            ("没定日子", None),
            ("四个月后", Some(120)),
            ("后天", Some(2))
        ])
        .await,
        [
            ("后天".to_owned(), DueState::Soon, Some(2)),
            ("四个月后".to_owned(), DueState::Later, Some(120)),
            ("没定日子".to_owned(), DueState::Later, None),
        ]
    );
}
