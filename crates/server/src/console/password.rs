//! The password of whoever is signed in: setting another one. It asks for the present one, since a page
//! may be left open, and ends every session but the one that it begins.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::accounts::{Attempt, NotSet, Proof, Setter, attempt, set_password};
use super::page;
use super::session::{self, SignedIn};
use crate::server::Server;
use crate::storage::StorageError;

/// Where the page is, below the console.
pub(crate) const PATH: &str = "/password";

const WRONG: &str = "现在的密码不对，请再试一次。连续错 5 次会锁 15 分钟";
const LOCKED: &str = "连续错了 5 次，锁 15 分钟";
const OTHER: &str = "两次填的新密码不一样，请再填一次";
const SAME: &str = "新密码和现在的一样，请换一个";

#[derive(Template)]
#[template(path = "password.html")]
struct Page {
    csrf: String,
    problem: String,
    /// Whether somebody else gave them the one that they have.
    is_given: bool,
    has_password: bool,
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Change {
    csrf: String,
    password: String,
    new: String,
    again: String,
}

pub(super) async fn page(signed_in: SignedIn) -> Response {
    show(&signed_in, StatusCode::OK, String::new())
}

pub(super) async fn change(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(sent): Form<Change>,
) -> Response {
    if !signed_in.sent(&sent.csrf) {
        return page::expired();
    }
    // Who never had one has nothing to prove themselves with: an administrator gives them one.
    if !signed_in.has_password {
        return page::nothing_here();
    }
    match set(&server, &signed_in, sent).await {
        Ok(Ok(cookie)) => ([(SET_COOKIE, cookie)], Redirect::to("/console")).into_response(),
        Ok(Err(problem)) => show(&signed_in, StatusCode::UNPROCESSABLE_ENTITY, problem),
        Err(error) => page::not_now(&error),
    }
}

/// Sets it, and begins a session anew. Gives its cookie, or what was wrong.
async fn set(
    server: &Server,
    signed_in: &SignedIn,
    sent: Change,
) -> Result<Result<String, String>, StorageError> {
    let account = &signed_in.officer.account;
    let Change { password, new, again, .. } = sent;
    let problem = match attempt(server, account, Proof::Password(password.clone())).await? {
        Attempt::Wrong => Some(WRONG),
        Attempt::Locked => Some(LOCKED),
        Attempt::Right if new != again => Some(OTHER),
        Attempt::Right if new == password => Some(SAME),
        Attempt::Right => None,
    };
    if let Some(problem) = problem {
        return Ok(Err(problem.to_owned()));
    }
    match set_password(server, account, &new, Setter::Holder(account)).await {
        Ok(()) => {}
        Err(NotSet::Storage(error)) => return Err(error),
        Err(error) => return Ok(Err(error.to_string())),
    }
    let mut transaction = server.storage.write().await?;
    let cookie = session::begin(&mut *transaction, server, account, signed_in.entrance).await?;
    transaction.commit().await?;
    Ok(Ok(cookie))
}

fn show(signed_in: &SignedIn, status: StatusCode, problem: String) -> Response {
    let SignedIn { must_change: is_given, has_password, .. } = *signed_in;
    page::show(status, &Page { csrf: signed_in.csrf.clone(), problem, is_given, has_password })
}
