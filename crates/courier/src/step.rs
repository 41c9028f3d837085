//! What the courier asks for, what it is told, and what it wants written down.

use protocol::sync::Cursor;
use protocol::{
    Completion, DeviceCertificate, Digest, EnvelopeId, Fact, FileId, Receipt, Revocation, Signed,
};

use crate::answer::Answer;
use crate::delivery::Refused;
use crate::retry::Moment;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `POST /api/sync`.
    Sync {
        /// With these envelopes, in this order.
        envelopes: Vec<EnvelopeId>,
        /// Asking how far the files of these are.
        open: Vec<EnvelopeId>,
        /// How long to wait for the answer.
        patience_ms: u64,
    },
    /// `HEAD /api/files/{id}`.
    Ask {
        /// Which file.
        file: FileId,
        /// How long to wait for the answer.
        patience_ms: u64,
    },
    /// `PATCH /api/files/{id}`.
    Send {
        /// Which file.
        file: FileId,
        /// From which sealed byte on.
        offset: u64,
        /// How many bytes.
        length: u64,
        /// How long to wait for the answer.
        patience_ms: u64,
    },
    /// Nothing before then, unless there is a hint or a new delivery.
    Wait(Moment),
    /// Nothing at all, unless there is a hint or a new delivery.
    Rest,
}

/// What came of a step.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The township's answer to [`Step::Sync`].
    Answer(Answer),
    /// To [`Step::Ask`] and [`Step::Send`]: sealed bytes that are there and durable.
    Offset(u64),
    /// `409` to [`Step::Send`]: the township has another number of bytes.
    OtherOffset,
    /// `460` to [`Step::Send`]: all bytes were there, and were not the file; it begins again.
    Spoiled,
    /// `404` to [`Step::Ask`] and [`Step::Send`]: the township knows no envelope with this file.
    UnknownFile,
    /// It failed.
    Failed(Failure),
    /// Before [`Step::Sync`]: the phone cannot read the bytes of this envelope.
    LostEnvelope(EnvelopeId),
    /// Before [`Step::Send`]: the phone cannot read the bytes of this file.
    LostFile,
}

/// How a step failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer, or one that is not the township's: a network that is down, a time-out, a
    /// hotel's log-in page.
    Unreachable,
    /// The township asks to come later (`429`, `503`, `507`).
    Busy,
    /// The request has too many bytes (`413`).
    TooLarge,
    /// The township answered, but with an error (`400`, `500`): what was sent may be the cause.
    Stumbled,
}

/// What is to be written down, each thing in its order, before the next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The envelope arrived.
    Received {
        /// Which.
        envelope: EnvelopeId,
        /// What the township states.
        receipt: Receipt,
        /// The proof, to be kept as it is.
        signed: Signed<Receipt>,
    },
    /// The envelope was not taken; keep it and tell the person.
    Refused {
        /// Which.
        envelope: EnvelopeId,
        /// Why.
        refused: Refused,
    },
    /// Of a file, this many sealed bytes are there.
    Offset {
        /// Of which envelope.
        envelope: EnvelopeId,
        /// Which file.
        file: FileId,
        /// How many.
        offset: u64,
    },
    /// All files of the envelope arrived.
    Completed {
        /// Which.
        envelope: EnvelopeId,
        /// What the township states.
        completion: Completion,
        /// The proof, to be kept as it is.
        signed: Signed<Completion>,
    },
    /// News, and up to where they reach: to be written down together.
    Heard {
        /// The news.
        facts: Vec<Fact>,
        /// Up to where.
        cursor: Option<Cursor>,
    },
    /// The version of the pack in force.
    Pack(Digest),
    /// This device was given to somebody, as the township confirmed just now. Where a later
    /// confirmation is kept already, somebody has held this one back and it is to be passed over.
    Certified {
        /// What the township states.
        certificate: DeviceCertificate,
        /// The proof, to be kept as it is.
        signed: Signed<DeviceCertificate>,
    },
    /// This device is revoked, for ever: it is to drop its keys. There is nothing to take back.
    Revoked {
        /// What the township states.
        revocation: Revocation,
        /// The proof, to be kept as it is.
        signed: Signed<Revocation>,
    },
}
