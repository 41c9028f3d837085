//! The server's tests once more, over PostgreSQL.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Cmd, Shell, cmd};

use super::lint;
use super::tally::{self, Tally};
use crate::flags::Test;
use crate::tools::debian;

/// Where Debian puts the programs of each version.
const PROGRAMS: &str = "/usr/lib/postgresql";

/// Runs them, each test in a schema of its own.
pub(crate) fn run(shell: &Shell, test: &Test) -> Result<Tally> {
    debian::add(&["postgresql"], "the tests over PostgreSQL")?;
    debian::add(&debian::FONTS, "the tests of documents")?;
    let cluster = Cluster::start(shell)?;
    let only = test.only.as_slice();
    let tests =
        cmd!(shell, "cargo test --locked --workspace --no-fail-fast --test township -- {only...}");
    tally::count(lint::while_built(tests.env("XST_TEST_DATABASE", cluster.url()))?)
}

/// A PostgreSQL of our own, which ends with this and leaves nothing.
struct Cluster<'s> {
    shell: &'s Shell,
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    is_root: bool,
}

impl<'s> Cluster<'s> {
    fn start(shell: &'s Shell) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("xst-postgres-{}", std::process::id()));
        fs::create_dir(&folder)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let is_root = cmd!(shell, "id -u").quiet().read()? == "0";
        let cluster = Self { shell, programs: newest()?, folder, port, is_root };
        let folder = &cluster.folder;
        if is_root {
            // It does not run as root.
            cmd!(shell, "chown postgres {folder}").quiet().run()?;
        }
        let options = ["--auth=trust", "--username=xst", "--encoding=UTF8", "--locale=C.UTF-8"];
        let made = cluster.program("initdb").args(options).arg("--no-sync");
        made.arg(folder.join("data")).quiet().ignore_stdout().run()?;
        // What is lost with the machine is of no use without it.
        let settings = format!(
            "-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300",
            folder.display()
        );
        let started = cluster.control().args(["--wait", "--options", &settings, "start"]);
        started.arg("--log").arg(folder.join("log")).quiet().ignore_stdout().run()?;
        Ok(cluster)
    }

    fn url(&self) -> String {
        format!("postgres://xst@127.0.0.1:{}/postgres", self.port)
    }

    fn control(&self) -> Cmd<'s> {
        self.program("pg_ctl").arg("--pgdata").arg(self.folder.join("data"))
    }

    fn program(&self, name: &str) -> Cmd<'s> {
        let (shell, program) = (self.shell, self.programs.join(name));
        match self.is_root {
            true => cmd!(shell, "runuser -u postgres -- {program}"),
            false => cmd!(shell, "{program}"),
        }
    }
}

impl Drop for Cluster<'_> {
    fn drop(&mut self) {
        // One that never started has nothing to end.
        let ended = self.control().args(["--mode", "immediate", "stop"]);
        let _ = ended.quiet().ignore_stdout().ignore_stderr().run();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn newest() -> Result<PathBuf> {
    let versions = fs::read_dir(PROGRAMS).context("PostgreSQL is not installed")?;
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| {
            let path = version.ok()?.path();
            Some((path.file_name()?.to_str()?.parse().ok()?, path.join("bin")))
        })
        .filter(|(_, programs)| Path::exists(&programs.join("initdb")))
        .collect();
    versions.sort();
    Ok(versions.pop().context("PostgreSQL's initdb is missing")?.1)
}
