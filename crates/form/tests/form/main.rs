//! The form engine, seen from outside.

mod carrying;
mod choices;
mod conformance;
mod entities;
mod expressions;
mod hostile;
mod household;
mod lists;
mod many_rows;
mod remembered;
mod settling;
mod speed_of_reach;
mod spoken;
