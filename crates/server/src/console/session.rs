//! Who is signed in.
//!
//! The browser holds a random token in a cookie that no script and no other site can use; the
//! database holds its digest. A session ends when nobody used it for a quarter of an hour, and
//! after a working day in any case.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use pack::Officer;
use protocol::{Digest, ServerTime};

use super::page;
use super::post::{self, Post};
use super::rights::{Reach, Scope};
use super::second;
use crate::cases::Now;
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::officers::Session;
use crate::storage::{self, StorageError};

const COOKIE_NAME: &str = "xst_console";
/// How long a session lives unused.
pub(crate) const IDLE_MS: i64 = 15 * 60 * 1000;
/// How long a session lives at most.
const LONGEST_MS: i64 = 12 * 60 * 60 * 1000;
/// How exactly use is noted: not every click is worth a write.
const NOTED_MS: i64 = 60 * 1000;

/// An officer who is signed in.
pub(crate) struct SignedIn {
    pub(crate) officer: Officer,
    /// What they may see, by all their posts.
    pub(crate) reach: Reach,
    /// Their posts, those that they stand in for among them.
    pub(crate) posts: Vec<Post>,
    /// As which of them they work now, counted from 0.
    pub(crate) post: usize,
    /// Whether they have a second factor.
    pub(crate) has_second: bool,
    /// What every form of theirs must carry.
    pub(crate) csrf: String,
    /// Names the session.
    pub(crate) token: Digest,
    pub(crate) pack: Arc<InForce>,
}

impl SignedIn {
    /// What they see by the post that they work as now; none where it is not about cases.
    pub(crate) fn scope(&self) -> Option<&Scope> {
        self.posts.get(self.post)?.scope.as_ref()
    }

    /// Whether they take in what people bring, and look after what was refused.
    pub(crate) fn takes_in(&self) -> bool {
        self.reach.scopes().iter().any(Scope::takes_in)
    }

    /// Whether they read what others did.
    pub(crate) fn audits(&self) -> bool {
        self.posts.iter().any(|post| post.audits)
    }

    /// Whether they see to what leaves the township.
    pub(crate) fn administrates(&self) -> bool {
        self.posts.iter().any(|post| post.administrates)
    }

    /// Whether they are told when the lamp of a case turns.
    pub(crate) fn is_reminded(&self) -> bool {
        !self.reach.scopes().is_empty()
    }

    /// Whether a form that carries `token` is one of this session's pages.
    pub(crate) fn sent(&self, token: &str) -> bool {
        // Digests, so that comparing takes as long whatever is wrong.
        Digest::of(token.as_bytes()) == Digest::of(self.csrf.as_bytes())
    }
}

impl FromRequestParts<Arc<Server>> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, server: &Arc<Server>) -> Result<Self, Response> {
        match find(parts, server).await {
            // Where the township asks for a second factor, who has none gets one before anything else.
            Ok(Some(signed_in))
                if signed_in.pack.pack.township.second_factor
                    && !signed_in.has_second
                    && parts.uri.path() != second::PATH =>
            {
                Err(Redirect::to("/console/second").into_response())
            }
            Ok(Some(signed_in)) => Ok(signed_in),
            Ok(None) => Err(Redirect::to("/console/sign-in").into_response()),
            Err(error) => Err(page::not_now(&error)),
        }
    }
}

async fn find(parts: &Parts, server: &Server) -> Result<Option<SignedIn>, StorageError> {
    let Some(token) = token(parts) else { return Ok(None) };
    let (session, has_second) = {
        let (mut db, township) = (server.storage.read().await?, &server.township);
        let db = &mut *db;
        let session = storage::officers::session(db, township, &token).await?;
        let account = session.as_ref().map_or("", |session| &session.account);
        let credential = storage::officers::credential(db, township, account).await?;
        (session, credential.is_some_and(|known| known.second.is_some()))
    };
    let now = server.clock.now();
    let Some(session) = session.filter(|session| is_alive(session, now)) else { return Ok(None) };
    let pack = server.packs.in_force();
    // Who is no longer in the pack is no longer an officer.
    let Some(officer) = pack.pack.officer(&session.account).cloned() else { return Ok(None) };
    if now.0 - session.seen_at.0 > NOTED_MS {
        let mut transaction = server.storage.write().await?;
        storage::officers::see(&mut *transaction, &server.township, &token, now).await?;
        transaction.commit().await?;
    }
    let today = Now::new(server, &pack).local().date();
    let posts = post::all(&server.township, &pack.pack, &officer, today);
    let reach = Reach::of(&server.township, &pack.pack, &officer.account, today);
    // Who stood in for somebody, and does not any more, works as what they are.
    let post = usize::try_from(session.post).unwrap_or(0);
    let post = if post < posts.len() { post } else { 0 };
    let csrf = session.csrf;
    Ok(Some(SignedIn { officer, reach, posts, post, has_second, csrf, token, pack }))
}

fn is_alive(session: &Session, now: ServerTime) -> bool {
    now.0 - session.seen_at.0 < IDLE_MS && now.0 - session.begun_at.0 < LONGEST_MS
}

fn token(parts: &Parts) -> Option<Digest> {
    let cookies = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='))?;
    Some(Digest::of(value.as_bytes()))
}

/// Begins a session of an account and gives its cookie.
pub(crate) async fn begin(
    db: &mut dyn storage::Connection,
    server: &Server,
    account: &str,
) -> Result<String, StorageError> {
    let (token, csrf) = (random()?, random()?);
    let now = server.clock.now();
    let session =
        Session { account: account.to_owned(), csrf, begun_at: now, seen_at: now, post: 0 };
    let digest = Digest::of(token.as_bytes());
    storage::officers::begin_session(db, &server.township, &digest, &session).await?;
    Ok(cookie(server, &token, ""))
}

/// The cookie that takes the one before away.
pub(crate) fn no_cookie(server: &Server) -> String {
    cookie(server, "", "; Max-Age=0")
}

fn cookie(server: &Server, value: &str, more: &str) -> String {
    let secure = if server.is_https { "; Secure" } else { "" };
    format!("{COOKIE_NAME}={value}; Path=/console; HttpOnly; SameSite=Strict{secure}{more}")
}

fn random() -> Result<String, StorageError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| StorageError::Folder(std::io::Error::other(error)))?;
    Ok(Digest(bytes).to_string())
}
