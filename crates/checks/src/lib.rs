//! Identifiers that people and offices write, read as they are written and checked by their
//! standards. Pure and small: the phone, the compiler of forms and the server share it. What day
//! it is, is handed in.
//!
//! Every reader normalises first (spaces, full-width characters, a lower-case `x`), so that what
//! is stored is one text for one thing, and says in its error what to look at.

pub mod bank_card;
pub mod children;
pub mod credit_code;
pub mod disability;
pub mod division;
pub mod name;
pub mod phone;
pub mod resident_id;
mod text;

pub use credit_code::CreditCode;
pub use disability::DisabilityCertificate;
pub use division::Division;
pub use name::Name;
pub use resident_id::{ResidentId, Sex};
