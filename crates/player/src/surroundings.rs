//! A desk: a clock, which may stand still, and a source of randomness that says the same every
//! time.

use std::cell::Cell;

use form::{Moment, Surroundings};

/// Where a form is played.
pub struct Desk {
    clock: Cell<Clock>,
    drawn: Cell<u64>,
}

/// What tells the time.
#[derive(Clone, Copy)]
pub enum Clock {
    /// It is this moment, until somebody says otherwise.
    Stopped(Moment),
    /// A clock that goes on.
    Going(fn() -> Moment),
}

impl Desk {
    /// A desk with this clock.
    pub fn new(clock: Clock) -> Self {
        Self { clock: Cell::new(clock), drawn: Cell::new(0) }
    }

    /// Stops the clock at another moment.
    pub fn set_now(&self, now: Moment) {
        self.clock.set(Clock::Stopped(now));
    }

    /// The next of Steele, Lea and Flood's numbers (SplitMix64, OOPSLA 2014).
    fn draw(&self) -> u64 {
        let state = self.drawn.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.drawn.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Surroundings for Desk {
    fn now(&self) -> Moment {
        match self.clock.get() {
            Clock::Stopped(now) => now,
            Clock::Going(now) => now(),
        }
    }

    fn random(&self) -> [u8; 16] {
        (u128::from(self.draw()) << 64 | u128::from(self.draw())).to_be_bytes()
    }
}
