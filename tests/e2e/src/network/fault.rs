//! What goes wrong on the way.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use protocol::{Digest, Signed, SyncRequest};

use super::exchange::{Request, unpacked};

/// What is still to go wrong.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) lose_answers: u32,
    pub(super) alter_envelopes: bool,
    /// The SHA-256 of each envelope as it became.
    pub(super) altered: BTreeSet<String>,
    pub(super) hold_file_at: Option<usize>,
    pub(super) hold_requests_for: Option<&'static str>,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passage {
    /// It is carried, and its answer is.
    Carry,
    /// It is carried, its answer is lost.
    LoseAnswer,
    /// It waits before it is carried.
    Wait,
    /// It comes so many bytes far, stands still, and breaks.
    HoldAt(usize),
}

impl Faults {
    /// A request meets what is to go wrong with it.
    pub(super) fn meet(&mut self, request: &mut Request) -> Result<Passage> {
        if request.is_file()
            && let Some(bytes) = self.hold_file_at.take()
        {
            return Ok(Passage::HoldAt(bytes));
        }
        if self.hold_requests_for.is_some_and(|path| request.path().starts_with(path)) {
            return Ok(Passage::Wait);
        }
        let is_interfered_with = self.alter_envelopes || self.lose_answers > 0;
        if !request.is_sync() || !is_interfered_with {
            return Ok(Passage::Carry);
        }
        let delivery = Delivery::read(request)?;
        let Some(envelope) = delivery.first_envelope.clone() else { return Ok(Passage::Carry) };
        if self.alter_envelopes {
            self.altered.insert(alter(request, delivery, envelope)?);
        }
        Ok(if self.lose_answers > 0 { Passage::LoseAnswer } else { Passage::Carry })
    }
}

/// What a sync request holds.
struct Delivery {
    /// Its body, unpacked.
    plain: Vec<u8>,
    first_envelope: Option<Vec<u8>>,
}

impl Delivery {
    fn read(request: &Request) -> Result<Self> {
        let plain = unpacked(request)?;
        let signed: Signed<SyncRequest> = protocol::decode(&plain)?;
        let envelopes = signed.claim()?.envelopes;
        let first_envelope = envelopes.first().map(|envelope| envelope.to_vec());
        Ok(Self { plain, first_envelope })
    }
}

/// Changes one bit of the envelope; tells the digest of what it is now.
fn alter(request: &mut Request, delivery: Delivery, mut envelope: Vec<u8>) -> Result<String> {
    let mut plain = delivery.plain;
    let at = plain
        .windows(envelope.len())
        .position(|window| window == envelope)
        .context("an envelope is in the request as it is")?;
    // The last byte of an envelope belongs to what is sealed.
    let last = envelope.len() - 1;
    envelope[last] ^= 1;
    plain[at + last] = envelope[last];
    request.body = plain;
    request.remove_header("content-encoding");
    Ok(Digest::of(&envelope).to_string())
}
