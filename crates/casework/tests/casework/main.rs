//! Case work, from the outside: what may be done, by whom, and until when.

#![allow(clippy::unwrap_used, reason = "what helps tests is part of them")]

mod clocks;
mod faults;
mod random;
mod recusal;
mod rights;
mod risk;
mod township;
mod way;
