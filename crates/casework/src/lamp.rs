//! Lamps: how urgent a case is.

/// How urgent a case is. The law gives no numbers; these are the township's practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lamp {
    /// There is time.
    #[default]
    Green,
    /// One working day is left of what was promised, or a fifth of it.
    Yellow,
    /// What was promised has passed, or a stage's own limit.
    Orange,
    /// What the law gives has passed.
    Red,
}
