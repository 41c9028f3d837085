//! Sealing an envelope.

use p256::elliptic_curve::PublicKey as Point;

use super::CryptoRng;
use super::algorithms::{Algorithms, point};
use crate::encoding::encode;
use crate::envelope::{Contents, Envelope, INFO, Order, ZLIB};
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

/// Seals `contents` into the envelope that `order` is made for.
pub(super) fn seal<S: Algorithms>(
    contents: &Contents,
    order: &Order,
    recipient: &Recipient<S>,
    random: &mut impl CryptoRng,
) -> Envelope {
    let envelope = Envelope {
        id: order.envelope,
        township: order.township.clone(),
        suite: S::SUITE.number(),
        recipient: recipient.id,
        encapsulated: Vec::new(),
        sealed: Vec::new(),
    };
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&encode(contents), 6);
    let plaintext = [[ZLIB].as_slice(), &packed].concat();
    let about = envelope.associated_data();
    let sealed = S::seal(&recipient.point, INFO, &about, &plaintext, random);
    Envelope { encapsulated: sealed.encapsulated, sealed: sealed.sealed, ..envelope }
}
