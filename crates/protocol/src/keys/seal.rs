//! Sealing an envelope: HPKE's sender.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeS, Serializable};

use super::CryptoRng;
use crate::encoding::encode;
use crate::envelope::{Contents, Envelope, INFO, Order, ZLIB};
use crate::key::{PublicKey, SUITE_1};

/// A public key that is no point of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the recipient's public key is not a point on P-256")]
pub struct NotAKey;

/// Seals `contents` into the envelope that `order` is made for.
pub(super) fn seal(
    contents: &Contents,
    order: &Order,
    recipient: &PublicKey,
    random: &mut impl CryptoRng,
) -> Result<Envelope, NotAKey> {
    let mut envelope = Envelope {
        id: order.envelope,
        township: order.township.clone(),
        suite: SUITE_1,
        recipient: recipient.key_id(),
        encapsulated: Vec::new(),
        sealed: Vec::new(),
    };
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&encode(contents), 6);
    let plaintext = [[ZLIB].as_slice(), &packed].concat();
    let key =
        <DhP256HkdfSha256 as Kem>::PublicKey::from_bytes(&recipient.0).map_err(|_| NotAKey)?;
    let (encapsulated, sealed) =
        hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &OpModeS::Base,
            &key,
            INFO,
            &plaintext,
            &envelope.associated_data(),
            random,
        )
        .map_err(|_| NotAKey)?;
    envelope.encapsulated = PublicKey(encapsulated.to_bytes().into()).compact().0.to_vec();
    envelope.sealed = sealed;
    Ok(envelope)
}
