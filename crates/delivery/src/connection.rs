//! Whether the township answers, and how one courier tells another.

/// Whether the township answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Nobody asked yet.
    #[default]
    Unknown,
    /// It answered when it was asked last.
    Reached,
    /// It did not.
    Unreachable,
}

impl Connection {
    /// What is said of it to the other tabs.
    pub fn to_byte(self) -> [u8; 1] {
        [match self {
            Self::Unknown => 0,
            Self::Reached => 1,
            Self::Unreachable => 2,
        }]
    }

    /// What another tab said.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        match bytes {
            [1] => Self::Reached,
            [2] => Self::Unreachable,
            _ => Self::Unknown,
        }
    }
}
