//! Whether a pack that was fetched may take the place of the one that the phone has.
//!
//! The first pack ever is believed because HTTPS says whose it is; its own signature shows that it
//! came whole, and a phone that was given a damaged one is not stuck with it. From then on the phone
//! believes nobody but the holder of the newest signing key that it knows, and whoever that key named as
//! the next: neither a proxy nor the thief of a key that is no longer in force can hand it a pack.

use protocol::pack::PhonePack;
use protocol::{PublicKey, Signature, Signed, Statement};

/// Why a pack is not taken. The one that the phone has stays in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Not signed by the township that the phone knows, or altered.
    #[error("the pack is not signed by a key that follows from one that is known")]
    Unproven,
    /// Older than the one that is there, or that very one.
    #[error("the pack is no newer than the one that is there")]
    NotNewer,
}

/// The pack in `signed`, if the first of its own keys signed it.
///
/// # Errors
/// [`NotTaken::Unproven`].
pub async fn first_pack(
    signed: &Signed<PhonePack>,
    verify: impl AsyncFn(&PublicKey, &[u8], &Signature) -> bool,
) -> Result<PhonePack, NotTaken> {
    let pack = signed.claim().map_err(|_| NotTaken::Unproven)?;
    match pack.signing_keys.first() {
        Some(own) if is_by(signed, own, &verify).await => Ok(pack),
        _ => Err(NotTaken::Unproven),
    }
}

/// The pack in `signed`, if it may take the place of `known`, as far as `verify` (the browser's or
/// `protocol::keys`') can tell.
///
/// # Errors
/// See [`NotTaken`].
pub async fn newer_pack(
    signed: &Signed<PhonePack>,
    known: &PhonePack,
    verify: impl AsyncFn(&PublicKey, &[u8], &Signature) -> bool,
) -> Result<PhonePack, NotTaken> {
    let pack = signed.claim().map_err(|_| NotTaken::Unproven)?;
    let mut trusted = *known.signing_keys.first().ok_or(NotTaken::Unproven)?;
    // Oldest first: each leads to the one that was named after it.
    for succession in pack.successions.iter().rev() {
        let Ok(claim) = succession.claim() else { continue };
        if claim.former == trusted.key_id() && is_by(succession, &trusted, &verify).await {
            trusted = claim.next;
        }
    }
    if pack.township != known.township || !is_by(signed, &trusted, &verify).await {
        return Err(NotTaken::Unproven);
    }
    if pack.serial <= known.serial {
        return Err(NotTaken::NotNewer);
    }
    Ok(pack)
}

async fn is_by<T: Statement>(
    signed: &Signed<T>,
    key: &PublicKey,
    verify: &impl AsyncFn(&PublicKey, &[u8], &Signature) -> bool,
) -> bool {
    verify(key, &signed.signed_bytes(), signed.signature()).await
}
