//! Lamps: how urgent a case is.

use minicbor::{Decode, Encode};

/// How urgent a case is. The law gives no numbers; these are the township's practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum Lamp {
    /// There is time.
    #[default]
    #[n(0)]
    Green,
    /// One working day is left of what was promised, or a fifth of it.
    #[n(1)]
    Yellow,
    /// What was promised has passed, or a stage's own limit.
    #[n(2)]
    Orange,
    /// What the law gives has passed.
    #[n(3)]
    Red,
}
