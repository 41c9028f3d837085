//! A township's keys in one suite.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::CryptoRng;
use super::algorithms::Algorithms;
use super::open::{NotOpened, Opened, open};
use super::pair::{SealingPair, SigningPair};
use super::township::NotKeys;
use crate::envelope::Envelope;
use crate::id::Township;
use crate::key::PublicKey;
use crate::recovery::{Entrusted, INFO, associated_data};
use crate::signed::{Signed, Statement};
use crate::suite::Suite;

/// The private keys of a township in suite `S`: to open what is sealed to it and to sign what it
/// states.
///
/// The first of each kind is in force; later ones are of former times and still open, and still
/// verify, what was made with them.
pub struct Keyring<S: Algorithms> {
    pub(super) sealing: Vec<SealingPair<S>>,
    pub(super) signing: Vec<SigningPair<S>>,
}

/// How a [`Keyring`] is written down.
#[derive(Encode, Decode)]
pub(super) struct Written {
    #[n(0)]
    pub(super) suite: Suite,
    #[n(1)]
    sealing: Vec<ByteArray<32>>,
    #[n(2)]
    signing: Vec<ByteArray<32>>,
}

impl<S: Algorithms> Keyring<S> {
    /// New ones.
    pub fn generate(random: &mut impl CryptoRng) -> Self {
        Self {
            sealing: vec![SealingPair::generate(random)],
            signing: vec![SigningPair::generate(random)],
        }
    }

    pub(super) fn written(&self) -> Written {
        Written {
            suite: S::SUITE,
            sealing: self.sealing.iter().map(|pair| pair.to_bytes().into()).collect(),
            signing: self.signing.iter().map(|pair| pair.to_bytes().into()).collect(),
        }
    }

    /// Reads what [`Keyring::written`] gave, for this very suite.
    pub(super) fn read(written: &Written) -> Result<Self, NotKeys> {
        let sealing = written.sealing.iter().map(|key| SealingPair::from_bytes(key));
        let signing = written.signing.iter().map(|key| SigningPair::from_bytes(key));
        let sealing: Vec<_> = sealing.collect::<Option<_>>().ok_or(NotKeys)?;
        let signing: Vec<_> = signing.collect::<Option<_>>().ok_or(NotKeys)?;
        if written.suite != S::SUITE || sealing.is_empty() || signing.is_empty() {
            return Err(NotKeys);
        }
        Ok(Self { sealing, signing })
    }

    /// The public key that envelopes are now to be sealed to.
    pub fn sealing_key(&self) -> PublicKey {
        self.sealing[0].public()
    }

    /// The public key that now verifies what is signed.
    pub fn signing_key(&self) -> PublicKey {
        self.signing[0].public()
    }

    /// The public keys that verify what was ever signed, the one in force first.
    pub fn signing_keys(&self) -> Vec<PublicKey> {
        self.signing.iter().map(SigningPair::public).collect()
    }

    /// Signs `statement` with the key in force, whose id a receipt or completion names.
    pub fn sign<T: Statement>(&self, statement: &T) -> Signed<T> {
        self.signing[0].sign(statement)
    }

    /// Opens `envelope` and verifies that what is in it is an order by its author for this very
    /// envelope and township, all of this suite.
    ///
    /// # Errors
    /// See [`NotOpened`].
    pub fn open(&self, envelope: &Envelope) -> Result<Opened, NotOpened> {
        if envelope.suite != S::SUITE.number() {
            return Err(NotOpened::Suite(envelope.suite));
        }
        let is_recipient = |pair: &&SealingPair<S>| pair.public().key_id() == envelope.recipient;
        let pair = self.sealing.iter().find(is_recipient).ok_or(NotOpened::Recipient)?;
        open::<S>(envelope, pair.opening_key())
    }

    /// The secret that `device` entrusted to `township`; none where it is not this one's to read, or
    /// was entrusted by another device or to another township.
    pub fn open_entrusted(
        &self,
        entrusted: &Entrusted,
        township: &Township,
        device: &PublicKey,
    ) -> Option<[u8; 32]> {
        let is_recipient = |pair: &&SealingPair<S>| pair.public().key_id() == entrusted.recipient;
        let pair = self.sealing.iter().find(is_recipient)?;
        let about = associated_data(township, device);
        let (encapsulated, sealed) = (&entrusted.encapsulated, &entrusted.sealed);
        S::open(pair.opening_key(), INFO, &about, encapsulated, sealed)?.try_into().ok()
    }
}
