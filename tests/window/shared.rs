//! Pictures from elsewhere, and a position that isn't from satellites: both are marked as such.

use std::fs;
use std::path::Path;

use linli_tests::{hands, stage};

use crate::driver::Window;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "needs a display and WebKitWebDriver: scripts/window-smoke.sh"]
async fn pictures_it_was_opened_with_become_photos_of_a_report_once() {
    let (_folder, mut stage) = stage::fresh("S").await;
    let code = stage.center.code("worker").await.expect("a code");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let photos = [1, 2].map(|n| {
        let file = elsewhere.path().join(format!("群里发的{n}.jpg"));
        fs::write(&file, hands::picture(n)).unwrap();
        file.to_str().unwrap().to_owned()
    });
    let track = elsewhere.path().join("track");
    fs::write(
        &track,
        r#"{"after_ms":0,"lon":102.9,"lat":29.8,"accuracy_m":8}"#,
    )
    .unwrap();
    let data = tempfile::tempdir().expect("a folder");
    tokio::task::block_in_place(|| {
        let window = Window::open_as(
            data.path(),
            &[
                ("LINLI_ENROL", &code.qr),
                ("LINLI_POSITION_TRACK", track.to_str().unwrap()),
            ],
            &[&photos[0], &photos[1]],
        );
        // Nobody has opened the form.
        window.see_in(".tile-photo:nth-child(1)", "转来的照片");
        window.see_in(".tile-photo:nth-child(2)", "转来的照片");
        window.click("[data-test=here-now]");
        window.see_in("[data-test=position]", "±8米");
        window.see_in("[data-test=position-mocked]", "模拟定位");

        // The draft has them; they don't come in again.
        window.go_to("/today");
        window.see("[data-test=pill]");
        window.evaluate("location.reload()");
        window.see("[data-test=pill]");
        window.go_to("/report");
        window.see_in("[data-test=position-mocked]", "模拟定位");
        let tiles = window.evaluate("document.querySelectorAll('.tile-photo').length");
        assert_eq!(tiles, 2);
        // Where the person stands now says nothing of pictures from elsewhere.
        window.click(".tile-photo:nth-child(1) [data-test=photo-open]");
        window.see_in("[data-test=photo-sheet]", "还不知道在哪里拍的");
    });
    assert_eq!(files_in(&data.path().join("incoming")), 0);
    for file in &photos {
        assert!(Path::new(file).exists(), "the person's own stay");
    }
    stage.stop().await;
}

fn files_in(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}
