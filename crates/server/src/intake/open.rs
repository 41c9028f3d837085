//! From bytes to an order that its author signed.

use std::sync::atomic::{AtomicUsize, Ordering};

use protocol::envelope::MOST_ORDER;
use protocol::keys::{NotOpened, Opened};
use protocol::sync::RefusalReason;
use protocol::{Command, DeviceId, Digest, Envelope, EnvelopeId, Suite, Township, decode};

use super::refusal::{self, Objection};
use crate::keys::Keys;

/// Bytes that came as an envelope.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(super) bytes: Vec<u8>,
    /// By the suite that the bytes name, SHA-256 where they name none.
    pub(super) digest: Digest,
    /// None where the bytes are no envelope.
    pub(super) envelope: Option<Envelope>,
}

/// A command that is truly its author's, and that nobody has looked at yet.
#[derive(Debug)]
pub(crate) struct Unjudged {
    pub(super) envelope: EnvelopeId,
    pub(super) author: DeviceId,
    pub(super) suite: Suite,
    pub(super) command: Command,
}

impl Letter {
    pub(super) fn read(bytes: Vec<u8>) -> Self {
        let envelope = decode(&bytes).ok();
        let digest = Suite::of_letter(envelope.as_ref()).digest(&bytes);
        Self { bytes, digest, envelope }
    }
}

/// Opens a letter, where there is something left of what the letters of its request may come to,
/// unpacked. One that is not what it says is taken to have been as large as may be.
pub(super) fn open(
    letter: &Letter,
    township: &Township,
    keys: &Keys,
    left: &AtomicUsize,
) -> Result<Unjudged, Objection> {
    let Some(envelope) = &letter.envelope else {
        return Err(Objection::new(RefusalReason::Unopenable, refusal::UNREADABLE));
    };
    if envelope.township != *township {
        return Err(Objection::new(RefusalReason::Elsewhere, refusal::ELSEWHERE));
    }
    if left.load(Ordering::Relaxed) == 0 {
        return Err(Objection::later());
    }
    let opened = open_with(keys, envelope);
    let unpacked = opened.as_ref().map_or(MOST_ORDER, |opened| opened.unpacked);
    let _ = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
        Some(left.saturating_sub(unpacked))
    });
    let opened = opened.map_err(|error| {
        Objection::new(error.reason(), words(error)).with_details(details(error))
    })?;
    Ok(Unjudged {
        envelope: envelope.id,
        author: opened.author.device_id(),
        suite: opened.author.suite(),
        command: opened.order.command,
    })
}

/// Where no key is the recipient's, another process on the same data may have brought it into force
/// a moment ago.
fn open_with(keys: &Keys, envelope: &Envelope) -> Result<Opened, NotOpened> {
    match keys.in_force().open(envelope) {
        Err(NotOpened::Recipient | NotOpened::Suite(_)) if keys.reload().is_ok() => {
            keys.in_force().open(envelope)
        }
        opened => opened,
    }
}

fn words(error: NotOpened) -> &'static str {
    match error {
        NotOpened::Recipient | NotOpened::Altered => refusal::UNOPENABLE,
        NotOpened::Suite(_) | NotOpened::Contents | NotOpened::Mixed => refusal::UNKNOWN,
        NotOpened::Forged => refusal::FORGED,
    }
}

/// What helps the office to find out why.
fn details(error: NotOpened) -> &'static str {
    match error {
        NotOpened::Recipient => "封的不是这个镇的密钥",
        NotOpened::Suite(_) => "加密的办法这里不认识，或者没有它的密钥",
        NotOpened::Mixed => "照片或录音和信封用的不是同一种加密办法",
        NotOpened::Contents => "打开了，里面是别的版本的写法",
        NotOpened::Forged => "签名不是它的手机给这个信封签的",
        NotOpened::Altered => "",
    }
}
