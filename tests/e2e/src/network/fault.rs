//! What goes wrong on the way.

use std::io::Read;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use protocol::{Signed, SyncRequest};

use super::exchange::Request;

/// What is still to go wrong.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) lose_answers: u32,
    pub(super) alter_envelopes: bool,
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
        if !request.is_sync() {
            return Ok(Passage::Carry);
        }
        if self.alter_envelopes {
            alter(request)?;
        }
        Ok(if self.lose_answers > 0 { Passage::LoseAnswer } else { Passage::Carry })
    }
}

/// Changes one bit of the first envelope, if there is any.
fn alter(request: &mut Request) -> Result<()> {
    let mut plain = Vec::new();
    match request.header("content-encoding") {
        Some("gzip") => drop(GzDecoder::new(&request.body[..]).read_to_end(&mut plain)?),
        _ => plain.clone_from(&request.body),
    }
    let signed: Signed<SyncRequest> = protocol::decode(&plain)?;
    let envelopes = signed.claim()?.envelopes;
    let Some(envelope) = envelopes.first() else { return Ok(()) };
    let at = plain
        .windows(envelope.len())
        .position(|window| window == &envelope[..])
        .context("an envelope is in the request as it is")?;
    // The last byte of an envelope belongs to what is sealed.
    plain[at + envelope.len() - 1] ^= 1;
    request.body = plain;
    request.remove_header("content-encoding");
    Ok(())
}
