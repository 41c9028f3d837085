//! Mounts the phone app.

fn main() {}
