//! `xst serve` as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server process; killed when it goes out of sight.
pub(crate) struct Serving {
    process: Child,
    pub(crate) address: String,
    /// What it said when it started.
    pub(crate) said: Vec<String>,
}

impl Serving {
    /// Starts a server on `data` and waits until it serves.
    pub(crate) fn start(data: &Path) -> Self {
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../township");
        let mut process = Command::new(env!("CARGO_BIN_EXE_xst"))
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--pack"])
            .arg(pack)
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let said: Vec<_> = lines.map(Result::unwrap).take_while(|line| line != "ready").collect();
        let address = said[0].strip_prefix("listening ").unwrap();
        Self { process, address: format!("http://{address}"), said }
    }

    /// SIGKILL: no warning, no last word.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
