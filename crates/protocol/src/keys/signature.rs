//! ECDSA on P-256 with SHA-256.

use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{SigningKey, VerifyingKey};
use p256::elliptic_curve::sec1::ToSec1Point;

use crate::encoding::encode;
use crate::key::{CompactKey, PublicKey, Signature};
use crate::signed::{Signed, Statement};

/// Why a statement could not be taken for that of the holder of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotVerified {
    /// Somebody else signed, or something else was signed, or the key is no key.
    #[error("the signature is not one by this key over this statement")]
    Forged,
    /// Signed by the key, but of a version that this program cannot read.
    #[error("the statement is of a version that this program cannot read")]
    Unreadable,
}

/// What `by` stated.
///
/// # Errors
/// See [`NotVerified`].
pub fn verify<T: Statement>(signed: &Signed<T>, by: &PublicKey) -> Result<T, NotVerified> {
    let key = VerifyingKey::from_sec1_bytes(&by.0).map_err(|_| NotVerified::Forged)?;
    let signature = p256::ecdsa::Signature::from_slice(&signed.signature().0)
        .map_err(|_| NotVerified::Forged)?;
    key.verify(&signed.signed_bytes(), &signature).map_err(|_| NotVerified::Forged)?;
    signed.claim().map_err(|_| NotVerified::Unreadable)
}

pub(super) fn sign<T: Statement>(statement: &T, key: &SigningKey) -> Signed<T> {
    let statement = encode(statement);
    let signature: p256::ecdsa::Signature = key.sign(&Signed::<T>::message(&statement));
    Signed::new(statement, Signature(signature.to_bytes().into()))
}

/// The key that `compact` is; none where it is no point of the curve.
pub(super) fn expand(compact: &CompactKey) -> Option<PublicKey> {
    let key = p256::PublicKey::from_sec1_bytes(&compact.0).ok()?;
    let mut bytes = [0; 65];
    bytes.copy_from_slice(key.to_sec1_point(false).as_bytes());
    Some(PublicKey(bytes))
}

pub(super) fn public(key: &SigningKey) -> PublicKey {
    let mut bytes = [0; 65];
    bytes.copy_from_slice(key.verifying_key().to_sec1_point(false).as_bytes());
    PublicKey(bytes)
}
