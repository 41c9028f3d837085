//! From bytes to an order that its author signed.

use protocol::keys::{NotOpened, TownshipKeys};
use protocol::sync::RefusalReason;
use protocol::{Command, DeviceId, Digest, Envelope, Submission, Township, decode};

use super::refusal::{self, Refused};

/// Bytes that came as an envelope.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(super) bytes: Vec<u8>,
    pub(super) digest: Digest,
    /// None where the bytes are no envelope.
    pub(super) envelope: Option<Envelope>,
}

/// A submission that is truly its author's, and whose answers nobody has looked at yet.
#[derive(Debug)]
pub(crate) struct Unjudged {
    pub(super) author: DeviceId,
    pub(super) submission: Submission,
}

impl Letter {
    pub(super) fn read(bytes: Vec<u8>) -> Self {
        let (digest, envelope) = (Digest::of(&bytes), decode(&bytes).ok());
        Self { bytes, digest, envelope }
    }
}

/// Opens a letter.
pub(super) fn open(
    letter: &Letter,
    township: &Township,
    keys: &TownshipKeys,
) -> Result<Unjudged, Refused> {
    let Some(envelope) = &letter.envelope else {
        return Err(Refused::of(letter, RefusalReason::Unopenable, refusal::UNREADABLE));
    };
    if envelope.township != *township {
        return Err(Refused::of(letter, RefusalReason::Elsewhere, refusal::ELSEWHERE));
    }
    let opened = keys.open(envelope).map_err(|error| {
        Refused::of(letter, error.reason(), words(error)).with_details(error.to_string())
    })?;
    let Command::Submit(submission) = opened.order.command;
    Ok(Unjudged { author: opened.author.device_id(), submission })
}

fn words(error: NotOpened) -> &'static str {
    match error {
        NotOpened::Recipient | NotOpened::Altered => refusal::UNOPENABLE,
        NotOpened::Suite(_) | NotOpened::Contents => refusal::UNKNOWN,
        NotOpened::Forged | NotOpened::Resealed => refusal::FORGED,
    }
}
