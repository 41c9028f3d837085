//! A township's keys.

use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, Serializable};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use p256::ecdsa::SigningKey;
use p256::elliptic_curve::Generate;

use super::CryptoRng;
use super::signature;
use crate::encoding::{decode, encode};
use crate::key::{KeyId, PublicKey};
use crate::signed::{Signed, Statement};

pub(super) type SealingKey = <DhP256HkdfSha256 as Kem>::PrivateKey;

/// The private keys of a township: to open what is sealed to it and to sign what it states.
///
/// The first of each kind is in force; later ones are of former times and still open, and still
/// verify, what was made with them.
pub struct TownshipKeys {
    sealing: Vec<SealingKey>,
    signing: Vec<SigningKey>,
}

/// How [`TownshipKeys`] are written down.
#[derive(Encode, Decode)]
struct Written {
    #[n(0)]
    format: u16,
    #[n(1)]
    sealing: Vec<ByteArray<32>>,
    #[n(2)]
    signing: Vec<ByteArray<32>>,
}

const FORMAT: u16 = 1;

/// Bytes that are not a township's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a township's keys: restore the key file from its backup")]
pub struct NotKeys;

impl TownshipKeys {
    /// New ones.
    pub fn generate(random: &mut impl CryptoRng) -> Self {
        let (sealing, _) = DhP256HkdfSha256::gen_keypair_with_rng(random);
        Self { sealing: vec![sealing], signing: vec![SigningKey::generate_from_rng(random)] }
    }

    /// The keys to keep: whoever has these bytes can read every application.
    pub fn to_bytes(&self) -> Vec<u8> {
        encode(&Written {
            format: FORMAT,
            sealing: self
                .sealing
                .iter()
                .map(|key| <[u8; 32]>::from(key.to_bytes()).into())
                .collect(),
            signing: self
                .signing
                .iter()
                .map(|key| <[u8; 32]>::from(key.to_bytes()).into())
                .collect(),
        })
    }

    /// Reads what [`TownshipKeys::to_bytes`] wrote.
    ///
    /// # Errors
    /// When `bytes` are not keys, or there is not at least one of each kind.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotKeys> {
        let written: Written = decode(bytes).map_err(|_| NotKeys)?;
        if written.format != FORMAT || written.sealing.is_empty() || written.signing.is_empty() {
            return Err(NotKeys);
        }
        let sealing = written.sealing.iter().map(|key| SealingKey::from_bytes(&key[..]));
        let signing = written.signing.iter().map(|key| SigningKey::from_slice(&key[..]));
        Ok(Self {
            sealing: sealing.collect::<Result<_, _>>().map_err(|_| NotKeys)?,
            signing: signing.collect::<Result<_, _>>().map_err(|_| NotKeys)?,
        })
    }

    /// The public key that envelopes are now to be sealed to.
    pub fn sealing_key(&self) -> PublicKey {
        public(&self.sealing[0])
    }

    /// The public key that now verifies what is signed.
    pub fn signing_key(&self) -> PublicKey {
        signature::public(&self.signing[0])
    }

    /// The public keys that verify what was ever signed, the one in force first.
    pub fn signing_keys(&self) -> Vec<PublicKey> {
        self.signing.iter().map(signature::public).collect()
    }

    /// Signs `statement` with the key in force, whose id a receipt or completion names.
    pub fn sign<T: Statement>(&self, statement: &T) -> Signed<T> {
        signature::sign(statement, &self.signing[0])
    }

    pub(super) fn sealing_key_called(&self, id: KeyId) -> Option<&SealingKey> {
        self.sealing.iter().find(|key| public(key).key_id() == id)
    }
}

impl core::fmt::Debug for TownshipKeys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "TownshipKeys({:?})", self.sealing_key().key_id())
    }
}

fn public(key: &SealingKey) -> PublicKey {
    PublicKey(DhP256HkdfSha256::sk_to_pk(key).to_bytes().into())
}
