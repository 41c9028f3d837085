//! 账户: a person on a phone that several share.

use std::fmt;

use minicbor::{Decode, Encode};

/// An account of this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct AccountId(#[n(0)] pub(crate) u32);

/// Sorts behind all that the first account's keys begin with: digits and letters.
const OTHERS: char = '~';

impl AccountId {
    /// The account that a phone begins with. Its records lie where they lay before there were
    /// others, so that no phone's records have to move.
    pub const FIRST: Self = Self(0);

    /// Where this account's record that is called `key` lies, in a place that accounts share.
    pub(crate) fn key(self, key: &str) -> String {
        match self {
            Self::FIRST => key.to_owned(),
            Self(number) => format!("{OTHERS}{number}/{key}"),
        }
    }

    /// What this account calls the record that lies at `key`; none where it is another's.
    pub(crate) fn own(self, key: String) -> Option<String> {
        match self {
            Self::FIRST => (!key.starts_with(OTHERS)).then_some(key),
            Self(_) => key.strip_prefix(&self.key("")).map(str::to_owned),
        }
    }
}

/// Where a record lies, in a place that accounts share, that is the device's own.
pub(crate) fn of_device(key: &str) -> String {
    format!("{OTHERS}{key}")
}

impl fmt::Display for AccountId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_account_takes_anothers_record_for_its_own() {
        let accounts = [AccountId::FIRST, AccountId(1), AccountId(12)];
        for one in accounts {
            for other in accounts {
                let seen = other.own(one.key("0194f0/photo"));
                assert_eq!(seen.as_deref(), (one == other).then_some("0194f0/photo"));
            }
            assert_eq!(one.own(of_device("news/0194f0")), None);
        }
    }
}
