//! The center is killed (SIGKILL) in the middle of uploads, and started again on the same data. What
//! it said it has it has, and what it has is what was sent.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::cut::{begin, on_disk};
use super::{again_at, create, head, id, patch};
use crate::county::WORKER;
use crate::office::Office;
use crate::phone::Phone;
use crate::photos::jpeg;

/// Photos, and bytes of each: ten of what the center gathers before it writes.
const PHOTOS: u8 = 4;
const BYTES: usize = 640 * 1024;

struct Process(Child);

impl Process {
    /// Serves the office's data in a process of its own.
    fn start(office: &mut Office) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_linli-center"))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--console",
                "127.0.0.1:0",
            ])
            .arg("--data")
            .arg(office.data())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("stdout"))
            .read_line(&mut line)
            .expect("says something");
        let devices = line
            .split(' ')
            .find_map(|word| word.strip_prefix("devices="));
        let devices: Option<SocketAddr> = devices.and_then(|address| address.parse().ok());
        office.devices = devices.unwrap_or_else(|| panic!("not ready: {line}"));
        Self(child)
    }

    fn kill(self) {
        drop(self);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that is gone already needs no killing.
        let _gone = self.0.kill();
        let _status = self.0.wait();
    }
}

/// Waits until so much has come; false when it ends before.
async fn has_come(office: &Office, bytes: u64) -> bool {
    let end = Instant::now() + Duration::from_secs(20);
    while on_disk(office) < bytes {
        if on_disk(office) == 0 && bytes as usize > BYTES - 64 * 1024 {
            return false;
        }
        assert!(Instant::now() < end, "it stops coming");
        tokio::task::yield_now().await;
    }
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_outlives_kills_and_nothing_else_is_in_the_photo() {
    let mut office = Office::open().await;
    let mut phone = Phone::synced(&office, WORKER).await;
    office.close().await;
    let mut center = Process::start(&mut office);
    phone = again_at(&office, phone);
    let (mut kills, mut after_the_last_byte) = (0, 0);
    for number in 0..PHOTOS {
        let mut photo = jpeg(number);
        photo.extend((photo.len()..BYTES).map(|at| (at % 251) as u8 ^ number));
        create(&phone, id(number), &photo).await.is(201, "");
        let mut told = 0;
        loop {
            let answer = head(&phone, id(number)).await;
            let there = answer.offset();
            assert!(there >= told, "{there} of {told} that were acknowledged");
            if there == photo.len() {
                assert_eq!(answer.says("linli-stored"), "unclaimed");
                break;
            }
            // One piece that is answered, then one in whose middle it is killed.
            let end = photo.len().min(there + 20_000);
            let answer = patch(&phone, id(number), there, &photo[there..end]).await;
            answer.is(204, "");
            told = answer.offset();
            assert_eq!(told, end);
            if told == photo.len() {
                break;
            }
            let more = format!(
                "upload-offset: {told}\r\ncontent-length: {}\r\n",
                photo.len() - told
            );
            let last = told + 200_000 >= photo.len();
            let end = if last { photo.len() } else { told + 200_000 };
            let raw = begin(&office, &phone, id(number), &more, &photo[told..end]);
            if last {
                // Somewhere between its last bytes and its photo.
                after_the_last_byte += 1;
                has_come(&office, (photo.len() - 1000 * usize::from(number)) as u64).await;
            } else {
                has_come(&office, (told + 70_000) as u64).await;
            }
            center.kill();
            kills += 1;
            drop(raw);
            center = Process::start(&mut office);
            phone = again_at(&office, phone);
        }
        let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&photo));
        let file = format!("media/{}/{hash}.jpg", &hash[..2]);
        assert!(std::fs::read(office.data().join(file)).expect("there") == photo);
    }
    center.kill();
    assert!(
        kills >= usize::from(PHOTOS) * 2 && after_the_last_byte > 0,
        "{kills}"
    );
    println!("{kills} kills, {after_the_last_byte} of them after the last byte of a photo");
    // Nothing is left over.
    let center = Process::start(&mut office);
    phone = again_at(&office, phone);
    assert_eq!(head(&phone, id(0)).await.says("linli-stored"), "unclaimed");
    assert_eq!(on_disk(&office), 0);
    center.kill();
}
