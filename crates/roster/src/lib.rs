//! 台账: the township's roster of its people, household by household. It is read from a spreadsheet as
//! offices keep one, with all that is wrong with it at once, by line and column; and compared with what
//! is known, so that whoever brings it sees what it changes before it does.
//!
//! Nothing here repeats what stands in a cell in what it says is wrong: lines and columns are enough to
//! find it, and name nobody.

mod changes;
mod people;
mod problem;
mod table;

pub use changes::{Changed, Changes};
pub use people::{Expected, Household, Read, Roster};
pub use problem::{Problem, Wrong};
pub use table::{NotATable, Table};

/// The column that tells which people are of one household.
pub const HOUSEHOLD: &str = "household";
/// The column of people's names.
pub const NAME: &str = "name";
/// The column of what document their number is of: 01 is a resident identity card (GB/T 2261 series).
pub const ID_TYPE: &str = "id_type";
/// The column of their numbers.
pub const ID: &str = "id";
/// The column of the village, by its 12-digit division code or its name.
pub const VILLAGE: &str = "village";
/// The columns without which nobody can be told from others.
pub const NEEDED: [&str; 4] = [HOUSEHOLD, NAME, ID, VILLAGE];
