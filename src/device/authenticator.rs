//! The phone's own authenticator: a fingerprint, a face, or what else unlocks the phone. Of WebAuthn
//! (Level 3, section 10.1.4) only the `prf` extension matters here: a secret that the authenticator
//! gives to nobody but its owner, always the same for the same salt.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::named::{call, get, object, wait};
use super::random;
use crate::vault::Authenticator;

/// As long as somebody looks for the right finger.
const PATIENCE_MS: f64 = 60_000.0;
/// ES256 and RS256 (COSE): what is signed is not looked at, but something has to be chosen.
const ALGORITHMS: [f64; 2] = [-7.0, -257.0];

/// Why the authenticator gave no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoSecret {
    /// The person took too long, stopped it, or is not the phone's owner.
    NotNow,
    /// This browser, or what this phone has, gives no secrets.
    Unable,
}

/// Whether this phone may have an authenticator of its own. Whether it gives secrets only shows when it
/// is asked to.
pub(crate) async fn is_there() -> bool {
    let Ok(kind) = get(&js_sys::global(), "PublicKeyCredential") else { return false };
    let asked = wait(&kind, "isUserVerifyingPlatformAuthenticatorAvailable", &[]).await;
    kind.is_function() && asked.is_ok_and(|is_there| is_there.is_truthy())
}

/// Makes a credential on this phone for somebody who is called `name`, and gives its secret.
///
/// # Errors
/// See [`NoSecret`].
pub(crate) async fn make(name: &str) -> Result<(Authenticator, [u8; 32]), NoSecret> {
    let salt = random::bytes::<32>();
    let made = create(name, &salt).await.map_err(not_now)?;
    let credential = bytes(&get(&made, "rawId").map_err(unable)?);
    let prf = results(&made).ok_or(NoSecret::Unable)?;
    let authenticator = Authenticator { credential, salt };
    match secret(&prf) {
        Some(secret) => Ok((authenticator, secret)),
        // Some give it only when they are asked once more.
        None if get(&prf, "enabled").is_ok_and(|enabled| enabled.is_truthy()) => {
            let secret = ask(&authenticator).await?;
            Ok((authenticator, secret))
        }
        None => Err(NoSecret::Unable),
    }
}

/// The secret of a credential that was made here.
///
/// # Errors
/// See [`NoSecret`].
pub(crate) async fn ask(authenticator: &Authenticator) -> Result<[u8; 32], NoSecret> {
    let given = request(authenticator).await.map_err(not_now)?;
    results(&given).as_ref().and_then(secret).ok_or(NoSecret::Unable)
}

async fn create(name: &str, salt: &[u8; 32]) -> Result<JsValue, JsValue> {
    let algorithm = |number: f64| object(&[("type", "public-key".into()), ("alg", number.into())]);
    let algorithms: Array = ALGORITHMS.map(algorithm).into_iter().collect::<Result<_, _>>()?;
    let user = object(&[
        ("id", buffer(&random::bytes::<16>())),
        ("name", name.into()),
        ("displayName", name.into()),
    ])?;
    let which = object(&[
        ("authenticatorAttachment", "platform".into()),
        ("userVerification", "required".into()),
        ("residentKey", "preferred".into()),
    ])?;
    let wanted = object(&[
        ("challenge", buffer(&random::bytes::<32>())),
        ("rp", object(&[("name", name.into())])?),
        ("user", user),
        ("pubKeyCredParams", algorithms.into()),
        ("authenticatorSelection", which),
        ("timeout", PATIENCE_MS.into()),
        ("extensions", prf(salt)?),
    ])?;
    wait(&credentials()?, "create", &[object(&[("publicKey", wanted)])?]).await
}

async fn request(authenticator: &Authenticator) -> Result<JsValue, JsValue> {
    let own = object(&[
        ("type", "public-key".into()),
        ("id", buffer(&authenticator.credential)),
        ("transports", Array::of1(&"internal".into()).into()),
    ])?;
    let wanted = object(&[
        ("challenge", buffer(&random::bytes::<32>())),
        ("allowCredentials", Array::of1(&own).into()),
        ("userVerification", "required".into()),
        ("timeout", PATIENCE_MS.into()),
        ("extensions", prf(&authenticator.salt)?),
    ])?;
    wait(&credentials()?, "get", &[object(&[("publicKey", wanted)])?]).await
}

fn credentials() -> Result<JsValue, JsValue> {
    get(&get(&js_sys::global(), "navigator")?, "credentials")
}

fn prf(salt: &[u8; 32]) -> Result<JsValue, JsValue> {
    object(&[("prf", object(&[("eval", object(&[("first", buffer(salt))])?)])?)])
}

/// What a credential says of the extension.
fn results(credential: &JsValue) -> Option<JsValue> {
    let all = call(credential, "getClientExtensionResults", &[]).ok()?;
    get(&all, "prf").ok().filter(JsValue::is_object)
}

fn secret(prf: &JsValue) -> Option<[u8; 32]> {
    let results = get(prf, "results").ok().filter(JsValue::is_object)?;
    bytes(&get(&results, "first").ok()?).try_into().ok()
}

fn buffer(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn bytes(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}

/// Whatever it says, nobody can do more than try again, or type the PIN.
fn not_now(_: JsValue) -> NoSecret {
    NoSecret::NotNow
}

fn unable(_: JsValue) -> NoSecret {
    NoSecret::Unable
}
