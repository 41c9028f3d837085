//! The device's key, and the township's word.

use protocol::{PublicKey, Signature, Signed, Statement, encode};
use wasm_bindgen::JsValue;
use web_sys::CryptoKey;

use super::keep::KeptKey;
use super::subtle::{
    CryptoError, algorithm, bytes, half, import, on_curve, settle, subtle, usages,
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
    pub(crate) async fn generate(as_bytes: bool) -> Result<(PublicKey, KeptKey), CryptoError> {
        let subtle = subtle()?;
        let may = usages(&["sign", "verify"]);
        let pair =
            settle(subtle.generate_key_with_object(&on_curve("ECDSA"), as_bytes, &may)).await?;
        let public = bytes(subtle.export_key("raw", &half(&pair, "publicKey")?)).await?;
        let public = PublicKey(public.try_into().map_err(|_| CryptoError::Failed)?);
        let private = half(&pair, "privateKey")?;
        if !as_bytes {
            return Ok((public, KeptKey::Object(private)));
        }
        Ok((public, KeptKey::Bytes(bytes(subtle.export_key("pkcs8", &private)).await?)))
    }

    /// Takes up what [`SigningKey::generate`] made.
    pub(crate) async fn from_kept(public: PublicKey, kept: &KeptKey) -> Result<Self, CryptoError> {
        let private = match kept {
            KeptKey::Object(key) => key.clone(),
            KeptKey::Bytes(key) => import("pkcs8", key, &on_curve("ECDSA"), &["sign"]).await?,
        };
        Ok(Self { private, public })
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// Signs `statement`.
    ///
    /// # Errors
    /// See [`CryptoError`].
    pub async fn sign<T: Statement>(&self, statement: &T) -> Result<Signed<T>, CryptoError> {
        let statement = encode(statement);
        let promise = subtle()?.sign_with_object_and_u8_array(
            &ecdsa(),
            &self.private,
            &Signed::<T>::message(&statement),
        );
        let signature = bytes(promise).await?.try_into().map_err(|_| CryptoError::Failed)?;
        Ok(Signed::new(statement, Signature(signature)))
    }
}

/// Whether `by` signed `message`.
pub async fn verify(by: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    let verified = async {
        let key = import("raw", &by.0, &on_curve("ECDSA"), &["verify"]).await?;
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

fn ecdsa() -> js_sys::Object {
    algorithm("ECDSA", &[("hash", JsValue::from_str("SHA-256"))])
}
