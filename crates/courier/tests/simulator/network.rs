//! A network that goes up and down, loses, alters and pretends.

use crate::chance::Chance;

/// How bad everything is, in percent of the requests.
#[derive(Clone, Copy)]
pub(crate) struct Weather {
    pub(crate) lost: u64,
    pub(crate) answer_lost: u64,
    pub(crate) altered: u64,
    pub(crate) pretended: u64,
    pub(crate) township_dies: u64,
    pub(crate) phone_dies: u64,
    pub(crate) bytes_per_second: u64,
    /// Times an hour, about.
    pub(crate) keys_rotate: u64,
    pub(crate) device_is_revoked: u64,
}

impl Weather {
    pub(crate) const CALM: Self = Self {
        lost: 0,
        answer_lost: 0,
        altered: 0,
        pretended: 0,
        township_dies: 0,
        phone_dies: 0,
        bytes_per_second: 500_000,
        keys_rotate: 0,
        device_is_revoked: 0,
    };

    pub(crate) fn of(chance: &mut Chance) -> Self {
        Self {
            lost: chance.below(60),
            answer_lost: chance.below(50),
            altered: chance.below(20),
            pretended: chance.below(20),
            township_dies: chance.below(10),
            phone_dies: chance.below(10),
            bytes_per_second: [3_000, 20_000, 50_000, 1_000_000][chance.below(4) as usize],
            keys_rotate: chance.below(3),
            device_is_revoked: chance.below(2),
        }
    }
}
