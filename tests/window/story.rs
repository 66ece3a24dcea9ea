//! The heart of the worker's day in the window the app ships with: enrol, log a visit with no
//! network, see it accepted.

use linli_tests::stage;

use crate::driver::Window;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "needs a display and WebKitWebDriver: scripts/window-smoke.sh"]
async fn a_worker_enrols_logs_a_visit_offline_and_sees_it_accepted() {
    let (_folder, mut stage) = stage::fresh("S").await;
    let code = stage.center.code("worker").await.expect("a code");
    // The window is one more phone of the worker, behind the first one's link.
    stage.phones[0].stop().await;
    let link = stage.phones[0].link();
    let data = tempfile::tempdir().expect("a folder");
    tokio::task::block_in_place(|| {
        let window = Window::open(data.path());
        window.type_into("[data-test=enrol-code]", &code.secret);
        let address = format!("127.0.0.1:{}", link.port());
        window.type_into("[data-test=enrol-address]", &address);
        window.click("[data-test=primary]");
        window.see_in("[data-test=pill]", "都送到了");

        link.cut();
        window.go_to("/find");
        window.type_into("[data-test=find-input]", "zst");
        window.see_in("[data-test=hit]", "张守田");
        window.click("[data-test=hit]");
        window.press("记一次走访");
        window.click("[data-test=result-1]");
        window.type_into("[data-test=visit-words]", "停电,屋里黑");
        window.press("保存");
        window.see_words("停电,屋里黑");
        window.see_in("[data-test=visit]", "在本机");

        link.restore();
        window.go_to("/outbox");
        window.click("[data-test=sync-now]");
        window.see_in("[data-test=outbox-item]", "中心已收");
        window.see_in("[data-test=outbox-item]", "走访");
    });
    stage.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "needs a display and WebKitWebDriver: scripts/window-smoke.sh"]
async fn a_window_given_a_code_enrols_by_itself() {
    let (_folder, mut stage) = stage::fresh("S").await;
    let code = stage.center.code("worker").await.expect("a code");
    let data = tempfile::tempdir().expect("a folder");
    tokio::task::block_in_place(|| {
        let window = Window::open_with(data.path(), &[("LINLI_ENROL", &code.qr)]);
        window.see_in("[data-test=pill]", "都送到了");
    });
    stage.stop().await;
}
