//! Stands for the program until it is written.
fn main() {}
