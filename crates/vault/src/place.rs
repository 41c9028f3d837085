//! Where records are, and how they change.

use std::rc::Rc;

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The device's keys, and the accounts with their data keys.
    Keys,
    /// Drafts, whole.
    Drafts,
    /// What lists of drafts show.
    DraftIndex,
    /// What is known of each captured file of a draft.
    Captures,
    /// Sealed files, in pieces.
    Files,
    /// Envelopes until they are delivered.
    Envelopes,
    /// How far each envelope is.
    Deliveries,
    /// What was sent, whole.
    Sent,
    /// What lists of cases show.
    SentIndex,
    /// What the township told of each case, and news that no account has taken in yet.
    States,
    /// Compiled forms, guides, their pictures and sounds, by digest.
    Forms,
    /// The pack, the cursor.
    Settings,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Keys,
        Self::Drafts,
        Self::DraftIndex,
        Self::Captures,
        Self::Files,
        Self::Envelopes,
        Self::Deliveries,
        Self::Sent,
        Self::SentIndex,
        Self::States,
        Self::Forms,
        Self::Settings,
    ];

    /// Where everything is sealed with the device's keys, or is one of them.
    pub(crate) const SEALED_HERE: [Self; 7] = [
        Self::Keys,
        Self::Drafts,
        Self::DraftIndex,
        Self::Captures,
        Self::Sent,
        Self::SentIndex,
        Self::States,
    ];

    /// What the disk calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Drafts => "drafts",
            Self::DraftIndex => "draft_index",
            Self::Captures => "captures",
            Self::Files => "files",
            Self::Envelopes => "envelopes",
            Self::Deliveries => "deliveries",
            Self::Sent => "sent",
            Self::SentIndex => "sent_index",
            Self::States => "states",
            Self::Forms => "forms",
            Self::Settings => "settings",
        }
    }
}

/// One change to what is kept.
#[derive(Clone, Debug)]
pub enum Write {
    /// Puts bytes at this key. Shared: a change may be tried twice.
    Put(Place, String, Rc<Vec<u8>>),
    /// Deletes what is at this key, if anything is.
    Delete(Place, String),
    /// Deletes everything whose key begins so.
    DeleteUnder(Place, String),
}

impl Write {
    /// Puts bytes.
    pub fn put(place: Place, key: impl ToString, bytes: Vec<u8>) -> Self {
        Self::Put(place, key.to_string(), Rc::new(bytes))
    }

    /// Deletes what is there, if anything is.
    pub fn delete(place: Place, key: impl ToString) -> Self {
        Self::Delete(place, key.to_string())
    }

    /// Deletes everything whose key begins with `prefix`.
    pub fn delete_under(place: Place, prefix: impl ToString) -> Self {
        Self::DeleteUnder(place, prefix.to_string())
    }

    /// Where it changes something.
    pub fn place(&self) -> Place {
        match self {
            Self::Put(place, ..) | Self::Delete(place, _) | Self::DeleteUnder(place, _) => *place,
        }
    }

    /// At which key, or under which.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Put(_, key, _) | Self::Delete(_, key) | Self::DeleteUnder(_, key) => key,
        }
    }
}
