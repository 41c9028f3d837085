//! Programs that are started with everything that they start themselves, and killed with it.

use std::process::Stdio;

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};

/// A running program in a process group of its own. Dropped, it is killed.
pub struct Process {
    child: Child,
    group: Pid,
}

impl Process {
    /// Starts it.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("{:?} does not start", command.as_std().get_program()))?;
        let group = child
            .id()
            .and_then(|id| Pid::from_raw(id.cast_signed()))
            .context("it ended at once")?;
        Ok(Self { child, group })
    }

    /// What it says, if that was asked for.
    pub fn take_output(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// What it complains about, if that was asked for.
    pub fn take_complaints(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// SIGKILL, to all of it: as when the battery is pulled.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub async fn kill(mut self) -> Result<()> {
        self.kill_group();
        self.child.wait().await?;
        Ok(())
    }

    /// Asks it to end, with SIGTERM, and waits until it has.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub async fn end(mut self) -> Result<()> {
        // It may have ended already.
        let _ = kill_process(self.group, Signal::TERM);
        self.child.wait().await?;
        Ok(())
    }

    /// Waits until it ends by itself, for as long as a person would.
    ///
    /// # Errors
    /// When it does not.
    pub async fn wait(mut self) -> Result<()> {
        tokio::time::timeout(crate::PATIENCE, self.child.wait())
            .await
            .context("it does not end")??;
        Ok(())
    }

    /// Whether a program whose name begins so still runs among what it started.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn still_runs(&self, name: &str) -> Result<bool> {
        let group = self.group.as_raw_nonzero().to_string();
        for entry in std::fs::read_dir("/proc")? {
            // proc(5): `pid (name) state parent group ...`. It may end while this is read.
            let Ok(stat) = std::fs::read_to_string(entry?.path().join("stat")) else { continue };
            let Some((before, after)) = stat.rsplit_once(") ") else { continue };
            let is_named = before.split_once(" (").is_some_and(|(_, is)| is.starts_with(name));
            if is_named && after.split(' ').nth(2) == Some(&group) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn kill_group(&self) {
        // It may have ended already.
        let _ = kill_process_group(self.group, Signal::KILL);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill_group();
    }
}
