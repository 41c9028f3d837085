//! Measures the cases that are named, in a real Chromium against the real server, and prints one
//! JSON object a line: `case`, `ours`, `unit`, where there are any what each of the `peers` achieves,
//! and the figure to reach as `goal`.
//!
//! `cargo xtask bench` builds what is measured and calls this.
#![allow(clippy::print_stdout, clippy::print_stderr)] // Figures go there.

mod filling;
mod form;
mod page;
mod phone;
mod photo;
mod photo_set;
mod scroll;
mod start;
mod stores;
mod video;

use std::process::ExitCode;

use anyhow::Result;
use serde_json::json;

#[tokio::main]
async fn main() -> ExitCode {
    let mut outcome = ExitCode::SUCCESS;
    for case in std::env::args().skip(1) {
        match measure(&case).await {
            Ok(figure) => println!("{}", figure.line(&case)),
            Err(error) => {
                eprintln!("{case}: {error:#}");
                outcome = ExitCode::FAILURE;
            }
        }
    }
    outcome
}

async fn measure(case: &str) -> Result<Figure> {
    match case {
        "bytes_to_first_question" => start::bytes_to_first_question().await,
        "cold_start" => start::cold_start().await,
        "warm_start_offline" => start::warm_start_offline().await,
        "answer_household" => page::answer("ybcb", 4).await,
        "answer_large_household" => page::answer("ybcb", 15).await,
        "answer_repair" => page::answer("bxsj", 1).await,
        "save" => page::save().await,
        "unlock" => page::unlock().await,
        "list_10000" => page::list(10_000).await,
        "deliver_200" => page::deliver(200).await,
        "photo_set" => photo_set::bytes_beyond_photos().await,
        "filling.answer_family" => filling::answer_family().await,
        "filling.answer_1000" => filling::answer_large(1_000).await,
        "filling.open" => filling::open().await,
        "scroll.rows" => scroll::rows(1_000).await,
        "scroll.drafts" => scroll::drafts(1_000).await,
        "photo.save" => photo::save().await,
        "photo.memory" => photo::memory().await,
        "photo.growth" => photo::growth().await,
        "video.save" => video::save().await,
        "video.memory" => video::memory().await,
        other => form::measure(other).await,
    }
}

/// What was measured, in the same run what peers achieve, and what is to be reached
/// (`docs/ARCHITECTURE.md`).
struct Figure {
    ours: f64,
    unit: &'static str,
    /// Their names, and what they achieve.
    peers: Vec<(&'static str, f64)>,
    /// Not a number where nothing is set.
    goal: f64,
}

impl Figure {
    /// Milliseconds, where there is one beside those of ODK's engine.
    fn beside(ours: f64, odk: Option<f64>, goal: f64) -> Self {
        let peers = odk.map(|odk| ("ODK Web Forms", odk)).into_iter().collect();
        Self { ours, unit: "ms", peers, goal }
    }

    /// In another unit.
    fn of(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// Beside one more.
    fn and(mut self, name: &'static str, theirs: f64) -> Self {
        self.peers.push((name, theirs));
        self
    }

    fn line(&self, case: &str) -> String {
        let rounded = |value: f64| (value * 10_000.0).round() / 10_000.0;
        let mut line = json!({ "case": case, "ours": rounded(self.ours), "unit": self.unit });
        if !self.goal.is_nan() {
            line["goal"] = json!(self.goal);
        }
        if !self.peers.is_empty() {
            let peers = self.peers.iter().map(|(name, theirs)| (name, rounded(*theirs)));
            line["peers"] = peers.map(|(name, theirs)| json!([name, theirs])).collect();
        }
        line.to_string()
    }
}

/// The one in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
