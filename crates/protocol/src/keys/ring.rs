//! A township's keys in whichever of its suites.

use super::keyring::Keyring;
use super::open::{NotOpened, Opened};
use super::suite_1::Suite1;
use super::suite_2::Suite2;
use crate::envelope::Envelope;
use crate::id::Township;
use crate::key::{KeyId, PublicKey};
use crate::pack::Succession;
use crate::recovery::Entrusted;
use crate::signed::{Signed, Statement};
use crate::suite::Suite;

/// A township's keys in one of its suites.
#[derive(Clone, Copy)]
pub enum Ring<'a> {
    /// In suite 1.
    One(&'a Keyring<Suite1>),
    /// In suite 2.
    Two(&'a Keyring<Suite2>),
}

/// The same of the keyring in either suite.
macro_rules! of {
    ($ring:expr, $keys:ident => $what:expr) => {
        match $ring {
            Ring::One($keys) => $what,
            Ring::Two($keys) => $what,
        }
    };
}

impl Ring<'_> {
    /// The suite.
    pub fn suite(self) -> Suite {
        self.sealing_key().suite()
    }

    /// See [`Keyring::sealing_key`].
    pub fn sealing_key(self) -> PublicKey {
        of!(self, keys => keys.sealing_key())
    }

    /// See [`Keyring::sealing_key_ids`].
    pub fn sealing_key_ids(self) -> Vec<KeyId> {
        of!(self, keys => keys.sealing_key_ids())
    }

    /// See [`Keyring::signing_key`].
    pub fn signing_key(self) -> PublicKey {
        of!(self, keys => keys.signing_key())
    }

    /// See [`Keyring::signing_keys`].
    pub fn signing_keys(self) -> Vec<PublicKey> {
        of!(self, keys => keys.signing_keys())
    }

    /// See [`Keyring::successions`].
    pub fn successions(self) -> Vec<Signed<Succession>> {
        of!(self, keys => keys.successions())
    }

    /// See [`Keyring::sign`].
    pub fn sign<T: Statement>(self, statement: &T) -> Signed<T> {
        of!(self, keys => keys.sign(statement))
    }

    /// See [`Keyring::open`].
    ///
    /// # Errors
    /// See [`NotOpened`].
    pub fn open(self, envelope: &Envelope) -> Result<Opened, NotOpened> {
        of!(self, keys => keys.open(envelope))
    }

    /// See [`Keyring::open_entrusted`].
    pub fn open_entrusted(
        self,
        entrusted: &Entrusted,
        township: &Township,
        device: &PublicKey,
    ) -> Option<[u8; 32]> {
        of!(self, keys => keys.open_entrusted(entrusted, township, device))
    }
}
