//! A provider to sign in by, small and honest unless a test says otherwise: OpenID Connect's discovery, keys and
//! token endpoint over HTTP. Whoever goes there is let in as whom the test says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use server::{Clock as _, ProviderSettings};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;

use crate::township::TestTownship;

const SECRET: &str = "a-secret-of-both";

/// The provider.
pub(crate) struct Provider {
    pub(crate) issuer: String,
    desk: Arc<Desk>,
}

struct Desk {
    issuer: String,
    key: SigningKey,
    grants: Mutex<HashMap<String, Grant>>,
}

/// What a code is good for, once.
struct Grant {
    challenge: String,
    token: String,
}

/// What the township asked of the provider when it sent somebody.
#[derive(Clone)]
pub(crate) struct Asked(HashMap<String, String>);

impl Asked {
    /// From the address that somebody is sent to.
    pub(crate) fn read(address: &str) -> Self {
        let query = address.split_once('?').unwrap().1;
        let pairs = reqwest::Url::parse(&format!("http://x/?{query}")).unwrap();
        Self(pairs.query_pairs().into_owned().collect())
    }

    pub(crate) fn of(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// How a word is signed.
pub(crate) enum Signed {
    Rightly,
    /// With a key that is not the provider's.
    ByAnother,
    /// Not at all, and says so.
    Not,
    /// With the secret that township and provider share, or anybody who has it.
    WithTheSecret,
    /// Rightly, and changed since.
    ThenChanged,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let desk = Arc::new(Desk {
            issuer: issuer.clone(),
            key: SigningKey::from_slice(&[7; 32]).unwrap(),
            grants: Mutex::default(),
        });
        let router = axum::Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&desk));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { issuer, desk }
    }

    /// What the township's file says of it.
    pub(crate) fn settings(&self, more: &str) -> ProviderSettings {
        let issuer = &self.issuer;
        let text = format!(
            "issuer = \"{issuer}\"\nclient_id = \"xst\"\nclient_secret = \"{SECRET}\"\nname = \"县统一认证\"\n{more}"
        );
        ProviderSettings::read(&text).unwrap()
    }

    /// What it says of somebody who was sent just now.
    pub(crate) fn claims(&self, township: &TestTownship, asked: &Asked, subject: &str) -> Value {
        let now = township.clock.now().0 / 1000;
        json!({
            "iss": self.issuer, "sub": subject, "aud": "xst", "iat": now, "exp": now + 300,
            "nonce": asked.of("nonce"),
        })
    }

    /// A code for a word.
    pub(crate) fn grants(&self, asked: &Asked, claims: &Value, signed: &Signed) -> String {
        let mut grants = self.desk.grants.lock().unwrap();
        let code = format!("code-{}", grants.len());
        let challenge = asked.of("code_challenge").to_owned();
        let token = self.word(claims, signed);
        grants.insert(code.clone(), Grant { challenge, token });
        code
    }

    fn word(&self, claims: &Value, signed: &Signed) -> String {
        let algorithm = match signed {
            Signed::Not => "none",
            Signed::WithTheSecret => "HS256",
            _ => "ES256",
        };
        let header = json!({ "alg": algorithm, "typ": "JWT", "kid": "one" });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&header), part(claims));
        let sign = |key: &SigningKey| -> Vec<u8> {
            let signature: Signature = key.sign(text.as_bytes());
            signature.to_bytes().to_vec()
        };
        let signature = match signed {
            Signed::Rightly | Signed::ThenChanged => sign(&self.desk.key),
            Signed::ByAnother => sign(&SigningKey::from_slice(&[8; 32]).unwrap()),
            Signed::Not => Vec::new(),
            Signed::WithTheSecret => {
                let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(SECRET.as_bytes()).unwrap();
                mac.update(text.as_bytes());
                mac.finalize().into_bytes().to_vec()
            }
        };
        let text = match signed {
            Signed::ThenChanged => {
                let mut claims = claims.clone();
                claims["sub"] = json!("somebody else");
                format!("{}.{}", part(&header), part(&claims))
            }
            _ => text.clone(),
        };
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn told(status: StatusCode, value: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

async fn about(State(desk): State<Arc<Desk>>) -> Response {
    let issuer = &desk.issuer;
    let value = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/go"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
    });
    told(StatusCode::OK, &value)
}

async fn keys(State(desk): State<Arc<Desk>>) -> Response {
    let point = desk.key.verifying_key().to_sec1_point(false);
    let point = point.as_bytes();
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let key = json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "kid": "one",
        "x": part(&point[1..33]), "y": part(&point[33..]),
    });
    told(StatusCode::OK, &json!({ "keys": [key] }))
}

/// Redeems a code once, for whom it was given (RFC 6749, section 4.1.3; RFC 7636, section 4.6).
async fn token(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    let own = format!("Basic {}", STANDARD.encode(format!("xst:{SECRET}")));
    assert_eq!(headers[AUTHORIZATION], own.as_str());
    assert_eq!(sent["grant_type"], "authorization_code");
    assert_eq!(sent["redirect_uri"], "http://township.test/console/provider/back");
    let grant = desk.grants.lock().unwrap().remove(&sent["code"]);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(sent["code_verifier"].as_bytes()));
    match grant.filter(|grant| grant.challenge == challenge) {
        Some(grant) => {
            let value =
                json!({ "access_token": "x", "token_type": "Bearer", "id_token": grant.token });
            told(StatusCode::OK, &value)
        }
        None => told(StatusCode::BAD_REQUEST, &json!({ "error": "invalid_grant" })),
    }
}
