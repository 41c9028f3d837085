//! The township's server, as a process of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::browser::given;
use crate::process::Process;

/// The server, running or not, and what it keeps.
pub struct Township {
    data: PathBuf,
    pack: PathBuf,
    app: PathBuf,
    origin: String,
    process: Option<Process>,
    /// Where it listens; the same after every start.
    address: SocketAddr,
    accounts: Vec<Account>,
}

/// A demonstration account.
#[derive(Clone, Debug)]
pub struct Account {
    /// The office's name.
    pub office: String,
    /// To sign in with.
    pub name: String,
    /// To sign in with.
    pub password: String,
}

impl Township {
    /// Starts it with a pack and the built app, keeping everything in `data`. Browsers see it at
    /// `origin`.
    ///
    /// # Errors
    /// When it does not serve.
    pub async fn start(data: PathBuf, pack: PathBuf, origin: String) -> Result<Self> {
        let mut township = Self {
            data,
            pack,
            app: given("XST_APP")?,
            origin,
            process: None,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            accounts: Vec::new(),
        };
        township.start_again().await?;
        Ok(township)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder that keeps everything.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The account of an office.
    ///
    /// # Errors
    /// When it has none.
    pub fn account(&self, office: &str) -> Result<Account> {
        let found = self.accounts.iter().find(|account| account.office == office);
        found.cloned().with_context(|| format!("{office} has no account"))
    }

    /// Kills it with SIGKILL, in the middle of whatever it does.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub async fn kill(&mut self) -> Result<()> {
        match self.process.take() {
            Some(process) => process.kill().await,
            None => bail!("it does not run"),
        }
    }

    /// The build of the app that it serves.
    pub fn app(&self) -> &Path {
        &self.app
    }

    /// Serves another build of the app from the next start on.
    pub fn take_app(&mut self, app: PathBuf) {
        self.app = app;
    }

    /// Has an operator run `xst` with these words, beside the server that runs.
    ///
    /// # Errors
    /// When it fails.
    pub async fn operate(&self, words: &[&str]) -> Result<String> {
        let output = Command::new(given("XST_SERVER")?)
            .args(words)
            .arg("--pack")
            .arg(&self.pack)
            .arg("--data")
            .arg(&self.data)
            .output()
            .await?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Ends it in order.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub async fn end(&mut self) -> Result<()> {
        match self.process.take() {
            Some(process) => process.end().await,
            None => bail!("it does not run"),
        }
    }

    /// Starts it again with what it kept.
    ///
    /// # Errors
    /// When it does not serve.
    pub async fn start_again(&mut self) -> Result<()> {
        ensure!(self.process.is_none(), "it runs");
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.data.with_extension("log"))?;
        let mut process = Process::start(
            Command::new(given("XST_SERVER")?)
                .args([
                    "serve",
                    "--demo",
                    "--listen",
                    &self.address.to_string(),
                    "--origin",
                    &self.origin,
                ])
                .arg("--pack")
                .arg(&self.pack)
                .arg("--app")
                .arg(&self.app)
                .arg("--data")
                .arg(&self.data)
                .stdout(Stdio::piped())
                .stderr(log),
        )?;
        let output = process.take_output().context("it was asked for")?;
        let mut lines = BufReader::new(output).lines();
        self.accounts.clear();
        let mut serves = false;
        while let Some(line) = tokio::time::timeout(crate::PATIENCE, lines.next_line()).await?? {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["listening", address] => self.address = address.parse()?,
                ["account", office, name, password] => self.accounts.push(Account {
                    office: office.to_owned(),
                    name: name.to_owned(),
                    password: password.to_owned(),
                }),
                ["ready"] => {
                    serves = true;
                    break;
                }
                _ => {}
            }
        }
        if !serves {
            let log = std::fs::read_to_string(self.data.with_extension("log"))?;
            bail!("the server ended before it served: {log}");
        }
        // Nobody reads the rest, but the pipe must not fill up.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        self.process = Some(process);
        Ok(())
    }
}
