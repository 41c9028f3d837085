//! What a form may ask of the world.

use crate::expression::library::Library;

/// A point in time on a clock that knows its offset from UTC.
pub type Moment = time::OffsetDateTime;

/// The clock and the source of randomness, handed in by whoever runs a form: a phone hands in its
/// own clock, the township's server the time at which the phone says the form was finished.
pub trait Surroundings {
    /// The present moment, in the offset of the place where the form is filled in.
    fn now(&self) -> Moment;

    /// Sixteen random bytes.
    fn random(&self) -> [u8; 16];

    /// What a form can ask of whoever runs it: `deviceid`, `username`, `phonenumber`, `email`.
    fn property(&self, _name: &str) -> Option<String> {
        None
    }

    /// What was answered at `path` in the last application on this form (`${last-saved#name}`).
    fn last_saved(&self, _path: &str) -> Option<String> {
        None
    }

    /// What works out the rare parts of the expression language.
    fn library(&self) -> Library {
        Library::WHOLE
    }
}

/// A clock that stands still and a source of randomness that always says the same: for the
/// server's recomputation, where both must be as they were, and for tests.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    /// What [`Surroundings::now`] says.
    pub now: Moment,
    /// What [`Surroundings::random`] says.
    pub random: [u8; 16],
}

impl Fixed {
    /// A clock that stands at `now`.
    pub fn at(now: Moment) -> Self {
        Self { now, random: [0; 16] }
    }
}

impl Surroundings for Fixed {
    fn now(&self) -> Moment {
        self.now
    }

    fn random(&self) -> [u8; 16] {
        self.random
    }
}
