//! Sealing an envelope: HPKE's sender, of which the browser does the key agreement and the cipher,
//! and [`protocol::schedule`] what lies between.

use protocol::envelope::{INFO, PLAIN, ZLIB};
use protocol::key::SUITE_1;
use protocol::{Contents, Envelope, Order, PublicKey, encode, schedule};

use super::signing::SigningKey;
use super::subtle::{
    CryptoError, aes_key, algorithm, bytes, encrypt, half, import, on_curve, settle, subtle, usages,
};
use crate::device::compression;

/// Signs `order` with `author` and seals it to `recipient`.
///
/// # Errors
/// See [`CryptoError`].
pub async fn seal(
    order: &Order,
    author: &SigningKey,
    recipient: &PublicKey,
) -> Result<Envelope, CryptoError> {
    let contents = Contents { author: author.public(), order: author.sign(order).await? };
    let contents = encode(&contents);
    let plaintext = match compression::deflate(&contents).await {
        Some(packed) => [[ZLIB].as_slice(), &packed].concat(),
        None => [[PLAIN].as_slice(), &contents].concat(),
    };
    let (ephemeral, agreed) = agree(recipient).await?;
    let message = schedule::message_key(&agreed, &ephemeral, recipient, INFO);
    let mut envelope = Envelope {
        id: order.envelope,
        township: order.township.clone(),
        suite: SUITE_1,
        recipient: recipient.key_id(),
        encapsulated: ephemeral.0.to_vec(),
        sealed: Vec::new(),
    };
    let cipher = aes_key(&message.key).await?;
    envelope.sealed =
        encrypt(&cipher, &message.nonce, &envelope.associated_data(), &plaintext).await?;
    Ok(envelope)
}

/// A new key pair's public half, and what it agrees on with `recipient`.
async fn agree(recipient: &PublicKey) -> Result<(PublicKey, [u8; 32]), CryptoError> {
    let subtle = subtle()?;
    let theirs = import("raw", &recipient.0, &on_curve("ECDH"), &[]).await?;
    let pair =
        settle(subtle.generate_key_with_object(&on_curve("ECDH"), false, &usages(&["deriveBits"])))
            .await?;
    let ours = bytes(subtle.export_key("raw", &half(&pair, "publicKey")?)).await?;
    let ours = PublicKey(ours.try_into().map_err(|_| CryptoError::Failed)?);
    let how = algorithm("ECDH", &[("public", theirs.into())]);
    let agreed =
        bytes(subtle.derive_bits_with_object(&how, &half(&pair, "privateKey")?, 256)).await?;
    Ok((ours, agreed.try_into().map_err(|_| CryptoError::Failed)?))
}
