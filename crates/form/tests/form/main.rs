//! The form engine, seen from outside.

mod carrying;
mod conformance;
mod expressions;
mod hostile;
mod household;
mod settling;
mod speed_of_reach;
