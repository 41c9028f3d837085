//! `xst form play`

use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;

use anyhow::{Context as _, Result};
use clap::Args;
use player::{Action, Player};
use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::read::read;

#[derive(Args)]
pub(crate) struct Play {
    /// 表格
    file: PathBuf,
    /// 一开始用哪种语言，写法和表格里一样，例如 "English (en)"
    #[arg(long)]
    language: Option<String>,
    /// 把钟停在这一刻，例如 2026-11-23T09:00:00+08:00；随机数也就每次一样
    #[arg(long, value_parser = moment)]
    now: Option<OffsetDateTime>,
}

fn moment(text: &str) -> Result<OffsetDateTime, String> {
    OffsetDateTime::parse(text, &Rfc3339)
        .map_err(|_| "要写成 2026-11-23T09:00:00+08:00 这样".to_owned())
}

impl Play {
    /// Plays the form: one line of JSON after loading, and one after each action.
    pub(super) fn run(self) -> Result<ExitCode> {
        let read = read(&self.file)?;
        let Some(form) = read.form else {
            read.told.iter().for_each(|line| eprintln!("{line}"));
            return Ok(ExitCode::FAILURE);
        };
        let mut player = match self.now {
            Some(now) => Player::open(Rc::new(form), now),
            None => Player::open_by_the_clock(Rc::new(form), now_here),
        };
        if let Some(value) = self.language {
            player.act(&Action::Language { value })?;
        }
        let mut out = stdout().lock();
        writeln!(out, "{}", serde_json::to_string(&player.state())?)?;
        for line in stdin().lock().lines() {
            let line = line.context("标准输入读不了")?;
            if line.trim().is_empty() {
                continue;
            }
            let answer = match act(&mut player, &line) {
                Ok(()) => serde_json::to_string(&player.state())?,
                Err(error) => json!({ "error": format!("{error:#}") }).to_string(),
            };
            writeln!(out, "{answer}")?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn act(player: &mut Player, line: &str) -> Result<()> {
    let action: Action = serde_json::from_str(line).context("这一行不是一个动作")?;
    Ok(player.act(&action)?)
}

/// The clock of this machine; in Beijing's time where nobody says another.
fn now_here() -> OffsetDateTime {
    let beijing = time::UtcOffset::from_hms(8, 0, 0).unwrap_or(time::UtcOffset::UTC);
    OffsetDateTime::now_utc().to_offset(beijing)
}
