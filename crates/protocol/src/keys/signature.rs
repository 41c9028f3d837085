//! Whether somebody stated something.

use super::algorithms::{Algorithms, point};
use super::suite_1::Suite1;
use super::suite_2::Suite2;
use crate::key::{PublicKey, Signature};
use crate::signed::{Signed, Statement};
use crate::suite::Suite;

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

/// What `by` stated, in its own suite.
///
/// # Errors
/// See [`NotVerified`].
pub fn verify<T: Statement>(signed: &Signed<T>, by: &PublicKey) -> Result<T, NotVerified> {
    let (message, signature) = (signed.signed_bytes(), signed.signature());
    let is_true = match by.suite() {
        Suite::One => is_by::<Suite1>(&message, signature, by),
        Suite::Two => is_by::<Suite2>(&message, signature, by),
    };
    if !is_true {
        return Err(NotVerified::Forged);
    }
    signed.claim().map_err(|_| NotVerified::Unreadable)
}

/// Whether `signature` is one by this key, of suite `S`, over `message`.
pub(super) fn is_by<S: Algorithms>(message: &[u8], signature: &Signature, by: &PublicKey) -> bool {
    point::<S>(by).is_some_and(|by| S::verify(&by, message, signature))
}
