//! One envelope on its way, with its files.

use protocol::sync::RefusalReason;
use protocol::{Digest, EnvelopeId, FileId};

use crate::retry::Retry;

/// One envelope on its way, the phone's own or carried for another.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The envelope.
    pub envelope: EnvelopeId,
    /// SHA-256 of its bytes, which a receipt must name.
    pub digest: Digest,
    /// How many bytes it has.
    pub length: u64,
    /// [`protocol::file::manifest_digest`] of its files, which a completion must name.
    pub manifest: Digest,
    /// Its files, in the manifest's order.
    pub files: Vec<FileDelivery>,
    /// How far it has come.
    pub stage: Stage,
    pub(crate) retry: Retry,
}

/// How far an envelope has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// No receipt yet.
    Waiting,
    /// Not taken so far; tried again later all the same.
    Refused(Refused),
    /// There is a receipt; files are under way.
    Arrived,
    /// Everything is there, and proven.
    Complete,
    /// The phone cannot read its own bytes any more; it is kept, and nothing can be sent.
    Lost,
}

/// How an envelope was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The kind of reason.
    pub reason: RefusalReason,
    /// The township saw other bytes than the phone sent: something on the way changed it.
    pub altered: bool,
    /// The township's words for the person.
    pub words: String,
}

/// One file of a delivery.
#[derive(Clone, Debug)]
pub struct FileDelivery {
    /// The file.
    pub id: FileId,
    /// Its sealed bytes.
    pub length: u64,
    /// How far it has come.
    pub stage: FileStage,
    pub(crate) retry: Retry,
}

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileStage {
    /// At least as far as this when last heard of; the township is to be asked.
    Unsure(u64),
    /// The township has the sealed bytes up to here.
    At(u64),
    /// The township has it all.
    Whole,
    /// The phone cannot read its own bytes any more; it is kept, and nothing can be sent.
    Lost,
}

impl Refused {
    /// Whether the township says that the device whose order it is was revoked.
    pub(crate) fn is_of_a_revoked_device(&self) -> bool {
        !self.altered && self.reason == RefusalReason::Revoked
    }
}

impl Delivery {
    /// A delivery with what was last written down of it. [`Stage::Arrived`] asks the township
    /// how far the files are.
    pub fn new(
        envelope: EnvelopeId,
        digest: Digest,
        length: u64,
        manifest: Digest,
        files: Vec<FileDelivery>,
        stage: Stage,
    ) -> Self {
        Self { envelope, digest, length, manifest, files, stage, retry: Retry::default() }
    }

    /// Whether the township is still to be given the envelope.
    pub(crate) fn waits(&self) -> bool {
        matches!(self.stage, Stage::Waiting | Stage::Refused(_))
    }

    /// Whether nothing is left to send but the proof of it is missing.
    pub(crate) fn lacks_only_its_completion(&self) -> bool {
        self.stage == Stage::Arrived && self.files.iter().all(|file| file.stage == FileStage::Whole)
    }

    /// Whether the phone cannot read all of it any more.
    pub(crate) fn is_lost(&self) -> bool {
        self.stage == Stage::Lost || self.files.iter().any(|file| file.stage == FileStage::Lost)
    }

    /// Sealed bytes of its files that are known to be there.
    pub fn bytes_there(&self) -> u64 {
        self.files.iter().map(FileDelivery::bytes_there).sum()
    }

    /// Sealed bytes of its files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.length).sum()
    }
}

impl FileDelivery {
    /// A file of `length` sealed bytes, of which `offset` are believed to be there.
    pub fn new(id: FileId, length: u64, offset: u64) -> Self {
        Self { id, length, stage: FileStage::Unsure(offset), retry: Retry::default() }
    }

    /// Sealed bytes that are known to be there.
    pub fn bytes_there(&self) -> u64 {
        match self.stage {
            FileStage::Unsure(offset) | FileStage::At(offset) => offset.min(self.length),
            FileStage::Whole => self.length,
            FileStage::Lost => 0,
        }
    }

    /// The township may or may not have more than it said last.
    pub(crate) fn doubt(&mut self) {
        self.stage = FileStage::Unsure(self.bytes_there());
    }
}
