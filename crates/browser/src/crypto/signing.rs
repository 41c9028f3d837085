//! The device's key, and the keys of others.

use std::cell::RefCell;

use protocol::{PublicKey, Signature, Suite};
use vault::{CryptoError, Signer};
use wasm_bindgen::JsValue;
use web_sys::CryptoKey;

use super::keep::KeptKey;
use super::subtle::{
    algorithm, bytes, half, import, import_public, on_curve, settle, subtle, usages,
};

/// The device's signing key; its private half stays in the browser.
#[derive(Clone)]
pub struct SigningKey {
    private: CryptoKey,
    public: PublicKey,
}

impl SigningKey {
    /// A new one, and how it is to be kept: as the browser's own object, or where the browser
    /// cannot keep those, as bytes.
    pub(super) async fn generate(as_bytes: bool) -> Result<(PublicKey, KeptKey), CryptoError> {
        let subtle = subtle()?;
        let may = usages(&["sign", "verify"]);
        let pair =
            settle(subtle.generate_key_with_object(&on_curve("ECDSA"), as_bytes, &may)).await?;
        let public = bytes(subtle.export_key("raw", &half(&pair, "publicKey")?)).await?;
        let public = public.try_into().map_err(|_| CryptoError::Failed)?;
        let public = PublicKey::new(Suite::One, public);
        let private = half(&pair, "privateKey")?;
        if !as_bytes {
            return Ok((public, KeptKey::Object(private)));
        }
        Ok((public, KeptKey::Bytes(bytes(subtle.export_key("pkcs8", &private)).await?)))
    }

    /// Takes up what [`SigningKey::generate`] made.
    pub(super) async fn from_kept(public: PublicKey, kept: &KeptKey) -> Result<Self, CryptoError> {
        let private = match kept {
            KeptKey::Object(key) => key.clone(),
            KeptKey::Bytes(key) => import("pkcs8", key, &on_curve("ECDSA"), &["sign"]).await?,
        };
        Ok(Self { private, public })
    }
}

impl Signer for SigningKey {
    fn public(&self) -> PublicKey {
        self.public
    }

    async fn sign(&self, message: &[u8]) -> Result<Signature, CryptoError> {
        let promise = subtle()?.sign_with_object_and_u8_array(&ecdsa(), &self.private, message);
        Ok(Signature(bytes(promise).await?.try_into().map_err(|_| CryptoError::Failed)?))
    }
}

/// Keys that verify, each taken up once: a township has few, and proves much with them.
#[derive(Default)]
pub(super) struct Verifiers(RefCell<Vec<(PublicKey, CryptoKey)>>);

/// More are of nobody that this phone knows.
const MOST: usize = 16;

impl Verifiers {
    /// Whether `by` signed `message`.
    pub(super) async fn verify(
        &self,
        by: &PublicKey,
        message: &[u8],
        signature: &Signature,
    ) -> bool {
        let verified = async {
            let key = self.key(by).await?;
            settle(subtle()?.verify_with_object_and_u8_array_and_u8_array(
                &ecdsa(),
                &key,
                &signature.0,
                message,
            ))
            .await
        };
        // A key that is none, or a browser that cannot: not verified.
        verified.await.is_ok_and(|verified| verified.is_truthy())
    }

    async fn key(&self, of: &PublicKey) -> Result<CryptoKey, CryptoError> {
        if let Some((_, key)) = self.0.borrow().iter().find(|(known, _)| known == of) {
            return Ok(key.clone());
        }
        let key = import_public(of, "ECDSA", &["verify"]).await?;
        let mut known = self.0.borrow_mut();
        known.truncate(MOST - 1);
        known.push((*of, key.clone()));
        Ok(key)
    }
}

fn ecdsa() -> js_sys::Object {
    algorithm("ECDSA", &[("hash", JsValue::from_str("SHA-256"))])
}
