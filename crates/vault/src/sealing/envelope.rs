//! Sealing to a township: HPKE's sender, of which the phone does the key agreement and the cipher, and
//! [`protocol::schedule`] what lies between.

use protocol::envelope::{INFO, PLAIN, ZLIB};
use protocol::{
    Contents, Entrusted, Envelope, Order, PublicKey, Signed, Suite, Township, encode, recovery,
    schedule,
};

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
    let mut envelope = Envelope {
        id: order.envelope,
        township: order.township.clone(),
        suite: Suite::One.number(),
        recipient: recipient.key_id(),
        encapsulated: Vec::new(),
        sealed: Vec::new(),
    };
    let about = envelope.associated_data();
    let Sent { encapsulated, sealed } = send(crypto, recipient, INFO, &about, &plaintext).await?;
    envelope.encapsulated = encapsulated;
    envelope.sealed = sealed;
    Ok(envelope)
}

/// Seals the `secret` that `device` entrusts to `township` to that township's key.
pub(crate) async fn entrust<C: Crypto>(
    crypto: &C,
    secret: &[u8; 32],
    device: &PublicKey,
    township: &Township,
    recipient: &PublicKey,
) -> Result<Entrusted, CryptoError> {
    let about = recovery::associated_data(township, device);
    let Sent { encapsulated, sealed } =
        send(crypto, recipient, recovery::INFO, &about, secret).await?;
    let (suite, recipient) = (Suite::One.number(), recipient.key_id());
    Ok(Entrusted { suite, recipient, encapsulated, sealed })
}

/// One message, as HPKE sends it.
struct Sent {
    encapsulated: Vec<u8>,
    sealed: Vec<u8>,
}

async fn send<C: Crypto>(
    crypto: &C,
    recipient: &PublicKey,
    info: &[u8],
    about: &[u8],
    message: &[u8],
) -> Result<Sent, CryptoError> {
    let (ephemeral, agreed) = crypto.agree(recipient).await?;
    let key = schedule::message_key(&agreed, &ephemeral, recipient, info);
    let cipher = crypto.cipher(&key.key).await?;
    let sealed = crypto.encrypt(&cipher, &key.nonce, about, message).await?;
    Ok(Sent { encapsulated: ephemeral.compact().0.to_vec(), sealed })
}
