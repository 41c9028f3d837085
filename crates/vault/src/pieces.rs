//! How sealed files lie on the disk: in pieces, so that no more than one is ever in memory.
//!
//! * Piece *n* of a file is the record `{file id}/{n}` of [`Place::Files`]: the SHA-256 of its bytes,
//!   and then [`Store::TOGETHER`] pieces of `docs/wire.md`, sealed. The digest tells a damaged disk
//!   without the key, which is with the person and not with who delivers.
//! * Before the first piece a mark is written, the record `unfinished/{file id}`, and it is removed in
//!   the transaction that says whose the file is. Whoever writes pieces looks each time whether the
//!   mark is their own, so that no file is ever kept of which a piece is missing; and holds the
//!   file's name ([`Phone::hold`]) meanwhile. A mark that nobody holds is of a phone that died.
//! * Before there were pieces, a file was one record, `{file id}`. Such a one is read whole.

use core::ops::Range;

use mailbag::CarriedFile;
use protocol::file::{PIECE, TAG, sealed_length};
use protocol::{Digest, FileId, ManifestEntry};

use crate::deliveries::DeliveryFile;
use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone, Store};
use crate::place::{Place, Write};

/// What the marks' keys begin with.
const UNFINISHED: &str = "unfinished/";
/// Bytes of a digest.
const DIGEST: usize = 32;

/// What is to be known of a sealed file to read it.
#[derive(Clone, Copy, Debug)]
pub struct KeptFile {
    id: FileId,
    /// Sealed bytes.
    length: u64,
    /// SHA-256 of them.
    pub(crate) sealed_digest: Digest,
}

impl From<&ManifestEntry> for KeptFile {
    fn from(entry: &ManifestEntry) -> Self {
        let ManifestEntry { id, length, sealed_digest, .. } = *entry;
        Self { id, length: sealed_length(length), sealed_digest }
    }
}

impl From<&DeliveryFile> for KeptFile {
    fn from(file: &DeliveryFile) -> Self {
        let DeliveryFile { id, length, sealed_digest, .. } = *file;
        Self { id, length, sealed_digest }
    }
}

impl From<&CarriedFile> for KeptFile {
    fn from(file: &CarriedFile) -> Self {
        let CarriedFile { id, length, sealed_digest, .. } = *file;
        Self { id, length, sealed_digest }
    }
}

impl KeptFile {
    /// In how many pieces it is kept.
    pub(crate) fn pieces<P: Phone>(&self) -> u64 {
        self.length.div_ceil(sealed_size::<P>()).max(1)
    }

    /// Where piece `number` stands in the sealed file.
    pub(crate) fn range<P: Phone>(&self, number: u64) -> Range<u64> {
        let start = number * sealed_size::<P>();
        start..self.length.min(start + sealed_size::<P>())
    }

    /// Whether any of it is here.
    pub(crate) async fn is_kept<P: Phone>(&self, phone: &P) -> Result<bool, VaultError> {
        Ok(!phone.store().keys(Place::Files, &self.id.to_string()).await?.is_empty())
    }

    /// Reads piece `number`, as it is delivered.
    ///
    /// # Errors
    /// [`VaultError::Gone`], [`VaultError::Damaged`] and others.
    pub(crate) async fn read<P: Phone>(
        &self,
        phone: &P,
        number: u64,
    ) -> Result<Vec<u8>, VaultError> {
        let reads = [(Place::Files, key(self.id, number)), (Place::Files, self.id.to_string())];
        let [piece, whole] = phone.store().read(&reads).await?.try_into().unwrap_or_default();
        let range = self.range::<P>(number);
        if let Some(record) = piece {
            let (digest, sealed) = record.split_at_checked(DIGEST).ok_or(VaultError::Damaged)?;
            let is_whole = sealed.len() as u64 == range.end - range.start
                && phone.crypto().digest(sealed).await?.0 == digest;
            return is_whole.then(|| sealed.to_vec()).ok_or(VaultError::Damaged);
        }
        let whole = whole.ok_or(VaultError::Gone)?;
        let is_whole = whole.len() as u64 == self.length
            && phone.crypto().digest(&whole).await? == self.sealed_digest;
        let piece = whole.get(range.start as usize..range.end as usize).filter(|_| is_whole);
        piece.map(<[u8]>::to_vec).ok_or(VaultError::Damaged)
    }
}

/// Bytes before sealing in every kept piece but the last.
pub(crate) fn plain_size<P: Phone>() -> u64 {
    P::Store::TOGETHER * PIECE
}

/// Sealed bytes in every kept piece but the last.
fn sealed_size<P: Phone>() -> u64 {
    P::Store::TOGETHER * (PIECE + TAG)
}

/// The change that removes a file, however it lies on the disk.
pub(crate) fn remove(id: FileId) -> Write {
    Write::delete_under(Place::Files, id)
}

/// A file whose pieces are being written. What came of it is cleared away at the next start if it is
/// never finished.
pub(crate) struct Unfinished<'a, P: Phone> {
    phone: &'a P,
    id: FileId,
    /// What the mark holds: whoever writes, writes another.
    token: [u8; 16],
    is_begun: bool,
    hold: Option<P::Hold>,
}

impl<'a, P: Phone> Unfinished<'a, P> {
    /// Begins with the file `id`, of which nothing is written yet.
    pub(crate) fn begin(phone: &'a P, id: FileId) -> Self {
        Self { phone, id, token: phone.crypto().random(), is_begun: false, hold: None }
    }

    /// As [`Unfinished::begin`], for an id that somebody else has made: what is left of an earlier
    /// attempt is cleared away first.
    pub(crate) async fn begin_again(phone: &'a P, id: FileId) -> Result<Self, VaultError> {
        let hold = phone.hold(&name(id)).await;
        if hold.is_some() {
            clear_if(phone, id, |_| true).await?;
        }
        Ok(Self { hold, ..Self::begin(phone, id) })
    }

    /// The change that keeps piece `number`.
    pub(crate) async fn piece(&self, number: u64, sealed: &[u8]) -> Result<Write, VaultError> {
        let digest = self.phone.crypto().digest(sealed).await?;
        Ok(Write::put(Place::Files, key(self.id, number), [&digest.0, sealed].concat()))
    }

    /// Keeps piece `number`, the first one first.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where such a file is here already, [`VaultError::Gone`] where what was
    /// written was cleared away, and others.
    pub(crate) async fn put(&mut self, number: u64, sealed: &[u8]) -> Result<(), VaultError> {
        let piece = self.piece(number, sealed).await?;
        let is_first = !self.is_begun;
        if is_first && self.hold.is_none() {
            self.hold = self.phone.hold(&name(self.id)).await;
        }
        // Also where it fails: it may have been done all the same.
        self.is_begun = true;
        let mark = mark(self.id);
        let here = [
            (Place::Files, mark.clone()),
            (Place::Files, key(self.id, 0)),
            (Place::Files, self.id.to_string()),
        ];
        let reads = if is_first { &here[..] } else { &here[..1] };
        let written = [piece, Write::put(Place::Files, mark, self.token.to_vec())];
        self.phone
            .store()
            .change(&[Place::Files], reads, &|read| match &read[..] {
                [Some(token), ..] if *token == self.token => Ok(written[..1].to_vec()),
                [None, None, None] => Ok(written.to_vec()),
                [None] => Err(VaultError::Gone),
                _ => Err(VaultError::Damaged),
            })
            .await
    }

    /// What says that it is not finished, and what it says: for a transaction that finishes it.
    pub(crate) fn mark(&self) -> (Place, String) {
        (Place::Files, mark(self.id))
    }

    /// Whether `mark`, as it was read, is this one's.
    pub(crate) fn owns(&self, mark: Option<&Vec<u8>>) -> bool {
        mark.is_some_and(|token| *token == self.token)
    }

    /// The change after which the file is finished.
    pub(crate) fn finished(&self) -> Write {
        Write::delete(Place::Files, mark(self.id))
    }

    /// Keeps the last piece, and with it `owner`, which says whose the file is: a record at a key that
    /// nobody else writes.
    ///
    /// # Errors
    /// [`VaultError::Gone`] where what was written was cleared away, and others.
    pub(crate) async fn finish(&self, last: Write, owner: Write) -> Result<(), VaultError> {
        if !self.is_begun {
            return self.phone.store().write(&[last, owner]).await;
        }
        let places = [Place::Files, owner.place()];
        let reads = [self.mark(), (owner.place(), owner.key().to_owned())];
        let writes = [last, owner, self.finished()];
        self.phone
            .store()
            .change(&places, &reads, &|read| match (self.owns(read[0].as_ref()), &read[1]) {
                (true, _) => Ok(writes.to_vec()),
                // It was done, and only the word of it was lost with the connection.
                (false, Some(_)) => Ok(Vec::new()),
                (false, None) => Err(VaultError::Gone),
            })
            .await
    }

    /// Clears away what was written, so that its room is free. What cannot be done now is done at
    /// the next start.
    pub(crate) async fn give_up(&self) {
        if self.is_begun {
            let _ = clear_if(self.phone, self.id, |token| *token == self.token).await;
        }
    }
}

impl<P: Phone> Device<P> {
    /// Bytes of a sealed file, as they are delivered.
    ///
    /// # Errors
    /// [`VaultError::Gone`] once it is delivered, [`VaultError::Damaged`] and others.
    pub async fn sealed_bytes(
        &self,
        file: impl Into<KeptFile>,
        range: Range<u64>,
    ) -> Result<Vec<u8>, VaultError> {
        let file: KeptFile = file.into();
        let mut bytes = Vec::with_capacity((range.end - range.start) as usize);
        let numbers = range.start / sealed_size::<P>()..range.end.div_ceil(sealed_size::<P>());
        for number in numbers {
            let own = file.range::<P>(number);
            let piece = file.read(self.phone(), number).await?;
            let start = range.start.max(own.start) - own.start;
            let end = range.end.min(own.end).saturating_sub(own.start);
            let wanted = piece.get(start as usize..end as usize);
            bytes.extend_from_slice(wanted.ok_or(VaultError::Damaged)?);
        }
        match bytes.len() as u64 == range.end - range.start {
            true => Ok(bytes),
            false => Err(VaultError::Damaged),
        }
    }

    /// Clears away pieces of files that were never finished because the app ended, and not those
    /// of files that are being written now, here or in another tab.
    ///
    /// # Errors
    /// See [`VaultError`]; nothing is lost but room.
    pub async fn clear_unfinished(&self) -> Result<(), VaultError> {
        for key in self.store().keys(Place::Files, UNFINISHED).await? {
            let Ok(id) = key[UNFINISHED.len()..].parse() else { continue };
            if let Some(_hold) = self.phone().hold(&name(id)).await {
                clear_if(self.phone(), id, |_| true).await?;
            }
        }
        Ok(())
    }
}

/// Removes a file that is not finished, where its mark is one that `may` be removed.
async fn clear_if<P: Phone>(
    phone: &P,
    id: FileId,
    may: impl Fn(&Vec<u8>) -> bool,
) -> Result<(), VaultError> {
    let here = (Place::Files, mark(id));
    let writes = [remove(id), Write::delete(Place::Files, mark(id))];
    phone
        .store()
        .change(&[Place::Files], &[here], &|read| {
            let is_unfinished = read[0].as_ref().is_some_and(&may);
            Ok(if is_unfinished { writes.to_vec() } else { Vec::new() })
        })
        .await
}

/// The longest file has no more pieces than four digits can name.
fn key(id: FileId, number: u64) -> String {
    format!("{id}/{number:04x}")
}

fn mark(id: FileId) -> String {
    format!("{UNFINISHED}{id}")
}

/// What a file is held by while it is written.
fn name(id: FileId) -> String {
    format!("xst file {id}")
}
