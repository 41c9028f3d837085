//! Suite 1 of `docs/wire.md`, done by the browser (WebCrypto), with private keys that do not leave
//! it.

mod device;
mod keep;
mod signing;
mod subtle;

use protocol::{Digest, PublicKey, Signature, Suite};
use vault::{Crypto, CryptoError};
use web_sys::CryptoKey;

use self::signing::{SigningKey, Verifiers};
use self::subtle::{
    algorithm, bytes, gcm, half, import, import_public, on_curve, settle, subtle, usages,
};
use crate::{compression, random};

pub(crate) use device::device;

/// The browser's cryptography.
#[derive(Default)]
pub struct WebCrypto {
    verifiers: Verifiers,
}

impl Crypto for WebCrypto {
    type Cipher = CryptoKey;
    type Signer = SigningKey;

    async fn cipher(&self, key: &[u8; 32]) -> Result<CryptoKey, CryptoError> {
        import("raw", key, &algorithm("AES-GCM", &[]), &["encrypt", "decrypt"]).await
    }

    async fn encrypt(
        &self,
        cipher: &CryptoKey,
        nonce: &[u8; 12],
        associated: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        let how = gcm(nonce, associated);
        bytes(subtle()?.encrypt_with_object_and_u8_array(&how, cipher, plain)).await
    }

    async fn decrypt(
        &self,
        cipher: &CryptoKey,
        nonce: &[u8; 12],
        associated: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        let how = gcm(nonce, associated);
        let promise = subtle()?.decrypt_with_object_and_u8_array(&how, cipher, sealed);
        bytes(promise).await.map_err(|_| CryptoError::Damaged)
    }

    /// The browser is many times faster than WebAssembly.
    async fn digest(&self, data: &[u8]) -> Result<Digest, CryptoError> {
        let promise = subtle()?.digest_with_str_and_u8_array("SHA-256", data);
        let digest = bytes(promise).await?.try_into().map_err(|_| CryptoError::Failed)?;
        Ok(Digest(digest))
    }

    async fn agree(&self, recipient: &PublicKey) -> Result<(PublicKey, [u8; 32]), CryptoError> {
        let subtle = subtle()?;
        let theirs = import_public(recipient, "ECDH", &[]).await?;
        let may = usages(&["deriveBits"]);
        let pair = settle(subtle.generate_key_with_object(&on_curve("ECDH"), false, &may)).await?;
        let ours = bytes(subtle.export_key("raw", &half(&pair, "publicKey")?)).await?;
        let ours = ours.try_into().map_err(|_| CryptoError::Failed)?;
        let ours = PublicKey::new(Suite::One, ours);
        let how = algorithm("ECDH", &[("public", theirs.into())]);
        let private = half(&pair, "privateKey")?;
        let agreed = bytes(subtle.derive_bits_with_object(&how, &private, 256)).await?;
        Ok((ours, agreed.try_into().map_err(|_| CryptoError::Failed)?))
    }

    async fn verify(&self, by: &PublicKey, message: &[u8], signature: &Signature) -> bool {
        self.verifiers.verify(by, message, signature).await
    }

    async fn deflate(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        compression::deflate(bytes).await
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        random::bytes()
    }
}
