//! How bad everything is.

use crate::chance::Chance;

/// In percent of the requests, unless something else is said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weather {
    /// The request never arrives.
    pub(crate) lost: u64,
    /// It breaks off at some byte.
    pub(crate) cut: u64,
    /// It arrives twice.
    pub(crate) repeated: u64,
    /// It arrives after nobody waits for its answer any more.
    pub(crate) late: u64,
    /// One byte of it is another.
    pub(crate) altered: u64,
    /// The answer never arrives.
    pub(crate) answer_lost: u64,
    /// One byte of the answer is another.
    pub(crate) answer_altered: u64,
    /// Somebody on the way answers.
    pub(crate) pretended: u64,
    /// The township dies before or after something durable, in thousandths of what it does.
    pub(crate) township_dies: u64,
    /// A phone dies, in thousandths of its awaits.
    pub(crate) phone_dies: u64,
    /// A phone's disk fails or is full, in thousandths of what is written.
    pub(crate) disk_fails: u64,
    pub(crate) bytes_per_second: u64,
}

impl Weather {
    pub(crate) const CALM: Self = Self {
        lost: 0,
        cut: 0,
        repeated: 0,
        late: 0,
        altered: 0,
        answer_lost: 0,
        answer_altered: 0,
        pretended: 0,
        township_dies: 0,
        phone_dies: 0,
        disk_fails: 0,
        bytes_per_second: 500_000,
    };

    /// Each schedule has a weather of its own: where all goes wrong at once, nothing gets far.
    pub(crate) fn of(chance: &Chance) -> Self {
        let some = |most: u64| if chance.percent(50) { chance.below(most) } else { 0 };
        Self {
            lost: some(50),
            cut: some(40),
            repeated: some(30),
            late: some(20),
            altered: some(15),
            answer_lost: some(40),
            answer_altered: some(15),
            pretended: some(20),
            township_dies: some(80),
            phone_dies: some(30),
            disk_fails: some(40),
            bytes_per_second: [3_000, 20_000, 50_000, 1_000_000][chance.below(4) as usize],
        }
    }
}
