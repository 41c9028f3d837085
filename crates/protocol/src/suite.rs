//! Suites of algorithms, each behind one number (`docs/wire.md`, Suites).

use minicbor::{CborLen, Decode, Encode};

/// A suite that this version of the protocol has. Which of them a program can do is another matter:
/// a phone has the first from its browser, the feature `keys` brings all.
///
/// A number from outside becomes one of these before anything is done by it
/// ([`Suite::try_from`]); what is written for one suite is never read as if it were for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, CborLen)]
#[cbor(index_only)]
pub enum Suite {
    /// P-256, SHA-256 and AES-256-GCM: what every browser has.
    #[n(1)]
    One,
    /// SM2, SM3 and SM4-GCM: 商用密码.
    #[n(2)]
    Two,
}

impl Suite {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::One, Self::Two];

    /// The number on the wire.
    pub const fn number(self) -> u16 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// The number of a suite that this version does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("suite {0} of algorithms is not known here: this program is older than who wrote it")]
pub struct UnknownSuite(pub u16);

impl TryFrom<u16> for Suite {
    type Error = UnknownSuite;

    fn try_from(number: u16) -> Result<Self, UnknownSuite> {
        let known = Self::ALL.into_iter().find(|suite| suite.number() == number);
        known.ok_or(UnknownSuite(number))
    }
}
