//! The form engine, seen from outside.

mod conformance;
mod expressions;
mod hostile;
mod many_rows;
mod settling;
mod speed_of_reach;
