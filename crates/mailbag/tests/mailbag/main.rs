//! Mailbags, whole and in pieces.

#![allow(clippy::unwrap_used)] // A test ends where something is not as it must be.

mod bag;
mod frames;
