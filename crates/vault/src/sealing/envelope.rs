//! Sealing an envelope: HPKE's sender, of which the phone does the key agreement and the cipher, and
//! [`protocol::schedule`] what lies between.

use protocol::envelope::{INFO, PLAIN, ZLIB};
use protocol::{Contents, Envelope, Order, PublicKey, Signed, Suite, encode, schedule};

use crate::error::CryptoError;
use crate::phone::Crypto;

/// Seals the `order` that `author` signed to `recipient`.
///
/// # Errors
/// See [`CryptoError`].
pub async fn seal<C: Crypto>(
    crypto: &C,
    order: &Order,
    signed: Signed<Order>,
    author: PublicKey,
    recipient: &PublicKey,
) -> Result<Envelope, CryptoError> {
    let contents = encode(&Contents { author: author.compact(), order: signed });
    let plaintext = match crypto.deflate(&contents).await {
        Some(packed) => [[ZLIB].as_slice(), &packed].concat(),
        None => [[PLAIN].as_slice(), &contents].concat(),
    };
    let (ephemeral, agreed) = crypto.agree(recipient).await?;
    let message = schedule::message_key(&agreed, &ephemeral, recipient, INFO);
    let mut envelope = Envelope {
        id: order.envelope,
        township: order.township.clone(),
        suite: Suite::One.number(),
        recipient: recipient.key_id(),
        encapsulated: ephemeral.compact().0.to_vec(),
        sealed: Vec::new(),
    };
    let cipher = crypto.cipher(&message.key).await?;
    let associated = envelope.associated_data();
    envelope.sealed = crypto.encrypt(&cipher, &message.nonce, &associated, &plaintext).await?;
    Ok(envelope)
}
