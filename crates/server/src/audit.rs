//! Who read and did what: a chain in which each entry carries the digest of the one before, so
//! that nobody, the township's own people among them, can take one out or change one unseen.
//!
//! The digest of entry *n* is SHA-256 of `digest of entry n-1 ‖ body of entry n`; of the first,
//! 32 zero bytes stand for the one before.

mod export;
mod words;

pub(crate) use export::export;
pub use export::{Exported, NotAnExport};
pub(crate) use words::words;

use minicbor::{Decode, Encode};
use protocol::{DeviceId, Digest, FileId, Holder, KeyId, ServerTime, Township};

use crate::storage::{self, Connection, StorageError};

/// Who did what was done by the command line: whoever may read the data folder.
pub(crate) const OPERATOR: &str = "xst";

/// Who did what an applicant does, by no account.
pub(crate) const APPLICANT: &str = "申请人";

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Entry {
    #[n(0)]
    pub(crate) at: ServerTime,
    /// The account.
    #[n(1)]
    pub(crate) who: String,
    #[n(2)]
    pub(crate) did: Deed,
}

/// What somebody did. Kept for ever: variants and numbers are never reused.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Deed {
    #[n(0)]
    SignedIn,
    #[n(1)]
    SignInFailed,
    #[n(2)]
    SignedOut,
    /// Read a case file, by its number.
    #[n(3)]
    ReadCase(#[n(0)] String),
    /// Read a file of a case.
    #[n(4)]
    ReadFile {
        #[n(0)]
        case: String,
        #[n(1)]
        file: FileId,
    },
    /// Wrote a note into a case.
    #[n(5)]
    Noted(#[n(0)] String),
    /// Searched; what for is personal data and is not kept.
    #[n(6)]
    Searched,
    /// Took in a mailbag with so many envelopes that are there now.
    #[n(7)]
    TookInMailbag(#[n(0)] u64),
    /// Brought new keys into force: those that are named.
    #[n(8)]
    RotatedKeys {
        #[n(0)]
        sealing: Option<KeyId>,
        #[n(1)]
        signing: Option<KeyId>,
    },
    /// Gave a device to somebody.
    #[n(9)]
    CertifiedDevice {
        #[n(0)]
        device: DeviceId,
        #[n(1)]
        holder: Holder,
        #[n(2)]
        valid_until: ServerTime,
    },
    /// Revoked a device.
    #[n(10)]
    RevokedDevice(#[n(0)] DeviceId),
    /// Asked the applicant of a case to correct it.
    #[n(11)]
    Returned(#[n(0)] String),
    /// Granted a case, or did not.
    #[n(12)]
    Decided {
        #[n(0)]
        case: String,
        #[n(1)]
        is_granted: bool,
    },
    /// Closed a case.
    #[n(13)]
    Finished(#[n(0)] String),
    /// Asked the holder of a device to go and look.
    #[n(14)]
    AskedVisit {
        #[n(0)]
        case: String,
        #[n(1)]
        device: DeviceId,
    },
    /// Let the holder of a device have help with a PIN.
    #[n(15)]
    AllowedRecovery {
        #[n(0)]
        device: DeviceId,
        #[n(1)]
        until: ServerTime,
    },
    /// Gave a device the secret that it had entrusted.
    #[n(16)]
    GaveRecovery(#[n(0)] DeviceId),
    /// Did something to a case, by what casework calls it.
    #[n(17)]
    Did {
        #[n(0)]
        case: String,
        #[n(1)]
        what: String,
    },
    /// Went on working as another post of theirs, in so many of them.
    #[n(18)]
    TookPost(#[n(0)] u64),
    /// Read what others did.
    #[n(19)]
    ReadAudit,
    /// Got a second factor for their account.
    #[n(20)]
    TookSecond,
    /// Took the second factor from an account, their own or another's.
    #[n(21)]
    RemovedSecond(#[n(0)] String),
    /// Looked how a case stands, with its query code.
    #[n(22)]
    Queried(#[n(0)] String),
    /// Brought a roster of the township's people: so many households came, are different, are gone.
    #[n(23)]
    ChangedRoster {
        #[n(0)]
        new: u64,
        #[n(1)]
        changed: u64,
        #[n(2)]
        gone: u64,
    },
    /// Had their village's roster put on a device.
    #[n(24)]
    TookRoster(#[n(0)] DeviceId),
    /// Read what clerks say otherwise of people than the roster, in so many places.
    #[n(25)]
    ReadProposals(#[n(0)] u64),
    /// Left the roster as it was, whatever a clerk said in this case.
    #[n(26)]
    LeftRoster(#[n(0)] String),
    /// Issued a document of a case, by its number.
    #[n(30)]
    IssuedDocument {
        #[n(0)]
        case: String,
        #[n(1)]
        number: String,
    },
    /// Read a document of a case.
    #[n(31)]
    ReadDocument {
        #[n(0)]
        case: String,
        #[n(1)]
        number: String,
    },
    /// Read the list of what is to be looked into.
    #[n(40)]
    ReadTasks,
    /// Read a task, by its number.
    #[n(41)]
    ReadTask(#[n(0)] String),
    /// Did something to a task, by what supervision calls it.
    #[n(42)]
    DidTask {
        #[n(0)]
        task: String,
        #[n(1)]
        what: String,
    },
    /// Let whoever a case is of rate it, or took it down from paper. How, is not in the audit.
    #[n(43)]
    TookDownRating {
        #[n(0)]
        case: String,
        #[n(1)]
        on_paper: bool,
    },
    /// Read who keeps out of which cases.
    #[n(44)]
    ReadRecusals,
    /// Handed a case over to a department of the county, by its id.
    #[n(50)]
    HandedOver {
        #[n(0)]
        case: String,
        #[n(1)]
        to: String,
    },
    /// Read what left the township.
    #[n(51)]
    ReadOutgoing,
    /// Had something of a case sent once more that was given up.
    #[n(52)]
    SentAgain(#[n(0)] String),
    /// Looked at all accounts.
    #[n(60)]
    ReadAccounts,
    /// Looked at the devices that were given to somebody.
    #[n(61)]
    ReadDevices,
    /// Gave somebody a password, that they have to change.
    #[n(62)]
    GavePassword(#[n(0)] String),
    /// Set the password of their own account.
    #[n(63)]
    ChangedPassword(#[n(0)] String),
    /// Let somebody try again who was locked out.
    #[n(64)]
    Unlocked(#[n(0)] String),
    /// Ended what somebody was signed in with.
    #[n(65)]
    EndedSessions(#[n(0)] String),
    /// Said that an account is of whom the provider calls so; by a mark of that name.
    #[n(66)]
    Linked {
        #[n(0)]
        account: String,
        #[n(1)]
        mark: String,
    },
    /// Took that back.
    #[n(67)]
    Unlinked {
        #[n(0)]
        account: String,
        #[n(1)]
        mark: String,
    },
    /// Signed in by the provider's word.
    #[n(68)]
    SignedInByProvider,
    /// Took a copy of what is kept in a case, for its applicant.
    #[n(70)]
    Copied(#[n(0)] String),
    /// Looked at the answers to a question of a case that are masked, by its name in the form.
    #[n(69)]
    Unmasked {
        #[n(0)]
        case: String,
        #[n(1)]
        field: String,
    },
}

/// Appends an entry.
pub(crate) async fn record(
    db: &mut dyn Connection,
    township: &Township,
    entry: &Entry,
) -> Result<(), StorageError> {
    let (place, before) = storage::audit::advance(db, township).await?;
    let body = protocol::encode(entry);
    storage::audit::append(db, township, place, &body, &link(&before, &body)).await
}

/// Where the chain is broken, if it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// Whole, with so many entries.
    Whole(u64),
    /// Broken at this entry: it, or the one before, is not what was written.
    BrokenAt(u64),
}

/// Verifies the whole chain.
pub(crate) async fn verify(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<Chain, StorageError> {
    const PAGE: u64 = 1000;
    let (mut place, mut before) = (0, Digest([0; 32]));
    loop {
        let page = storage::audit::after(db, township, place, PAGE).await?;
        if page.is_empty() {
            return Ok(Chain::Whole(place));
        }
        for (found, body, digest) in page {
            place += 1;
            if found != place || digest != link(&before, &body) {
                return Ok(Chain::BrokenAt(place));
            }
            before = digest;
        }
    }
}

fn link(before: &Digest, body: &[u8]) -> Digest {
    Digest::of(&[before.0.as_slice(), body].concat())
}
