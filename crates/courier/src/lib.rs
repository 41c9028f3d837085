//! Stands for the crate until it is written.
