//! A real S3-compatible server, a process of its own, with an empty bucket: `s3s-fs`, which keeps
//! a bucket as a folder (`make target/tools/bin/s3s-fs` builds it).

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Name of the bucket, and both halves of its key.
pub(crate) const BUCKET: &str = "photos";

const SECRET: &str = "only-for-tests";

/// A running server.
pub(crate) struct Server {
    folder: tempfile::TempDir,
    port: u16,
    running: Option<Child>,
}

impl Server {
    /// One with an empty bucket.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::create_dir(folder.path().join(BUCKET)).expect("bucket");
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|one| one.local_addr());
        let mut server = Self {
            folder,
            port: port.expect("a port").port(),
            running: None,
        };
        server.again();
        server
    }

    /// Starts it, on the same port and the same bucket.
    pub(crate) fn again(&mut self) {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/bin/s3s-fs");
        let mut running = Command::new(&program)
            .args(["--host", "127.0.0.1", "--port", &self.port.to_string()])
            .args(["--access-key", "linli", "--secret-key", SECRET])
            .arg(self.folder.path())
            .env("RUST_LOG", "info")
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("`make target/tools/bin/s3s-fs` first: {error}"));
        let said = BufReader::new(running.stdout.take().expect("stdout"));
        let mut lines = said.lines();
        let ready = lines.any(|line| line.is_ok_and(|line| line.contains("server is running")));
        assert!(ready, "it doesn't start");
        // It goes on talking; somebody must listen.
        std::thread::spawn(move || lines.for_each(drop));
        self.running = Some(running);
    }

    /// Ends it at once.
    pub(crate) fn stop(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().expect("killed");
            running.wait().expect("gone");
        }
    }

    /// What `[media]` says.
    pub(crate) fn words(&self) -> String {
        format!(
            "bucket = \"{BUCKET}\"\nendpoint = \"http://127.0.0.1:{}\"\nallow_http = true\n\
             key_id = \"linli\"\n",
            self.port
        )
    }

    /// Leaves the secret key where a center in this folder looks for it.
    pub(crate) fn give_key(&self, data: &Path) {
        let path = data.join("keys/media.secret");
        std::fs::create_dir_all(data.join("keys")).expect("folder");
        std::fs::write(&path, SECRET).expect("secret");
        use std::os::unix::fs::PermissionsExt;
        let mine = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&path, mine).expect("private");
    }

    /// Where an object of the bucket lies on the server's own disk.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(BUCKET).join(name)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
