//! Forms as a person fills them in: the compiled model, its expressions, the answers, and the
//! session that ties them together.
//!
//! The crate is pure. The clock and the source of randomness are handed in as
//! [`Surroundings`]; nothing here reads a file, a network or a screen. The phone and the township's
//! server run the very same code over the same [`Form`], so that what the phone computed can be
//! recomputed and compared.
//!
//! * [`model`]: a compiled form. Nodes in an arena, every `${name}` resolved to a node, every
//!   expression parsed, the dependency graph ordered. Phones load it and start at once.
//! * [`compile()`]: from a [`Definition`](definition::Definition) (what a spreadsheet says) to a
//!   [`Form`], or to the list of everything that is wrong with it (feature `compile`).
//! * [`expression`]: the expression language of XLSForm and ODK XForms.
//! * [`answers`]: values only, named as the form's author named them.
//! * [`session`]: a form and its answers; takes one answer at a time and tells which facts changed.
//!   What was filled in can be carried to another version of the form.

pub mod answers;
#[cfg(feature = "compile")]
pub mod compile;
#[cfg(feature = "compile")]
pub mod definition;
pub mod expression;
mod instance;
pub mod model;
mod packed;
pub mod session;
pub mod spoken;
pub mod surroundings;

pub use answers::Answers;
#[cfg(feature = "compile")]
pub use compile::compile;
pub use instance::{InstanceId, RowId};
pub use model::{Form, NodeId};
pub use session::{
    Change, EntityChange, EntityDeed, EntityState, Fact, Problem, Refusal, Session, Snapshot,
};
pub use surroundings::{Moment, Surroundings};
