//! Mailbags that somebody brings in on a phone or a stick. Each envelope is judged, and each file
//! received, as if it had come over the network; what is proven of them goes back in a mailbag.

use std::io::{self, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

use axum::body::Body;
use mailbag::{CarriedFile, Head, Mailbag, NotAMailbag, Proof};
use protocol::sync::Refusal;
use protocol::{EnvelopeId, Verdict};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

use crate::files::NotReceived;
use crate::server::Server;
use crate::storage::StorageError;
use crate::{delivery, files, intake};

/// So many envelopes are judged at once.
const ENVELOPES: usize = 64;
/// So many bytes of a file are read at once.
const STEP: u64 = 512 * 1024;

/// Why a mailbag was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum NotTakenIn {
    /// It cannot be read.
    #[error(transparent)]
    NotAMailbag(#[from] NotAMailbag),
    /// It is for another township.
    #[error("the mailbag is for the township {0}")]
    Elsewhere(String),
    /// The file that it is cannot be read.
    #[error("the file cannot be read: {0}")]
    File(#[from] io::Error),
    /// What was in it cannot be kept now.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What became of a mailbag.
#[derive(Debug)]
pub struct Brought {
    /// What is to go back with whoever brought it.
    pub back: Mailbag,
    /// Envelopes that are there, now or since an earlier time.
    pub arrived: usize,
    /// Envelopes that were not taken, and why.
    pub refused: Vec<Refusal>,
    /// Files in it that could not be taken: cut short, or not what their envelope says.
    pub damaged: usize,
}

impl Server {
    /// Takes in a mailbag. Taking it in again changes nothing.
    ///
    /// # Errors
    /// See [`NotTakenIn`]; what was taken in before stays.
    pub async fn take_in_mailbag(self: &Arc<Self>, mut file: File) -> Result<Brought, NotTakenIn> {
        let (head, bag) = open(&mut file).await?;
        if bag.township != self.township {
            return Err(NotTakenIn::Elsewhere(bag.township.0));
        }
        let mut brought = Brought {
            back: Mailbag::of(self.township.clone()),
            arrived: 0,
            refused: Vec::new(),
            damaged: 0,
        };
        let arrived = self.take_in_envelopes(&bag, &mut brought).await?;
        for (carried, place) in bag.places(&head) {
            if !self.take_in_file(&mut file, &carried, place).await? {
                brought.damaged += 1;
            }
        }
        let mut db = self.storage.read().await?;
        for envelope in arrived {
            let state = delivery::state(&mut *db, self, envelope).await?;
            let completion = state.and_then(|state| state.completion);
            brought.back.proofs.extend(completion.map(Proof::Completed));
        }
        Ok(brought)
    }

    async fn take_in_envelopes(
        self: &Arc<Self>,
        bag: &Mailbag,
        brought: &mut Brought,
    ) -> Result<Vec<EnvelopeId>, NotTakenIn> {
        let mut arrived = Vec::new();
        for some in bag.parcels.chunks(ENVELOPES) {
            let envelopes = some.iter().map(|parcel| parcel.envelope.to_vec()).collect();
            for verdict in intake::receive(self, envelopes).await {
                match verdict {
                    Verdict::Received(receipt) => {
                        let unreadable = |_| StorageError::Unreadable("envelope");
                        arrived.push(receipt.claim().map_err(unreadable)?.envelope);
                        brought.arrived += 1;
                        brought.back.proofs.push(Proof::Received(receipt));
                    }
                    Verdict::Refused(refusal) => brought.refused.push(refusal),
                }
            }
        }
        Ok(arrived)
    }

    /// Whether the file is there now, or belongs to an envelope that is not.
    async fn take_in_file(
        self: &Arc<Self>,
        bag: &mut File,
        carried: &CarriedFile,
        place: Range<u64>,
    ) -> Result<bool, NotTakenIn> {
        let known = match files::find(self, carried.id).await {
            Ok(known) => known,
            Err(NotReceived::Storage(error)) => return Err(error.into()),
            Err(_) => return Ok(true),
        };
        if known.whole_at.is_some() {
            return Ok(true);
        }
        let length = place.end - place.start;
        let mut at = known.received;
        while known.length == length && at < length {
            let end = length.min(at + STEP);
            let Some(bytes) = piece(bag, place.start + at, end - at).await? else {
                return Ok(false);
            };
            let piece = tus::Piece { offset: at, checksum: None };
            let body = Body::from(bytes);
            at = match files::receive(Arc::clone(self), carried.id, piece, body).await {
                Ok(file) => file.received,
                // The phone itself has found a network meanwhile.
                Err(NotReceived::Elsewhere(now)) if now != at => now,
                Err(NotReceived::Storage(error)) => return Err(error.into()),
                Err(_) => return Ok(false),
            };
        }
        Ok(known.length == length)
    }
}

async fn open(file: &mut File) -> Result<(Head, Mailbag), NotTakenIn> {
    let first = piece(file, 0, Head::LENGTH as u64).await?;
    let head = Head::read(&first.ok_or(NotAMailbag::OtherFile)?)?;
    let list = head.list();
    let list = piece(file, list.start as u64, list.len() as u64).await?;
    let bag = head.open(&list.ok_or(NotAMailbag::Damaged)?)?;
    Ok((head, bag))
}

/// Bytes of a file; none where it ends before.
async fn piece(file: &mut File, from: u64, length: u64) -> io::Result<Option<Vec<u8>>> {
    file.seek(SeekFrom::Start(from)).await?;
    let mut bytes = Vec::new();
    let read = (&mut *file).take(length).read_to_end(&mut bytes).await?;
    Ok((read as u64 == length).then_some(bytes))
}
