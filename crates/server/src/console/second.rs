//! The second factor of whoever is signed in: getting one, and giving it up. Both ask for the password
//! again, since a page may be left open.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Deserialize;

use super::accounts::{Attempt, Proof, attempt};
use super::page;
use super::session::{IDLE_MS, SignedIn};
use super::totp::Secret;
use crate::audit::{self, Deed, Entry};
use crate::server::Server;
use crate::storage::{self, StorageError};

/// Where the page is, below the console.
pub(crate) const PATH: &str = "/second";

#[derive(Template)]
#[template(path = "second.html")]
struct Page {
    csrf: String,
    problem: &'static str,
    /// Who has none came in by the provider, and proves it by having done so just now.
    has_password: bool,
    /// A new one to be taken up; none where they have one.
    offered: Option<Offered>,
}

struct Offered {
    secret: String,
    /// The way around the dark modules of a QR code of so many modules.
    dark: String,
    size: i32,
}

impl Offered {
    fn new(secret: &Secret, account: &str) -> Option<Self> {
        let code = QrCode::encode_text(&secret.address(account), QrCodeEcc::Medium).ok()?;
        let places = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = places.filter(|(x, y)| code.get_module(*x, *y));
        let dark = dark.map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect();
        Some(Self { secret: secret.written(), dark, size: code.size() })
    }
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Change {
    csrf: String,
    #[serde(default)]
    password: String,
    code: String,
    /// The one that was offered; none where it is given up.
    secret: Option<String>,
}

pub(super) async fn page(signed_in: SignedIn) -> Response {
    show(&signed_in, StatusCode::OK, "", None)
}

pub(super) async fn change(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(sent): Form<Change>,
) -> Response {
    if !signed_in.sent(&sent.csrf) {
        return page::expired();
    }
    let changed = match &sent.secret {
        Some(_) if signed_in.has_second => return page::nothing_here(),
        Some(secret) => match Secret::read(secret) {
            Some(secret) => take(&server, &signed_in, sent.password, &sent.code, &secret).await,
            None => return page::nothing_here(),
        },
        None => remove(&server, &signed_in, sent.password, sent.code).await,
    };
    let offered = sent.secret.as_deref().and_then(Secret::read);
    match changed {
        Ok(None) => Redirect::to("/console").into_response(),
        Ok(Some(problem)) => show(&signed_in, StatusCode::UNPROCESSABLE_ENTITY, problem, offered),
        Err(error) => page::not_now(&error),
    }
}

const WRONG: &str = "密码或动态码不对。看看手机的时间准不准，再试一次";
const LOCKED: &str = "连续错了 5 次，锁 15 分钟";
const LONG_AGO: &str = "您登录有一会儿了。请退出，用统一认证再登录一次，马上来开通";

/// Takes up a new one, once the password and a code of it are right. Gives what was wrong.
async fn take(
    server: &Server,
    signed_in: &SignedIn,
    password: String,
    code: &str,
    secret: &Secret,
) -> Result<Option<&'static str>, StorageError> {
    let account = &signed_in.officer.account;
    let now = server.clock.now();
    if signed_in.has_password {
        match attempt(server, account, Proof::Password(password)).await? {
            Attempt::Right => {}
            Attempt::Wrong => return Ok(Some(WRONG)),
            Attempt::Locked => return Ok(Some(LOCKED)),
        }
    } else if now.0 - signed_in.begun_at.0 >= IDLE_MS {
        return Ok(Some(LONG_AGO));
    }
    let Some(step) = secret.step_of(code, now, 0) else { return Ok(Some(WRONG)) };
    keep(server, account, Some((secret, step)), account, Deed::TookSecond).await?;
    Ok(None)
}

/// Gives it up, once the password and a code of it are right. Gives what was wrong.
async fn remove(
    server: &Server,
    signed_in: &SignedIn,
    password: String,
    code: String,
) -> Result<Option<&'static str>, StorageError> {
    let account = &signed_in.officer.account;
    let proof = match signed_in.has_password {
        true => Proof::Both { password, code },
        false => Proof::Code(code),
    };
    match attempt(server, account, proof).await? {
        Attempt::Right => {}
        Attempt::Wrong => return Ok(Some(WRONG)),
        Attempt::Locked => return Ok(Some(LOCKED)),
    }
    keep(server, account, None, account, Deed::RemovedSecond(account.clone())).await?;
    Ok(None)
}

/// Keeps what an account's second factor is from now on, and says in the audit who did that.
pub(crate) async fn keep(
    server: &Server,
    account: &str,
    second: Option<(&Secret, u64)>,
    who: &str,
    did: Deed,
) -> Result<(), StorageError> {
    let mut transaction = server.storage.write().await?;
    let (db, township) = (&mut *transaction, &server.township);
    let (secret, used) = second.map_or((None, 0), |(secret, used)| (Some(&secret.0), used));
    storage::officers::set_second(db, township, account, secret, used).await?;
    let entry = Entry { at: server.clock.now(), who: who.to_owned(), did };
    audit::record(db, township, &entry).await?;
    transaction.commit().await
}

fn show(
    signed_in: &SignedIn,
    status: StatusCode,
    problem: &'static str,
    offered: Option<Secret>,
) -> Response {
    let offered = match signed_in.has_second {
        true => None,
        false => {
            let secret = offered.map_or_else(Secret::random, Ok);
            let secret = secret.map_err(|error| StorageError::Folder(std::io::Error::other(error)));
            match secret {
                Ok(secret) => Offered::new(&secret, &signed_in.officer.account),
                Err(error) => return page::not_now(&error),
            }
        }
    };
    let (csrf, has_password) = (signed_in.csrf.clone(), signed_in.has_password);
    page::show(status, &Page { csrf, problem, has_password, offered })
}
