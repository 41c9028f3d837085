//! Signing in and out.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use protocol::ServerTime;
use serde::Deserialize;

use super::accounts::{Attempt, Proof, attempt};
use super::page;
use super::session::{self, Entrance, IDLE_MS, SignedIn};
use crate::audit::{self, Deed, Entry};
use crate::server::Server;
use crate::storage::{self, StorageError};

const WRONG: &str = "账号、密码或动态码不对，请再试一次。连续错 5 次会锁 15 分钟";
pub(super) const LOCKED: &str = "连续错了 5 次，这个账号锁 15 分钟。请稍后再试，或找管理员重设密码";
/// The longest account that is looked up.
const LONGEST: usize = 64;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page {
    township: String,
    account: String,
    problem: String,
    /// What the provider is called that people can sign in by; empty for none.
    provider: String,
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Credentials {
    account: String,
    password: String,
    /// Of the second factor.
    #[serde(default)]
    code: String,
}

/// What the button to sign out sends.
#[derive(Deserialize)]
pub(super) struct SignOut {
    csrf: String,
}

pub(super) async fn page(State(server): State<Arc<Server>>) -> Response {
    show(&server, StatusCode::OK, String::new(), String::new())
}

pub(super) async fn sign_in(
    State(server): State<Arc<Server>>,
    Form(given): Form<Credentials>,
) -> Response {
    let account = given.account.trim().to_owned();
    let proof = Proof::Both { password: given.password, code: given.code };
    match try_to(&server, &account, proof).await {
        Ok(Ok(cookie)) => ([(SET_COOKIE, cookie)], Redirect::to("/console")).into_response(),
        Ok(Err(problem)) => show(&server, StatusCode::UNAUTHORIZED, account, problem.to_owned()),
        Err(error) => page::not_now(&error),
    }
}

pub(super) async fn sign_out(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(sent): Form<SignOut>,
) -> Response {
    if !signed_in.sent(&sent.csrf) {
        return page::expired();
    }
    match end(&server, &signed_in).await {
        Ok(()) => {
            let cookie = session::no_cookie(&server);
            ([(SET_COOKIE, cookie)], Redirect::to("/console/sign-in")).into_response()
        }
        Err(error) => page::not_now(&error),
    }
}

/// The cookie of a new session, or what to say.
async fn try_to(
    server: &Server,
    account: &str,
    proof: Proof,
) -> Result<Result<String, &'static str>, StorageError> {
    let pack = server.packs.in_force();
    let account = if account.len() <= LONGEST { account } else { "" };
    let is_officer = pack.pack.officer(account).is_some();
    let attempted = attempt(server, account, proof).await?;
    let now = server.clock.now();
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    let outcome = match attempted {
        Attempt::Right => {
            record(db, server, now, account, Deed::SignedIn).await?;
            Ok(session::begin(db, server, account, Entrance::Password).await?)
        }
        Attempt::Wrong if is_officer => {
            record(db, server, now, account, Deed::SignInFailed).await?;
            Err(WRONG)
        }
        Attempt::Wrong => Err(WRONG),
        Attempt::Locked => Err(LOCKED),
    };
    transaction.commit().await?;
    Ok(outcome)
}

async fn end(server: &Server, signed_in: &SignedIn) -> Result<(), StorageError> {
    let now = server.clock.now();
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    let idle_since = ServerTime(now.0 - IDLE_MS);
    let township = &server.township;
    storage::officers::end_session(db, township, &signed_in.token, idle_since).await?;
    record(db, server, now, &signed_in.officer.account, Deed::SignedOut).await?;
    transaction.commit().await
}

pub(super) async fn record(
    db: &mut dyn storage::Connection,
    server: &Server,
    at: ServerTime,
    who: &str,
    did: Deed,
) -> Result<(), StorageError> {
    let entry = Entry { at, who: who.to_owned(), did };
    audit::record(db, &server.township, &entry).await
}

/// The page, with what was wrong.
pub(super) fn show(
    server: &Server,
    status: StatusCode,
    account: String,
    problem: String,
) -> Response {
    let township = server.packs.in_force().pack.township.name.clone();
    let provider = server.provider.as_ref().map(|provider| provider.name().to_owned());
    page::show(status, &Page { township, account, problem, provider: provider.unwrap_or_default() })
}
