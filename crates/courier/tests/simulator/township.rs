//! The township as `docs/wire.md` has it, on a disk that may be full and a process that may die.

use std::collections::BTreeMap;

use protocol::sync::{Cursor, DeliveryState, MissingFile, RefusalReason};
use protocol::{
    CaseNumber, Completion, Digest, EnvelopeId, FileId, KeyId, PublicKey, Receipt, Refusal,
    ServerTime, Signature, Signed, Statement, Suite, SyncAnswer, Township, Verdict, encode,
};

pub(crate) const KEY: PublicKey = PublicKey::new(Suite::One, [4; 65]);

/// An envelope as it travels: what the township would find in it.
#[derive(Clone)]
pub(crate) struct Sealed {
    pub(crate) id: EnvelopeId,
    pub(crate) digest: Digest,
    pub(crate) length: u64,
    pub(crate) manifest: Digest,
    pub(crate) files: Vec<(FileId, u64)>,
    pub(crate) nature: Nature,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Nature {
    Good,
    /// Its answers do not fulfil the form.
    Unfit,
    /// The township stumbles over it.
    Poison,
}

/// What arrives for an envelope: it, and the digest of what was seen.
pub(crate) struct Seen {
    pub(crate) sealed: Sealed,
    pub(crate) digest: Digest,
}

#[derive(Default)]
pub(crate) struct TownshipServer {
    pub(crate) cases: BTreeMap<EnvelopeId, Case>,
    pub(crate) cases_made: usize,
    pub(crate) is_full: bool,
}

pub(crate) struct Case {
    receipt: Signed<Receipt>,
    manifest: Digest,
    pub(crate) files: Vec<StoredFile>,
}

pub(crate) struct StoredFile {
    id: FileId,
    pub(crate) length: u64,
    pub(crate) offset: u64,
    is_altered: bool,
}

/// An answer to a file's request.
pub(crate) enum FileAnswer {
    Offset(u64),
    OtherOffset,
    Spoiled,
    Unknown,
    Full,
}

impl TownshipServer {
    /// None where the process stumbles: then nothing of the request was kept.
    pub(crate) fn sync(&mut self, seen: Vec<Seen>, open: &[EnvelopeId]) -> Option<SyncAnswer> {
        if seen.iter().any(|each| each.sealed.nature == Nature::Poison) {
            return None;
        }
        let mut asked = open.to_vec();
        let mut verdicts = Vec::new();
        for each in seen {
            let (id, has_files) = (each.sealed.id, !each.sealed.files.is_empty());
            let verdict = self.take(each);
            let is_there = matches!(verdict, Verdict::Received(_));
            if is_there && has_files && !asked.contains(&id) {
                asked.push(id);
            }
            verdicts.push(verdict);
        }
        Some(SyncAnswer {
            now: ServerTime(0),
            verdicts,
            deliveries: asked.iter().filter_map(|id| self.state(*id)).collect(),
            facts: Vec::new(),
            cursor: Some(Cursor(vec![self.cases_made as u8])),
            more: false,
            pack: Digest([1; 32]),
        })
    }

    fn take(&mut self, seen: Seen) -> Verdict {
        let Sealed { id, digest, manifest, files, nature, .. } = seen.sealed;
        if let Some(case) = self.cases.get(&id) {
            return Verdict::Received(case.receipt.clone());
        }
        let refuse = |reason| {
            let words = "退回".to_owned();
            Verdict::Refused(Refusal { envelope: Some(id), seen: seen.digest, reason, words })
        };
        if seen.digest != digest {
            return refuse(RefusalReason::Unopenable);
        }
        if nature == Nature::Unfit {
            return refuse(RefusalReason::Unfit);
        }
        if self.is_full {
            return refuse(RefusalReason::Later);
        }
        self.cases_made += 1;
        let receipt = signed(&Receipt {
            envelope: id,
            digest,
            township: Township("529999001000".into()),
            case: CaseNumber(format!("{:06}", self.cases_made)),
            received_at: ServerTime(0),
            key: KEY.key_id(),
        });
        let file = |(id, length)| StoredFile { id, length, offset: 0, is_altered: false };
        let files = files.into_iter().map(file).collect();
        self.cases.insert(id, Case { receipt: receipt.clone(), manifest, files });
        Verdict::Received(receipt)
    }

    fn state(&self, envelope: EnvelopeId) -> Option<DeliveryState> {
        let case = self.cases.get(&envelope)?;
        let missing: Vec<_> = case
            .files
            .iter()
            .filter(|file| file.offset < file.length)
            .map(|file| MissingFile { file: file.id, offset: file.offset })
            .collect();
        let completion = missing.is_empty().then(|| {
            signed(&Completion {
                envelope,
                files: case.manifest,
                township: Township("529999001000".into()),
                completed_at: ServerTime(0),
                key: KEY.key_id(),
            })
        });
        Some(DeliveryState { envelope, missing, completion })
    }

    fn file(&mut self, id: FileId) -> Option<&mut StoredFile> {
        self.cases.values_mut().flat_map(|case| &mut case.files).find(|file| file.id == id)
    }

    /// Throws away what came of files that are not whole, as it may after a long time.
    pub(crate) fn throw_away_unfinished(&mut self) {
        let files = self.cases.values_mut().flat_map(|case| &mut case.files);
        for file in files.filter(|file| file.offset < file.length) {
            (file.offset, file.is_altered) = (0, false);
        }
    }

    pub(crate) fn ask(&mut self, id: FileId) -> FileAnswer {
        self.file(id).map_or(FileAnswer::Unknown, |file| FileAnswer::Offset(file.offset))
    }

    /// `arrived` of the bytes came before the connection or the process ended.
    pub(crate) fn append(
        &mut self,
        id: FileId,
        offset: u64,
        arrived: u64,
        is_altered: bool,
    ) -> FileAnswer {
        if self.is_full {
            return FileAnswer::Full;
        }
        let Some(file) = self.file(id) else { return FileAnswer::Unknown };
        if file.offset != offset {
            return FileAnswer::OtherOffset;
        }
        file.offset += arrived;
        file.is_altered |= is_altered;
        assert!(file.offset <= file.length, "more bytes than the file has");
        if file.offset == file.length && file.is_altered {
            (file.offset, file.is_altered) = (0, false);
            return FileAnswer::Spoiled;
        }
        FileAnswer::Offset(file.offset)
    }
}

/// Stands for ECDSA, which would take all the time that the schedules have.
pub(crate) fn signature(key: &PublicKey, message: &[u8]) -> Signature {
    let digest = Digest::of(&[key.point().as_slice(), message].concat()).0;
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&digest);
    Signature(signature)
}

fn signed<T: Statement>(statement: &T) -> Signed<T> {
    let bytes = encode(statement);
    let signature = signature(&KEY, &Signed::<T>::message(&bytes));
    Signed::new(bytes, signature)
}

/// A receipt that anybody could make.
pub(crate) fn forged(sealed: &Sealed) -> Signed<Receipt> {
    let receipt = Receipt {
        envelope: sealed.id,
        digest: sealed.digest,
        township: Township("529999001000".into()),
        case: CaseNumber("0".into()),
        received_at: ServerTime(0),
        key: KeyId(KEY.key_id().0),
    };
    Signed::new(encode(&receipt), Signature([0; 64]))
}
