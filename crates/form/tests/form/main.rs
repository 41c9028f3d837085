//! The form engine, seen from outside.

mod choices;
mod conformance;
mod entities;
mod expressions;
mod hostile;
mod lists;
mod many_rows;
mod settling;
mod speed_of_reach;
