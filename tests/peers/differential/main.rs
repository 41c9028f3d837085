//! All forms of this repository, by us and by others.

mod engine;
mod reading;
mod spreadsheets;
mod validate;
