//! Finding one of many by what people type on a phone: characters, pinyin, or only the initials of
//! pinyin. 「李家村」 is found by `家村`, `lijiacun`, `jiac` and `ljc`.
//!
//! A character that is read in several ways is found by each of them: nobody should have to know
//! which one a list means.

#[cfg(feature = "make")]
mod make;
mod readings;
mod wanted;

#[cfg(feature = "make")]
pub use make::make;
pub use readings::Readings;
pub use wanted::{Fit, Wanted};
