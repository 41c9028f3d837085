//! A township's keys.

use minicbor::{Decode, Encode};

use super::CryptoRng;
use super::keyring::{Keyring, Written as WrittenRing};
use super::open::{NotOpened, Opened};
use super::ring::Ring;
use super::suite_1::Suite1;
use super::suite_2::Suite2;
use crate::encoding::{decode, encode};
use crate::envelope::Envelope;
use crate::id::Township;
use crate::key::PublicKey;
use crate::recovery::Entrusted;
use crate::suite::{Suite, UnknownSuite};

/// The private keys of a township, a [`Keyring`] for each suite that it has; there is at least one.
pub struct TownshipKeys {
    one: Option<Keyring<Suite1>>,
    two: Option<Keyring<Suite2>>,
}

/// How [`TownshipKeys`] are written down.
#[derive(Encode, Decode)]
struct Written {
    #[n(0)]
    format: u16,
    #[n(1)]
    rings: Vec<WrittenRing>,
}

const FORMAT: u16 = 2;

/// Bytes that are not a township's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a township's keys: restore the key file from its backup")]
pub struct NotKeys;

impl TownshipKeys {
    /// New ones, in one suite.
    pub fn generate(suite: Suite, random: &mut impl CryptoRng) -> Self {
        let mut keys = Self { one: None, two: None };
        keys.add(suite, random);
        keys
    }

    /// Makes keys for a suite that there are none for yet.
    pub fn add(&mut self, suite: Suite, random: &mut impl CryptoRng) {
        match suite {
            Suite::One if self.one.is_none() => self.one = Some(Keyring::generate(random)),
            Suite::Two if self.two.is_none() => self.two = Some(Keyring::generate(random)),
            Suite::One | Suite::Two => {}
        }
    }

    /// The keys in a suite; none where the township does not have it.
    pub fn ring(&self, suite: Suite) -> Option<Ring<'_>> {
        match suite {
            Suite::One => self.one.as_ref().map(Ring::One),
            Suite::Two => self.two.as_ref().map(Ring::Two),
        }
    }

    /// The keys in each suite that the township has.
    pub fn rings(&self) -> impl Iterator<Item = Ring<'_>> {
        Suite::ALL.into_iter().filter_map(|suite| self.ring(suite))
    }

    /// The keys in a suite, or in another where the township does not have it: to say something to
    /// somebody who may be able to verify it.
    pub fn ring_or_another(&self, suite: Suite) -> Ring<'_> {
        let ring = self.ring(suite).or_else(|| self.rings().next());
        ring.expect("there is at least one keyring")
    }

    /// The suites that the township has keys in.
    pub fn suites(&self) -> Vec<Suite> {
        self.rings().map(Ring::suite).collect()
    }

    /// See [`Keyring::renew_sealing_key`]. Nothing happens in a suite that the township does not have.
    pub fn renew_sealing_key(&mut self, suite: Suite, random: &mut impl CryptoRng) {
        match suite {
            Suite::One => self.one.iter_mut().for_each(|ring| ring.renew_sealing_key(random)),
            Suite::Two => self.two.iter_mut().for_each(|ring| ring.renew_sealing_key(random)),
        }
    }

    /// See [`Keyring::renew_signing_key`]. Nothing happens in a suite that the township does not have.
    pub fn renew_signing_key(&mut self, suite: Suite, random: &mut impl CryptoRng) {
        match suite {
            Suite::One => self.one.iter_mut().for_each(|ring| ring.renew_signing_key(random)),
            Suite::Two => self.two.iter_mut().for_each(|ring| ring.renew_signing_key(random)),
        }
    }

    /// The keys to keep: whoever has these bytes can read every application.
    pub fn to_bytes(&self) -> Vec<u8> {
        let one = self.one.iter().map(Keyring::written);
        let rings = one.chain(self.two.iter().map(Keyring::written)).collect();
        encode(&Written { format: FORMAT, rings })
    }

    /// Reads what [`TownshipKeys::to_bytes`] wrote.
    ///
    /// # Errors
    /// When `bytes` are not keys, there are none, or in a suite not at least one of each kind.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotKeys> {
        let Written { format, rings } = decode(bytes).map_err(|_| NotKeys)?;
        if format != FORMAT || rings.is_empty() {
            return Err(NotKeys);
        }
        let mut keys = Self { one: None, two: None };
        for ring in &rings {
            let was_there = match ring.suite {
                Suite::One => keys.one.replace(Keyring::read(ring)?).is_some(),
                Suite::Two => keys.two.replace(Keyring::read(ring)?).is_some(),
            };
            if was_there {
                return Err(NotKeys);
            }
        }
        Ok(keys)
    }

    /// Opens `envelope` with the keys of the suite that it names: see [`Keyring::open`].
    ///
    /// # Errors
    /// See [`NotOpened`].
    pub fn open(&self, envelope: &Envelope) -> Result<Opened, NotOpened> {
        let suite = Suite::try_from(envelope.suite);
        let suite = suite.map_err(|UnknownSuite(number)| NotOpened::Suite(number))?;
        self.ring(suite).ok_or(NotOpened::Suite(suite.number()))?.open(envelope)
    }

    /// The secret that `device` entrusted to `township`: see [`Keyring::open_entrusted`].
    pub fn open_entrusted(
        &self,
        entrusted: &Entrusted,
        township: &Township,
        device: &PublicKey,
    ) -> Option<[u8; 32]> {
        let suite = Suite::try_from(entrusted.suite).ok()?;
        self.ring(suite)?.open_entrusted(entrusted, township, device)
    }
}

impl core::fmt::Debug for TownshipKeys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "TownshipKeys({:?})", self.suites())
    }
}
