//! Why the vault did not do it. The app says it in the person's words.

/// Why the vault did not do it. Whatever was there before is still there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The phone gives no more room.
    #[error("there is no more room")]
    Full,
    /// The browser keeps nothing: a private window, or storage switched off.
    #[error("nothing can be kept here")]
    Blocked,
    /// Another tab runs a newer version of the app.
    #[error("another tab runs a newer version")]
    Outdated,
    /// The record is there, but cannot be read. It is kept as it is.
    #[error("the record is damaged")]
    Damaged,
    /// There is no such record: it was removed, or never there.
    #[error("there is no such record")]
    Gone,
    /// It arrived, and is not kept here any more.
    #[error("it was delivered, and is not kept any more")]
    Delivered,
    /// It was finished already, here or in another tab.
    #[error("it was finished already")]
    Finished,
    /// Something that the answers name as a file is not there.
    #[error("a file that the answers name is not there")]
    FileMissing,
    /// What was to be kept cannot be read where it is: it was moved or removed meanwhile.
    #[error("what was to be kept cannot be read")]
    Unreadable,
    /// No cryptography.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// The database does not answer.
    #[error("the database does not answer")]
    NoAnswer,
    /// The database failed: the kind of failure, without anything that was to be stored.
    #[error("the database failed: {0}")]
    Failed(String),
}

impl VaultError {
    /// Whether a new connection to the database may help: browsers drop connections of pages in
    /// the background (iOS: "Connection to Indexed Database server lost").
    pub fn may_be_the_connection(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::NoAnswer)
    }
}

/// Why a phone's cryptography did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// Pages that did not come over HTTPS (or from the very machine) get no cryptography.
    #[error("the page is not secure")]
    InsecurePage,
    /// The bytes are not what was sealed, or the key is another.
    #[error("not what was sealed")]
    Damaged,
    /// The browser lacks the algorithm, or failed.
    #[error("cryptography failed")]
    Failed,
}
