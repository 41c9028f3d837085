//! Kinds of what leaves, and how far each came, as they are stored.

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A message to an applicant's phone.
    Sms,
    /// That a case came to something, for another program.
    Webhook,
    /// A case, for a department of the county.
    County,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Sms, Self::Webhook, Self::County];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Webhook => "webhook",
            Self::County => "county",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How far something came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is tried, or will be.
    Waiting,
    /// Whoever it is for took it.
    Delivered,
    /// They will not, or did not for too long: somebody has to look.
    GivenUp,
    /// There is nobody to send it to: no mobile number was given.
    Needless,
}

impl State {
    const ALL: [Self; 4] = [Self::Waiting, Self::Delivered, Self::GivenUp, Self::Needless];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::GivenUp => "given-up",
            Self::Needless => "needless",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stored_is_read_back() {
        assert!(Kind::ALL.into_iter().all(|kind| Kind::named(kind.name()) == Some(kind)));
        assert!(State::ALL.into_iter().all(|state| State::named(state.name()) == Some(state)));
    }
}
