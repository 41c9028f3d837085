//! The township's answer, with every proof in it verified.

use protocol::sync::{Cursor, MissingFile, Refusal};
use protocol::{
    Completion, DeviceCertificate, Digest, EnvelopeId, Fact, KeyId, PublicKey, Receipt, Revocation,
    Signature, Signed, Standing, Statement, SyncAnswer, Verdict,
};

use crate::together::together;

/// A statement that was verified to be the township's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verified<T> {
    statement: T,
    signed: Signed<T>,
}

/// A [`SyncAnswer`] in which every proof is verified; those that are not are left out.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(crate) verdicts: Vec<Answered>,
    pub(crate) deliveries: Vec<DeliveryAnswer>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) more: bool,
    pub(crate) pack: Digest,
    /// Seldom there, and large.
    pub(crate) standing: Option<Box<Stands>>,
}

/// What the township says of this device.
#[derive(Clone, Debug)]
pub(crate) enum Stands {
    /// It was given to somebody.
    Certified(Verified<DeviceCertificate>),
    /// It is lost, or was taken back.
    Revoked(Verified<Revocation>),
}

/// What became of one envelope.
#[derive(Clone, Debug)]
pub(crate) enum Answered {
    /// It is there.
    Received(Verified<Receipt>),
    /// It is not taken.
    Refused(Refusal),
    /// Something that says it is a receipt and cannot be verified: no answer at all.
    Unproven,
}

#[derive(Clone, Debug)]
pub(crate) struct DeliveryAnswer {
    pub(crate) envelope: EnvelopeId,
    pub(crate) missing: Vec<MissingFile>,
    pub(crate) completion: Option<Verified<Completion>>,
}

impl Answer {
    /// Verifies every proof in `answer`: signed by one of the township's `keys`, as far as
    /// `verify` (the browser's or `protocol::keys`') can tell. `device` is the one that asked.
    pub async fn verify(
        answer: SyncAnswer,
        device: &PublicKey,
        keys: &[PublicKey],
        verify: impl AsyncFn(&PublicKey, &[u8], &Signature) -> bool,
    ) -> Self {
        let verdict = async |verdict| match verdict {
            Verdict::Refused(refusal) => Answered::Refused(refusal),
            Verdict::Received(signed) => match check(signed, keys, &verify).await {
                Some(receipt) => Answered::Received(receipt),
                None => Answered::Unproven,
            },
        };
        let verdicts = together(answer.verdicts.into_iter().map(verdict)).await;
        let mut deliveries = Vec::new();
        for state in answer.deliveries {
            let completion = match state.completion {
                Some(signed) => check(signed, keys, &verify).await,
                None => None,
            };
            deliveries.push(DeliveryAnswer {
                envelope: state.envelope,
                missing: state.missing,
                completion,
            });
        }
        let standing = match answer.standing {
            Some(standing) => Stands::verify(standing, device, keys, &verify).await.map(Box::new),
            None => None,
        };
        Self {
            verdicts,
            deliveries,
            standing,
            facts: answer.facts,
            cursor: answer.cursor,
            more: answer.more,
            pack: answer.pack,
        }
    }
}

impl Stands {
    /// What is said of another device is nothing to this one.
    async fn verify(
        standing: Standing,
        device: &PublicKey,
        keys: &[PublicKey],
        verify: &impl AsyncFn(&PublicKey, &[u8], &Signature) -> bool,
    ) -> Option<Self> {
        match standing {
            Standing::Certified(signed) => check(signed, keys, verify)
                .await
                .filter(|found| found.statement.device == *device)
                .map(Self::Certified),
            Standing::Revoked(signed) => check(signed, keys, verify)
                .await
                .filter(|found| found.statement.device == device.device_id())
                .map(Self::Revoked),
        }
    }
}

/// What the township proved and somebody carried here (`docs/mailbag.md`), verified.
#[derive(Clone, Debug, Default)]
pub struct Proofs {
    pub(crate) receipts: Vec<Verified<Receipt>>,
    pub(crate) completions: Vec<Verified<Completion>>,
}

impl Proofs {
    /// Keeps those that one of the township's `keys` signed, as far as `verify` can tell.
    pub async fn verify(
        receipts: Vec<Signed<Receipt>>,
        completions: Vec<Signed<Completion>>,
        keys: &[PublicKey],
        verify: impl AsyncFn(&PublicKey, &[u8], &Signature) -> bool,
    ) -> Self {
        let mut proofs = Self::default();
        for signed in receipts {
            proofs.receipts.extend(check(signed, keys, &verify).await);
        }
        for signed in completions {
            proofs.completions.extend(check(signed, keys, &verify).await);
        }
        proofs
    }
}

/// A statement that names the key that signed it.
trait NamesItsKey: Statement {
    fn key(&self) -> KeyId;
}

impl NamesItsKey for Receipt {
    fn key(&self) -> KeyId {
        self.key
    }
}

impl NamesItsKey for Completion {
    fn key(&self) -> KeyId {
        self.key
    }
}

impl NamesItsKey for DeviceCertificate {
    fn key(&self) -> KeyId {
        self.key
    }
}

impl NamesItsKey for Revocation {
    fn key(&self) -> KeyId {
        self.key
    }
}

async fn check<T: NamesItsKey>(
    signed: Signed<T>,
    keys: &[PublicKey],
    verify: &impl AsyncFn(&PublicKey, &[u8], &Signature) -> bool,
) -> Option<Verified<T>> {
    let statement = signed.claim().ok()?;
    let key = keys.iter().find(|key| key.key_id() == statement.key())?;
    let is_true = verify(key, &signed.signed_bytes(), signed.signature()).await;
    is_true.then_some(Verified { statement, signed })
}

impl<T> Verified<T> {
    /// What is stated.
    pub(crate) fn statement(&self) -> &T {
        &self.statement
    }

    pub(crate) fn into_parts(self) -> (T, Signed<T>) {
        (self.statement, self.signed)
    }
}
