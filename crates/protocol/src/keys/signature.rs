//! Whether somebody stated something.

use super::algorithms::{Algorithms, point};
use super::suite_1::Suite1;
use super::suite_2::Suite2;
use crate::key::PublicKey;
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
    let is_true = match by.suite() {
        Suite::One => is_by::<Suite1, T>(signed, by),
        Suite::Two => is_by::<Suite2, T>(signed, by),
    };
    if !is_true {
        return Err(NotVerified::Forged);
    }
    signed.claim().map_err(|_| NotVerified::Unreadable)
}

fn is_by<S: Algorithms, T: Statement>(signed: &Signed<T>, by: &PublicKey) -> bool {
    point::<S>(by).is_some_and(|by| S::verify(&by, &signed.signed_bytes(), signed.signature()))
}
