//! A township's keys through the years: new ones come into force, former ones are kept.

use super::algorithms::Algorithms;
use super::pair::{SealingPair, SigningPair};
use super::{CryptoRng, Keyring};
use crate::key::KeyId;
use crate::pack::Succession;
use crate::signed::Signed;

impl<S: Algorithms> Keyring<S> {
    /// Brings a new sealing key into force. What was sealed to the former ones still opens.
    pub fn renew_sealing_key(&mut self, random: &mut impl CryptoRng) {
        self.sealing.insert(0, SealingPair::generate(random));
    }

    /// Brings a new signing key into force. What was signed with the former ones still verifies.
    pub fn renew_signing_key(&mut self, random: &mut impl CryptoRng) {
        self.signing.insert(0, SigningPair::generate(random));
    }

    /// The ids of the keys that envelopes may be sealed to, the one in force first.
    pub fn sealing_key_ids(&self) -> Vec<KeyId> {
        self.sealing.iter().map(|pair| pair.public().key_id()).collect()
    }

    /// Each signing key's word for the one that followed it, the newest first.
    pub fn successions(&self) -> Vec<Signed<Succession>> {
        let follows = |pair: &[SigningPair<S>]| {
            let (former, next) = (pair[1].public().key_id(), pair[0].public());
            pair[1].sign(&Succession { former, next })
        };
        self.signing.windows(2).map(follows).collect()
    }
}
