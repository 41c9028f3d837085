//! Going off to the provider, and coming back.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use protocol::{Digest, ServerTime};
use serde::Deserialize;

use super::Provider;
use super::talk::{Came, NoWord, Word};
use crate::audit::Deed;
use crate::console::accounts::{Attempt, Proof, attempt};
use crate::console::page;
use crate::console::session::{self, Entrance, held};
use crate::console::sign_in::{self, LOCKED, record};
use crate::server::Server;
use crate::storage::provider::Flow;
use crate::storage::{self, StorageError};

/// Where the provider sends people back to, below the console.
pub(crate) const BACK: &str = "/provider/back";
/// What the browser holds that goes off. It comes back from another site's page, so it is not kept to
/// this site's as the session is.
const COOKIE_NAME: &str = "xst_provider";
/// How long somebody may be away, in milliseconds.
const AWAY_MS: i64 = 10 * 60 * 1000;
/// How many may be away at once.
const MOST_AWAY: u64 = 1000;

const BUSY: &str = "这会儿用统一认证登录的人太多了，请过几分钟再试，或者用密码登录";
const AWAY: &str = "统一认证这会儿连不上。请过一会儿再试，或者用密码登录";
const AGAIN: &str = "这次登录没有对上，或者等得太久了。请从这里再登录一次";
const UNBELIEVABLE: &str = "统一认证给的凭据对不上，没有登录。请再试一次，还不行就告诉管理员";
const WRONG: &str = "动态码不对。看看手机的时间准不准，等下一个码再试";

#[derive(Template)]
#[template(path = "provider_code.html")]
struct CodePage {
    problem: &'static str,
}

#[derive(Template)]
#[template(path = "entered.html")]
struct Entered {}

/// Why nobody comes in.
enum NotIn {
    /// What to say.
    Told(String),
    Storage(StorageError),
}

impl From<StorageError> for NotIn {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<NoWord> for NotIn {
    fn from(error: NoWord) -> Self {
        tracing::warn!("signing in by the provider: {error}");
        let told = match error {
            NoWord::Unreachable(_) => AWAY,
            NoWord::Code | NoWord::Unbelievable(_) => UNBELIEVABLE,
        };
        Self::Told(told.to_owned())
    }
}

impl From<&'static str> for NotIn {
    fn from(told: &'static str) -> Self {
        Self::Told(told.to_owned())
    }
}

impl NotIn {
    fn page(self, server: &Server) -> Response {
        match self {
            Self::Told(told) => {
                let page = sign_in::show(server, StatusCode::UNAUTHORIZED, String::new(), told);
                (AppendHeaders([(SET_COOKIE, no_cookie(server))]), page).into_response()
            }
            Self::Storage(error) => page::not_now(&error),
        }
    }
}

/// What the provider sends back.
#[derive(Deserialize)]
pub(crate) struct Back {
    code: Option<String>,
    state: Option<String>,
    /// Who says so, where it says that (RFC 9207).
    iss: Option<String>,
}

/// What the form for the code sends.
#[derive(Deserialize)]
pub(crate) struct Code {
    code: String,
}

/// Sends somebody to the provider.
pub(crate) async fn go(State(server): State<Arc<Server>>) -> Response {
    let Some(provider) = &server.provider else { return page::nothing_here() };
    match send(&server, provider).await {
        Ok((cookie, address)) => ([(SET_COOKIE, cookie)], Redirect::to(&address)).into_response(),
        Err(error) => error.page(&server),
    }
}

async fn send(server: &Server, provider: &Provider) -> Result<(String, String), NotIn> {
    let now = server.clock.now();
    let sent = provider.send(now).await?;
    let browser = session::random()?;
    let flow = Flow {
        state: Digest::of(sent.state.as_bytes()),
        browser: Digest::of(browser.as_bytes()),
        nonce: sent.nonce,
        verifier: sent.verifier,
        begun_at: now,
    };
    let mut transaction = server.storage.write().await?;
    let (db, since) = (&mut *transaction, since(now));
    if !storage::provider::begin(db, &server.township, &flow, since, MOST_AWAY).await? {
        return Err(BUSY.into());
    }
    transaction.commit().await?;
    Ok((cookie(server, &browser), sent.address.into()))
}

/// Takes back whoever comes from the provider.
pub(crate) async fn back(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Response {
    let Some(provider) = &server.provider else { return page::nothing_here() };
    match take(&server, provider, &headers, back).await {
        Ok(Coming::In(session)) => enter(&server, session),
        Ok(Coming::Lacking(browser)) => {
            let page = page::show(StatusCode::OK, &CodePage { problem: "" });
            (AppendHeaders([(SET_COOKIE, cookie(&server, &browser))]), page).into_response()
        }
        Err(error) => error.page(&server),
    }
}

/// Whoever came back with the provider's word.
enum Coming {
    /// Is in, with this cookie.
    In(String),
    /// Lacks a code; what their browser is known by until then.
    Lacking(String),
}

async fn take(
    server: &Server,
    provider: &Provider,
    headers: &HeaderMap,
    back: Back,
) -> Result<Coming, NotIn> {
    let now = server.clock.now();
    let (Some(state), Some(browser)) = (back.state, held(headers, COOKIE_NAME)) else {
        return Err(AGAIN.into());
    };
    let state = Digest::of(state.as_bytes());
    let flow = {
        let mut transaction = server.storage.write().await?;
        let township = &server.township;
        let flow = storage::provider::take(&mut *transaction, township, &state, &browser).await?;
        transaction.commit().await?;
        flow
    };
    let flow = flow.filter(|flow| flow.begun_at >= since(now)).ok_or(AGAIN)?;
    // Who pressed “no” there comes without a code; who was sent by another provider, with its name.
    let is_its = back.iss.as_deref().is_none_or(|issuer| issuer == provider.issuer());
    let code = back.code.filter(|_| is_its).ok_or(AGAIN)?;
    let Flow { nonce, verifier, begun_at, .. } = flow;
    let word = provider.hear(Came { code, nonce, verifier, begun_at }, now).await?;
    let account = account_of(server, provider, &word).await?;
    admit(server, &account, word.has_second, now).await
}

/// Whose account the provider's word is about: one that is linked, of somebody who works here.
async fn account_of(server: &Server, provider: &Provider, word: &Word) -> Result<String, NotIn> {
    let linked = {
        let mut db = server.storage.read().await?;
        let (township, issuer) = (&server.township, provider.issuer());
        storage::provider::linked(&mut *db, township, issuer, &word.subject).await?
    };
    let pack = server.packs.in_force();
    linked.filter(|account| pack.pack.officer(account).is_some()).ok_or_else(|| {
        let (name, subject) = (provider.name(), &word.subject);
        NotIn::Told(format!(
            "{name}认得您，但还没有连到这里的账号。请把这个标识告诉管理员：{subject}"
        ))
    })
}

/// Lets somebody in, or asks for the code that they lack.
async fn admit(
    server: &Server,
    account: &str,
    has_second: bool,
    now: ServerTime,
) -> Result<Coming, NotIn> {
    let mut transaction = server.storage.write().await?;
    let (db, township) = (&mut *transaction, &server.township);
    let credential = storage::officers::credential(db, township, account).await?;
    let lacks = credential.is_some_and(|known| known.second.is_some()) && !has_second;
    let coming = if lacks {
        let browser = session::random()?;
        let digest = Digest::of(browser.as_bytes());
        storage::provider::begin_half(db, township, &digest, account, (now, since(now))).await?;
        Coming::Lacking(browser)
    } else {
        record(db, server, now, account, Deed::SignedInByProvider).await?;
        let entrance = if has_second { Entrance::ProviderWithSecond } else { Entrance::Provider };
        Coming::In(session::begin(db, server, account, entrance).await?)
    };
    transaction.commit().await?;
    Ok(coming)
}

/// Takes the code that somebody lacked.
pub(crate) async fn code(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    Form(sent): Form<Code>,
) -> Response {
    match complete(&server, &headers, sent.code).await {
        Ok(Ok(session)) => enter(&server, session),
        Ok(Err(problem)) => page::show(StatusCode::UNAUTHORIZED, &CodePage { problem }),
        Err(error) => error.page(&server),
    }
}

/// The cookie of the session that begins, or what was wrong with the code.
async fn complete(
    server: &Server,
    headers: &HeaderMap,
    code: String,
) -> Result<Result<String, &'static str>, NotIn> {
    let (now, township) = (server.clock.now(), &server.township);
    let browser = held(headers, COOKIE_NAME).ok_or(AGAIN)?;
    let account = {
        let mut db = server.storage.read().await?;
        storage::provider::half(&mut *db, township, &browser, since(now)).await?
    };
    let account = account.ok_or(AGAIN)?;
    let attempted = attempt(server, &account, Proof::Code(code)).await?;
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    let outcome = match attempted {
        Attempt::Right if storage::provider::end_half(db, township, &browser).await? => {
            record(db, server, now, &account, Deed::SignedInByProvider).await?;
            Ok(session::begin(db, server, &account, Entrance::Provider).await?)
        }
        // Somebody ended it meanwhile.
        Attempt::Right => return Err(AGAIN.into()),
        Attempt::Wrong => {
            record(db, server, now, &account, Deed::SignInFailed).await?;
            Err(WRONG)
        }
        Attempt::Locked => Err(LOCKED),
    };
    transaction.commit().await?;
    Ok(outcome)
}

/// The way in. Not a redirect: whoever came from another site's page is followed by no cookie that is kept
/// to this site's, until a page of this site's asks.
fn enter(server: &Server, session: String) -> Response {
    let cookies = AppendHeaders([(SET_COOKIE, session), (SET_COOKIE, no_cookie(server))]);
    (cookies, page::show(StatusCode::OK, &Entered {})).into_response()
}

fn since(now: ServerTime) -> ServerTime {
    ServerTime(now.0 - AWAY_MS)
}

fn cookie(server: &Server, value: &str) -> String {
    with_age(server, value, AWAY_MS / 1000)
}

fn no_cookie(server: &Server) -> String {
    with_age(server, "", 0)
}

fn with_age(server: &Server, value: &str, seconds: i64) -> String {
    let secure = if server.is_https { "; Secure" } else { "" };
    format!(
        "{COOKIE_NAME}={value}; Path=/console/provider; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"
    )
}
