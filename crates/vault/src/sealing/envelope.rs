//! Sealing to a township: HPKE's sender, of which the phone does the key agreement and the cipher, and
//! [`protocol::schedule`] what lies between.

use protocol::envelope::INFO;
use protocol::{
    Contents, Entrusted, Envelope, Outside, Packing, PublicKey, Suite, Township, recovery, schedule,
};

use crate::error::CryptoError;
use crate::phone::Crypto;

/// Packs `contents` and seals them into the envelope that `outside` stands on.
///
/// # Errors
/// See [`CryptoError`].
pub async fn seal<C: Crypto>(
    crypto: &C,
    contents: Contents,
    outside: Outside,
    recipient: &PublicKey,
) -> Result<Envelope, CryptoError> {
    let packed = match crypto.deflate(&contents.order).await {
        Some(order) => Contents { packing: Packing::Deflate, order, ..contents },
        None => contents,
    };
    let about = outside.associated_data();
    let Sent { encapsulated, sealed } =
        send(crypto, recipient, INFO, &about, &packed.to_bytes()).await?;
    Ok(outside.around(encapsulated, sealed))
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
