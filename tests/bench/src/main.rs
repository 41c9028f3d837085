//! Measures the cases that are named, in a real Chromium against the real server, and prints one
//! JSON object a line: `case`, `ours`, `unit`, where there is one what a peer achieves, and the figure
//! to reach as `goal`.
//!
//! `cargo xtask bench` builds what is measured and calls this.
#![allow(clippy::print_stdout, clippy::print_stderr)] // Figures go there.

mod filling;
mod form;
mod page;
mod phone;
mod photo;
mod scroll;
mod start;
mod video;

use std::process::ExitCode;

use anyhow::Result;

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

/// What was measured, in the same run what a peer achieves, and what is to be reached
/// (`docs/ARCHITECTURE.md`).
struct Figure {
    ours: f64,
    unit: &'static str,
    /// ODK's engine.
    peer: Option<f64>,
    /// Not a number where nothing is set.
    goal: f64,
}

impl Figure {
    /// Milliseconds.
    fn beside(ours: f64, peer: Option<f64>, goal: f64) -> Self {
        Self { ours, unit: "ms", peer, goal }
    }

    /// In another unit.
    fn of(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    fn line(&self, case: &str) -> String {
        let Self { ours, unit, peer, goal } = self;
        let goal = if goal.is_nan() { String::new() } else { format!(r#","goal":{goal}"#) };
        let peer = peer.map_or_else(String::new, |peer| {
            format!(r#","peer":{peer:.4},"peer_name":"ODK Web Forms""#)
        });
        format!(r#"{{"case":"{case}","ours":{ours:.4},"unit":"{unit}"{peer}{goal}}}"#)
    }
}

/// The one in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
