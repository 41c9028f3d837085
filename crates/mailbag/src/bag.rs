//! A mailbag as one file.

use core::ops::Range;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use protocol::file::{LONGEST, sealed_length};
use protocol::{Completion, Digest, FileId, Receipt, Signed, Township, decode, encode};

/// What every mailbag begins with.
const MAGIC: [u8; 8] = *b"XST bag\n";
/// The number of this format.
const VERSION: u16 = 1;
/// The magic, the length of the list, and its digest.
const HEAD: usize = MAGIC.len() + 4 + 32;
/// The longest list: of more than any phone ever has to deliver.
const LONGEST_LIST: usize = 64 * 1024 * 1024;

/// What is in a mailbag, but for the bytes of files, which follow it one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Mailbag {
    #[n(0)]
    version: u16,
    /// To whom, or from whom.
    #[n(1)]
    pub township: Township,
    /// What is to be delivered.
    #[n(2)]
    pub parcels: Vec<Parcel>,
    /// What the township proved of earlier ones.
    #[n(3)]
    pub proofs: Vec<Proof>,
}

/// An envelope and what is to be known to deliver its files.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Parcel {
    /// The encoded [`protocol::Envelope`].
    #[n(0)]
    pub envelope: ByteVec,
    /// [`protocol::file::manifest_digest`] of its files, which a completion must name.
    #[n(1)]
    pub manifest: Digest,
    /// Its files, in the manifest's order.
    #[n(2)]
    pub files: Vec<CarriedFile>,
}

/// A sealed file of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CarriedFile {
    /// The file.
    #[n(0)]
    pub id: FileId,
    /// Its sealed bytes.
    #[n(1)]
    pub length: u64,
    /// SHA-256 of them.
    #[n(2)]
    pub sealed_digest: Digest,
    /// Whether they are in the mailbag: one may carry envelopes alone.
    #[n(3)]
    pub is_inside: bool,
}

/// What the township signed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Proof {
    /// That an envelope arrived.
    #[n(0)]
    Received(#[n(0)] Signed<Receipt>),
    /// That its files did.
    #[n(1)]
    Completed(#[n(0)] Signed<Completion>),
}

/// Why bytes are no mailbag that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAMailbag {
    /// Something else altogether.
    #[error("this file is not a mailbag of Xiangshitong")]
    OtherFile,
    /// The list is not as it was written: a broken stick, or a copy that was cut short.
    #[error("the mailbag is damaged: copy it once more from the phone that made it")]
    Damaged,
    /// Of a version that this program does not know.
    #[error("the mailbag was made by a newer version of the app: update this one")]
    Newer,
}

/// The first bytes of a mailbag: they tell where its list ends.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    digest: Digest,
    list: usize,
}

impl Head {
    /// How many bytes of a file [`Head::read`] wants.
    pub const LENGTH: usize = HEAD;

    /// Reads the first bytes of a file; more may follow.
    ///
    /// # Errors
    /// See [`NotAMailbag`].
    pub fn read(bytes: &[u8]) -> Result<Self, NotAMailbag> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(NotAMailbag::OtherFile)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(NotAMailbag::Damaged)?;
        let (digest, _) = rest.split_first_chunk::<32>().ok_or(NotAMailbag::Damaged)?;
        let list = u32::from_be_bytes(*length) as usize;
        if list > LONGEST_LIST {
            return Err(NotAMailbag::Damaged);
        }
        Ok(Self { digest: Digest(*digest), list })
    }

    /// Where in the file the list stands.
    pub fn list(&self) -> Range<usize> {
        HEAD..HEAD + self.list
    }

    /// Reads the list.
    ///
    /// # Errors
    /// See [`NotAMailbag`].
    pub fn open(&self, list: &[u8]) -> Result<Mailbag, NotAMailbag> {
        if list.len() != self.list || Digest::of(list) != self.digest {
            return Err(NotAMailbag::Damaged);
        }
        // A newer list may have what this one cannot read at all.
        let mut decoder = minicbor::Decoder::new(list);
        match decoder.array().and_then(|_| decoder.u16()) {
            Ok(VERSION) => {}
            Ok(_) => return Err(NotAMailbag::Newer),
            Err(_) => return Err(NotAMailbag::Damaged),
        }
        let bag: Mailbag = decode(list).map_err(|_| NotAMailbag::Damaged)?;
        // All of them together have a sum: a list has no more files than bytes.
        let mut files = bag.parcels.iter().flat_map(|parcel| &parcel.files);
        match files.all(|file| file.length <= sealed_length(LONGEST)) {
            true => Ok(bag),
            false => Err(NotAMailbag::Damaged),
        }
    }
}

impl Mailbag {
    /// An empty one.
    pub fn of(township: Township) -> Self {
        Self { version: VERSION, township, parcels: Vec::new(), proofs: Vec::new() }
    }

    /// What the file begins with. The bytes of the [`CarriedFile`]s that are inside follow, in their
    /// order.
    pub fn head(&self) -> Vec<u8> {
        let list = encode(self);
        let length = u32::try_from(list.len()).unwrap_or(u32::MAX);
        [&MAGIC[..], &length.to_be_bytes(), &Digest::of(&list).0, &list].concat()
    }

    /// Where in the file the bytes of each file are that is inside; `head` is where they begin.
    pub fn places(&self, head: &Head) -> impl Iterator<Item = (CarriedFile, Range<u64>)> {
        let inside = self.parcels.iter().flat_map(|parcel| &parcel.files);
        let mut end = head.list().end as u64;
        inside.filter(|file| file.is_inside).map(move |file| {
            let start = end;
            end += file.length;
            (*file, start..end)
        })
    }
}
