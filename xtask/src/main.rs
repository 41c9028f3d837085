//! `cargo xtask`: everything that is done with this repository.
#![allow(clippy::print_stdout, clippy::print_stderr)] // A command line program speaks there.

mod app;
mod bench;
mod dist;
mod flags;
mod precache;
mod run;
mod server;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use crate::flags::{Xtask, XtaskCmd};

fn main() -> ExitCode {
    let result = match Xtask::from_env_or_exit().subcommand {
        XtaskCmd::Run(run) => run::run(&run),
        XtaskCmd::Test(test) => test::run(&test),
        XtaskCmd::Bench(bench) => bench::run(&bench),
        XtaskCmd::Dist(_) => dist::run(),
        XtaskCmd::Trunk(trunk) => app::run_trunk(&trunk.argument),
        XtaskCmd::Precache(_) => precache::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Tells what is happening, before it happens.
fn say(words: impl AsRef<str>) {
    eprintln!("\x1b[1m==>\x1b[0m {}", words.as_ref());
}
