//! The township as `docs/wire.md` has it, on a disk that may be full and a process that may die.

use std::collections::BTreeMap;

use protocol::pack::{PhonePack, Succession};
use protocol::sync::{Cursor, DeliveryState, MissingFile, RefusalReason};
use protocol::{
    CaseNumber, Completion, DeviceId, Digest, EnvelopeId, FileId, PublicKey, Receipt, Refusal,
    Revocation, ServerTime, Signature, Signed, Standing, Statement, Suite, SyncAnswer, Township,
    Verdict, encode,
};

use crate::phone::DEVICE;

/// An envelope as it travels: what the township would find in it.
#[derive(Clone)]
pub(crate) struct Sealed {
    pub(crate) id: EnvelopeId,
    pub(crate) digest: Digest,
    pub(crate) length: u64,
    pub(crate) manifest: Digest,
    pub(crate) files: Vec<(FileId, u64)>,
    pub(crate) nature: Nature,
    /// Another device's.
    pub(crate) is_carried: bool,
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
    /// How often the signing key was rotated.
    pub(crate) rotations: u8,
    /// Whether the phone that delivers is revoked.
    pub(crate) is_revoked: bool,
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
            pack: version(self.rotations),
            standing: self.is_revoked.then(|| Standing::Revoked(self.revocation(&DEVICE))),
        })
    }

    /// That a device is revoked.
    pub(crate) fn revocation(&self, device: &PublicKey) -> Signed<Revocation> {
        self.sign(&Revocation {
            township: Township("529999001000".into()),
            device: DeviceId(device.device_id().0),
            revoked_at: ServerTime(0),
            key: key(self.rotations).key_id(),
        })
    }

    /// The pack that is served now.
    pub(crate) fn pack(&self) -> Signed<PhonePack> {
        let keys = || (0..=self.rotations).rev();
        let succession = |place| {
            let succession = Succession { former: key(place).key_id(), next: key(place + 1) };
            signed(&succession, &key(place))
        };
        self.sign(&PhonePack {
            township: Township("529999001000".into()),
            name: "青禾镇".into(),
            version: version(self.rotations),
            sealing_key: key(0),
            signing_keys: keys().map(key).collect(),
            offices: Vec::new(),
            items: Vec::new(),
            certificates: None,
            roster: None,
            serial: u64::from(self.rotations),
            offline_days: 14,
            successions: keys().skip(1).map(succession).collect(),
        })
    }

    fn sign<T: Statement>(&self, statement: &T) -> Signed<T> {
        signed(statement, &key(self.rotations))
    }

    fn take(&mut self, seen: Seen) -> Verdict {
        let Sealed { id, digest, manifest, files, nature, is_carried, .. } = seen.sealed;
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
        if self.is_revoked && !is_carried {
            return refuse(RefusalReason::Revoked);
        }
        if nature == Nature::Unfit {
            return refuse(RefusalReason::Unfit);
        }
        if self.is_full {
            return refuse(RefusalReason::Later);
        }
        self.cases_made += 1;
        let receipt = self.sign(&Receipt {
            envelope: id,
            digest,
            township: Township("529999001000".into()),
            case: CaseNumber(format!("{:06}", self.cases_made)),
            received_at: ServerTime(0),
            key: key(self.rotations).key_id(),
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
            self.sign(&Completion {
                envelope,
                files: case.manifest,
                township: Township("529999001000".into()),
                completed_at: ServerTime(0),
                key: key(self.rotations).key_id(),
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

pub(crate) fn signed<T: Statement>(statement: &T, key: &PublicKey) -> Signed<T> {
    let bytes = encode(statement);
    let signature = signature(key, &Signed::<T>::message(&bytes));
    Signed::new(bytes, signature)
}

/// The township's signing key after so many rotations.
pub(crate) fn key(rotations: u8) -> PublicKey {
    PublicKey::new(Suite::One, [0x40 + rotations; 65])
}

fn version(rotations: u8) -> Digest {
    Digest::of(&[rotations])
}

/// A receipt that anybody could make.
pub(crate) fn forged_receipt(sealed: &Sealed) -> Signed<Receipt> {
    let receipt = Receipt {
        envelope: sealed.id,
        digest: sealed.digest,
        township: Township("529999001000".into()),
        case: CaseNumber("0".into()),
        received_at: ServerTime(0),
        key: key(0).key_id(),
    };
    Signed::new(encode(&receipt), Signature([0; 64]))
}

/// A revocation that anybody could make.
pub(crate) fn forged_revocation() -> Signed<Revocation> {
    let revocation = TownshipServer::default().revocation(&DEVICE).claim().unwrap();
    Signed::new(encode(&revocation), Signature([0; 64]))
}

/// A pack that anybody could make, to be believed in everything from then on.
pub(crate) fn forged_pack(known: &PhonePack) -> Signed<PhonePack> {
    let own = PublicKey::new(Suite::One, [0x66; 65]);
    let succession = Succession { former: known.signing_keys[0].key_id(), next: own };
    let pack = PhonePack {
        signing_keys: vec![own],
        serial: u64::MAX,
        successions: vec![signed(&succession, &own)],
        ..known.clone()
    };
    signed(&pack, &own)
}
