//! Sealing an envelope.

use p256::elliptic_curve::PublicKey as Point;

use super::CryptoRng;
use super::algorithms::{Algorithms, point};
use crate::envelope::{Contents, Envelope, INFO, Outside, Packing};
use crate::key::{KeyId, PublicKey};

/// A township's key that envelopes of suite `S` are sealed to.
#[derive(Clone, Debug)]
pub struct Recipient<S: Algorithms> {
    pub(super) id: KeyId,
    pub(super) point: Point<S::Curve>,
}

/// A public key that nothing can be sealed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the recipient's public key is of another suite, or not a point on that suite's curve")]
pub struct NotAKey;

impl<S: Algorithms> TryFrom<&PublicKey> for Recipient<S> {
    type Error = NotAKey;

    fn try_from(key: &PublicKey) -> Result<Self, NotAKey> {
        Ok(Self { id: key.key_id(), point: point::<S>(key).ok_or(NotAKey)? })
    }
}

impl<S: Algorithms> Recipient<S> {
    /// Packs `contents` and seals them into the envelope that `outside` stands on: for whoever signs
    /// contents elsewhere than in a [`DeviceKey`](super::DeviceKey).
    pub fn seal(
        &self,
        contents: Contents,
        outside: Outside,
        random: &mut impl CryptoRng,
    ) -> Envelope {
        seal(contents, outside, self, random)
    }
}

/// Packs `contents` and seals them into the envelope that `outside` stands on.
pub(super) fn seal<S: Algorithms>(
    contents: Contents,
    outside: Outside,
    recipient: &Recipient<S>,
    random: &mut impl CryptoRng,
) -> Envelope {
    let order = miniz_oxide::deflate::compress_to_vec(&contents.order, 6);
    let packed = Contents { packing: Packing::Deflate, order, ..contents };
    let about = outside.associated_data();
    let sealed = S::seal(&recipient.point, INFO, &about, &packed.to_bytes(), random);
    outside.around(sealed.encapsulated, sealed.sealed)
}
