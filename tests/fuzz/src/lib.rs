//! What strangers hand in, made up by [libFuzzer] and thrown at what reads it.
//!
//! A target is a file in `targets/`: what it does with bytes, what it begins with, and which words
//! mean something to it. Another one is a file there, a `[[bin]]` in `Cargo.toml` and a line in
//! `xtask/src/test/fuzz.rs`. `cargo xtask test fuzz` runs them all; what one found is run again,
//! without libFuzzer, by `cargo run --package fuzz --bin expression -- FILE`.
//!
//! [libFuzzer]: https://llvm.org/docs/LibFuzzer.html
#![allow(clippy::print_stderr)] // A program that is run by hand, or by xtask, speaks there.

mod again;
mod fill;
#[cfg(fuzzing)]
mod fuzzing;
pub mod sealed;
pub mod seeds;

pub use again::again;
pub use fill::{fill, resume};
#[cfg(fuzzing)]
pub use fuzzing::{prepare, throw};

/// Something that takes whatever a stranger hands in.
pub struct Target {
    /// Takes it; panics where something is wrong.
    pub run: fn(&[u8]),
    /// What to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// What means something.
    pub words: fn() -> Vec<String>,
}

/// Makes a program of a [`Target`]: with libFuzzer in it under `--cfg fuzzing`, else one that runs
/// files again.
#[macro_export]
macro_rules! target {
    ($target:path) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(
            init: $crate::prepare(&$target),
            |bytes: &[u8]| $crate::throw(&$target, bytes)
        );

        #[cfg(not(fuzzing))]
        fn main() -> std::process::ExitCode {
            $crate::again(&$target)
        }
    };
}
