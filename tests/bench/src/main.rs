//! Measures the cases that are named, in a real Chromium against the real server, and prints one
//! JSON object a line: `case`, `ours`, `unit`, and the figure to reach as `peer`, named `goal`.
//!
//! `cargo xtask bench` builds what is measured and calls this.
#![allow(clippy::print_stdout, clippy::print_stderr)] // Figures go there.

mod page;
mod start;

use std::process::ExitCode;

use anyhow::{Result, bail};

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
        "deliver_200" => page::deliver(200).await,
        other => bail!("there is no case {other}"),
    }
}

/// What was measured, and what is to be reached (`docs/ARCHITECTURE.md`).
struct Figure {
    ours: f64,
    unit: &'static str,
    goal: f64,
}

impl Figure {
    fn line(&self, case: &str) -> String {
        let Self { ours, unit, goal } = self;
        format!(
            r#"{{"case":"{case}","ours":{ours:.4},"unit":"{unit}","peer":{goal},"peer_name":"goal"}}"#
        )
    }
}

/// The one in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
