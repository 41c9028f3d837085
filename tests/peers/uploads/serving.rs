//! `xst serve` as a process of its own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server process; killed when it goes out of sight.
pub(crate) struct Serving {
    process: Child,
    pub(crate) address: String,
}

impl Serving {
    /// Starts the one that `XST_SERVER` names on `data`, and waits until it serves.
    pub(crate) fn start(data: &Path) -> Self {
        let program = std::env::var_os("XST_SERVER")
            .expect("XST_SERVER is set: call `cargo xtask test peers`");
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../township");
        let mut process = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--pack"])
            .arg(pack)
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let said: Vec<_> = lines.map(Result::unwrap).take_while(|line| line != "ready").collect();
        let address = said[0].strip_prefix("listening ").unwrap();
        Self { process, address: format!("http://{address}") }
    }

    /// The most memory that it ever had, in kB.
    pub(crate) fn most_memory_kb(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        most.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nobody to stop.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
