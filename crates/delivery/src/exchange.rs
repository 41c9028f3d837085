//! Taking the courier's steps, over HTTP (`docs/wire.md`).

use core::ops::Range;

use courier::{Answer, Failure, Outcome, Step};
use minicbor::bytes::ByteVec;
use protocol::sync::VERSION;
use protocol::{Digest, EnvelopeId, FileId, SyncAnswer, SyncRequest, decode, encode};
use vault::{Phone, VaultError};

use crate::network::{Ask, Network, Reply};
use crate::rounds::Rounds;

pub(crate) const CBOR: &str = "application/cbor";
const PIECE: &str = "application/offset+octet-stream";
const TUS: (&str, &str) = ("tus-resumable", "1.0.0");
const OFFSET: &str = "upload-offset";

/// What the vault has of what is to be sent of a file.
enum Readable {
    Bytes(Vec<u8>),
    /// Another tab has delivered it, and it is not kept any more.
    Delivered,
    Damaged,
}

impl<P: Phone, N: Network> Rounds<P, N> {
    /// Takes `step`. None where there is nothing to be done any more: another tab did it.
    pub(crate) async fn exchange(&self, step: &Step) -> Result<Option<Outcome>, VaultError> {
        match step {
            Step::Sync { envelopes, open, patience_ms } => {
                self.sync(envelopes, open, *patience_ms).await
            }
            Step::Ask { file, patience_ms } => {
                let ask = Ask {
                    method: "HEAD",
                    path: &path(*file),
                    headers: &[TUS],
                    body: None,
                    patience_ms: *patience_ms,
                };
                Ok(Some(self.file_outcome(&ask).await))
            }
            Step::Send { file, offset, length, patience_ms } => {
                self.send(*file, *offset, *length, *patience_ms).await
            }
            Step::Wait(_) | Step::Rest => Ok(None),
        }
    }

    async fn sync(
        &self,
        ids: &[EnvelopeId],
        open: &[EnvelopeId],
        patience_ms: u64,
    ) -> Result<Option<Outcome>, VaultError> {
        let device = &self.0.device;
        let mut envelopes = Vec::new();
        for (record, bytes) in device.outbox(ids).await? {
            if record.is_done() {
                return Ok(None);
            }
            match bytes {
                // Without the browser: there and back takes longer than so few bytes do.
                Some(bytes) if Digest::of(&bytes) == record.digest => {
                    envelopes.push(ByteVec::from(bytes));
                }
                _ => return Ok(Some(Outcome::LostEnvelope(record.envelope))),
            }
        }
        let Some(pack) = self.pack() else { return Ok(None) };
        let request = SyncRequest {
            version: VERSION,
            township: pack.township.clone(),
            device: device.key(),
            sent_at: device.phone().now(),
            cursor: self.with_courier(|courier| courier.cursor().cloned()).flatten(),
            envelopes,
            open: open.to_vec(),
        };
        let request = encode(&device.sign(&request).await?);
        let ask = Ask {
            method: "POST",
            path: "/api/sync",
            headers: &[("content-type", CBOR)],
            body: Some(&request),
            patience_ms,
        };
        let answer = match self.0.network.ask(&ask).await {
            Ok(Reply { status: 200, body, .. }) => decode::<SyncAnswer>(&body).ok(),
            Ok(reply) => return Ok(Some(Outcome::Failed(failure(reply.status)))),
            Err(_) => None,
        };
        // Something that is no answer is somebody's log-in page.
        let Some(answer) = answer else {
            return Ok(Some(Outcome::Failed(Failure::Unreachable)));
        };
        let (key, keys) = (device.key(), &pack.signing_keys);
        let answer = Answer::verify(answer, &key, keys, device.verifier()).await;
        Ok(Some(Outcome::Answer(answer)))
    }

    async fn send(
        &self,
        file: FileId,
        offset: u64,
        length: u64,
        patience_ms: u64,
    ) -> Result<Option<Outcome>, VaultError> {
        let piece = match self.read(file, offset..offset + length).await? {
            Readable::Bytes(piece) => piece,
            Readable::Delivered => return Ok(None),
            Readable::Damaged => return Ok(Some(Outcome::LostFile)),
        };
        let ask = Ask {
            method: "PATCH",
            path: &path(file),
            headers: &[TUS, ("content-type", PIECE), (OFFSET, &offset.to_string())],
            body: Some(&piece),
            patience_ms,
        };
        Ok(Some(self.file_outcome(&ask).await))
    }

    /// Bytes of a sealed file.
    async fn read(&self, id: FileId, range: Range<u64>) -> Result<Readable, VaultError> {
        let envelope = self.with_courier(|courier| courier.envelope_of(id)).flatten();
        let Some(envelope) = envelope else { return Ok(Readable::Delivered) };
        let device = &self.0.device;
        let record = device.delivery(envelope).await?;
        if record.is_delivered() {
            return Ok(Readable::Delivered);
        }
        let Some(file) = record.files.iter().find(|file| file.id == id) else {
            return Ok(Readable::Damaged);
        };
        match device.sealed_bytes(file, range).await {
            Ok(bytes) => Ok(Readable::Bytes(bytes)),
            // Another tab may have delivered it this very moment.
            Err(VaultError::Gone) if device.delivery(envelope).await?.is_delivered() => {
                Ok(Readable::Delivered)
            }
            Err(VaultError::Gone | VaultError::Damaged) => Ok(Readable::Damaged),
            Err(error) => Err(error),
        }
    }

    async fn file_outcome(&self, ask: &Ask<'_>) -> Outcome {
        let Ok(Reply { status, offset, .. }) = self.0.network.ask(ask).await else {
            return Outcome::Failed(Failure::Unreachable);
        };
        match (status, offset) {
            (200 | 204, Some(offset)) => Outcome::Offset(offset),
            (200 | 204, None) => Outcome::Failed(Failure::Unreachable),
            (404, _) => Outcome::UnknownFile,
            (409, _) => Outcome::OtherOffset,
            (460, _) => Outcome::Spoiled,
            (status, _) => Outcome::Failed(failure(status)),
        }
    }
}

fn path(file: FileId) -> String {
    format!("/api/files/{file}")
}

/// What a status says that is not an answer. Only the township's own codes tell anything about
/// what was sent; others are of somebody on the way.
fn failure(status: u16) -> Failure {
    match status {
        400 | 500 => Failure::Stumbled,
        413 => Failure::TooLarge,
        // 421 and 426: it answers, and nothing can be done until one of us is updated.
        421 | 426 | 429 | 503 | 507 => Failure::Busy,
        _ => Failure::Unreachable,
    }
}
