//! Running again what was found.

use std::process::ExitCode;

use crate::Target;

/// Runs the files that the command line names.
pub fn again(target: &Target) -> ExitCode {
    let mut outcome = ExitCode::SUCCESS;
    for path in std::env::args_os().skip(1) {
        match std::fs::read(&path) {
            Ok(bytes) => (target.run)(&bytes),
            Err(error) => {
                eprintln!("{}: {error}", path.display());
                outcome = ExitCode::FAILURE;
            }
        }
    }
    outcome
}
