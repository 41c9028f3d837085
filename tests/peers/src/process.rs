//! A peer as a process: one line of JSON in, one out.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A running peer. It ends when this is dropped.
pub struct Peer {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts it.
    ///
    /// # Errors
    /// When it cannot be.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} does not start", command.get_program().display()))?;
        let questions = child.stdin.take().context("its input was asked for")?;
        let answers = BufReader::new(child.stdout.take().context("its output was asked for")?);
        Ok(Self { child, questions, answers })
    }

    /// Tells it something and does not wait.
    ///
    /// # Errors
    /// When it has ended.
    pub fn tell(&mut self, question: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_string(question)?;
        line.push('\n');
        self.questions.write_all(line.as_bytes()).context("the peer has ended")
    }

    /// Asks and waits for the answer.
    ///
    /// # Errors
    /// When it has ended, or says what it should not.
    pub fn ask<T: DeserializeOwned>(&mut self, question: &impl Serialize) -> Result<T> {
        self.tell(question)?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        serde_json::from_str(&answer).with_context(|| format!("the peer said {answer:?}"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nobody to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
