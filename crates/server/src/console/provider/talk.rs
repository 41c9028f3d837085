//! What is said between the township and the provider.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http_body_util::{BodyExt as _, Full, Limited};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::url::Url;
use openidconnect::{
    AdditionalClaims, AuthType, AuthenticationFlow, AuthorizationCode, Client, ClientId,
    ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse,
};
use protocol::ServerTime;
use serde::{Deserialize, Serialize};

use super::Provider;
use super::settings::is_safe;
use crate::outgoing::Https;
use crate::storage::Eventually;

/// How long the provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes of an answer that are read.
const MOST_BYTES: usize = 1024 * 1024;
/// How long what a provider says of itself is believed when people are sent there, in milliseconds.
/// Whoever comes back is judged by what it says then.
const KNOWN_MS: i64 = 5 * 60 * 1000;
/// How far its clock may be from ours, in milliseconds.
const CLOCKS_MS: i64 = 5 * 60 * 1000;
/// What its word may be signed with: never nothing, and never the secret that both know.
const SIGNED_WITH: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Claims that the standard does not name: a work number, say.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Others(HashMap<String, serde_json::Value>);

impl AdditionalClaims for Others {}

type Fields = IdTokenFields<
    Others,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Talk = Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What the provider said of itself, and when.
pub(super) type Known = (ServerTime, CoreProviderMetadata);

/// Where somebody is sent, and what is to be kept of it.
pub(super) struct Sent {
    pub(super) address: Url,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// With what somebody comes back, and what was kept when they went.
pub(super) struct Came {
    pub(super) code: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) begun_at: ServerTime,
}

/// Who somebody is by the provider's word.
pub(super) struct Word {
    pub(super) subject: String,
    /// Whether it has asked them for a second factor.
    pub(super) has_second: bool,
}

/// Why there is no word of the provider's. None of it says anything of a person.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoWord {
    #[error("the provider could not be asked: {0}")]
    Unreachable(String),
    #[error("the provider does not redeem the code")]
    Code,
    #[error("the provider's word is not to be believed: {0}")]
    Unbelievable(&'static str),
}

type Fetched = Eventually<'static, Result<HttpResponse, Unasked>>;

/// Why an address could not be asked.
#[derive(Debug, thiserror::Error)]
enum Unasked {
    #[error("its address is not HTTPS")]
    Open,
    #[error("its answer is too long")]
    Long,
    #[error("it does not answer")]
    Unreachable,
}

impl Provider {
    /// Where to send somebody.
    pub(super) async fn send(&self, now: ServerTime) -> Result<Sent, NoWord> {
        let metadata = {
            let mut known = self.known.lock().await;
            match &*known {
                Some((at, metadata)) if now.0 - at.0 < KNOWN_MS => metadata.clone(),
                _ => known.insert((now, self.ask().await?)).1.clone(),
            }
        };
        let talk = self.talk(metadata)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let asked = talk.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let scopes = self.settings.scopes.iter().cloned().map(Scope::new);
        let (address, state, nonce) = asked.set_pkce_challenge(challenge).add_scopes(scopes).url();
        if !is_safe(&address) {
            return Err(NoWord::Unreachable("its address is not HTTPS".to_owned()));
        }
        Ok(Sent {
            address,
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        })
    }

    /// Who came back, by the provider's word.
    pub(super) async fn hear(&self, came: Came, now: ServerTime) -> Result<Word, NoWord> {
        let talk = self.talk(self.ask().await?)?;
        let code = AuthorizationCode::new(came.code);
        let request = talk.exchange_code(code).map_err(|_| unbelievable("no token endpoint"))?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(came.verifier));
        let answer = request.request_async(&self.fetcher()).await.map_err(|error| match error {
            openidconnect::RequestTokenError::Request(error) => {
                NoWord::Unreachable(error.to_string())
            }
            openidconnect::RequestTokenError::ServerResponse(_) => NoWord::Code,
            openidconnect::RequestTokenError::Parse(..) => unbelievable("it cannot be read"),
            openidconnect::RequestTokenError::Other(_) => unbelievable("it is no answer"),
        })?;
        let token = answer.extra_fields().id_token().ok_or(unbelievable("there is none"))?;
        let (earliest, latest) = (moment(came.begun_at.0 - CLOCKS_MS), moment(now.0 + CLOCKS_MS));
        let verifier = talk
            .id_token_verifier()
            .set_allowed_algs(SIGNED_WITH)
            .set_time_fn(move || moment(now.0))
            .set_issue_time_verifier_fn(move |issued| {
                let is_of_now = earliest <= issued && issued <= latest;
                is_of_now.then_some(()).ok_or_else(String::new)
            });
        let claims = token.claims(&verifier, &Nonce::new(came.nonce)).map_err(|error| {
            use openidconnect::ClaimsVerificationError as Error;
            unbelievable(match error {
                Error::Expired(_) => "it is too old, or from a clock that is wrong",
                Error::InvalidAudience(_) => "it is for somebody else",
                Error::InvalidIssuer(_) => "it is another provider's",
                Error::InvalidNonce(_) => "it is of another sign-in",
                Error::SignatureVerification(_) => "its signature is wrong",
                _ => "it is not as it should be",
            })
        })?;
        let words = claims.auth_method_refs().into_iter().flatten().map(|word| word.as_str());
        let class = claims.auth_context_ref().map(|word| word.as_str());
        let mut words = words.chain(class);
        let has_second = words.any(|word| self.settings.second.iter().any(|second| second == word));
        let claims = serde_json::to_value(claims).map_err(|_| unbelievable("it cannot be read"))?;
        let subject = match claims.get(&self.settings.claim) {
            Some(serde_json::Value::String(subject)) => subject.trim().to_owned(),
            Some(serde_json::Value::Number(subject)) => subject.to_string(),
            _ => String::new(),
        };
        match subject.is_empty() {
            true => Err(unbelievable("it lacks the claim that names a person")),
            false => Ok(Word { subject, has_second }),
        }
    }

    /// What the provider says of itself, its keys among it.
    async fn ask(&self) -> Result<CoreProviderMetadata, NoWord> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone());
        let issuer = issuer.map_err(|error| NoWord::Unreachable(error.to_string()))?;
        let asked = CoreProviderMetadata::discover_async(issuer, &self.fetcher()).await;
        asked.map_err(|error| NoWord::Unreachable(error.to_string()))
    }

    fn talk(&self, metadata: CoreProviderMetadata) -> Result<Talk, NoWord> {
        let settings = &self.settings;
        let back = RedirectUrl::new(self.back.clone());
        let back = back.map_err(|error| NoWord::Unreachable(error.to_string()))?;
        let ways = metadata.token_endpoint_auth_methods_supported().cloned();
        let in_body = ways.is_some_and(|ways| {
            ways.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let secret = ClientSecret::new(settings.client_secret.clone());
        let id = ClientId::new(settings.client_id.clone());
        let talk = Talk::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(back);
        Ok(match in_body {
            true => talk.set_auth_type(AuthType::RequestBody),
            false => talk,
        })
    }

    /// What the library asks with.
    fn fetcher(&self) -> impl Fn(HttpRequest) -> Fetched + use<> {
        let http = self.http.clone();
        move |request| -> Fetched { Box::pin(fetch(http.clone(), request)) }
    }
}

fn unbelievable(why: &'static str) -> NoWord {
    NoWord::Unbelievable(why)
}

/// The moment as the library wants it.
fn moment(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH)
}

async fn fetch(http: Https, request: HttpRequest) -> Result<HttpResponse, Unasked> {
    let url = Url::parse(&request.uri().to_string()).map_err(|_| Unasked::Open)?;
    if !is_safe(&url) {
        return Err(Unasked::Open);
    }
    let asked = async {
        // What went wrong is told without the address, as everywhere.
        let answer = http.request(request.map(Full::from)).await;
        let (parts, body) = answer.map_err(|_| Unasked::Unreachable)?.into_parts();
        let body = Limited::new(body, MOST_BYTES).collect().await.map_err(|_| Unasked::Long)?;
        Ok(HttpResponse::from_parts(parts, body.to_bytes().to_vec()))
    };
    tokio::time::timeout(PATIENCE, asked).await.map_err(|_| Unasked::Unreachable)?
}
