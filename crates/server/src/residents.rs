//! 台账: what the township knows of its people, from its own tables, so that nobody is asked twice
//! (政务数据共享条例). An office brings a table and sees what it changes before it does; each clerk's
//! phone gets its own village's households and no others'.

mod bring;
mod give;
mod propose;

pub use bring::NotBrought;
pub(crate) use bring::{Preview, confirm, show};
pub(crate) use give::give;
pub(crate) use propose::{Told, compare, decide};
