//! Who is signed in.
//!
//! The browser holds a random token in a cookie that no script and no other site can use; the
//! database holds its digest. A session ends when nobody used it for a quarter of an hour, and
//! after a working day in any case.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use pack::Officer;
use protocol::{Digest, ServerTime};

use super::page;
use super::password;
use super::post::{self, Post};
use super::rights::{Reach, Scope};
use super::second;
use crate::cases::Now;
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::officers::{Credential, Session};
use crate::storage::{self, StorageError};

const COOKIE_NAME: &str = "xst_console";
/// Where signing out is sent to, below the console.
pub(crate) const SIGN_OUT: &str = "/sign-out";
/// How long a session lives unused.
pub(crate) const IDLE_MS: i64 = 15 * 60 * 1000;
/// How long a session lives at most.
pub(crate) const LONGEST_MS: i64 = 12 * 60 * 60 * 1000;
/// How exactly use is noted: not every click is worth a write.
const NOTED_MS: i64 = 60 * 1000;

/// How somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entrance {
    /// By the township's own password, and code where there is one.
    Password,
    /// By the provider's word, and the township's code where there is one.
    Provider,
    /// By the provider's word, which had asked for a second factor.
    ProviderWithSecond,
}

impl Entrance {
    const ALL: [Self; 3] = [Self::Password, Self::Provider, Self::ProviderWithSecond];

    /// As it is kept: its place among all.
    fn number(self) -> u64 {
        Self::ALL.iter().position(|one| *one == self).unwrap_or(0) as u64
    }

    /// What was kept; what is not known proves the least.
    fn read(number: u64) -> Self {
        let place = usize::try_from(number).unwrap_or(0);
        Self::ALL.get(place).copied().unwrap_or(Self::Password)
    }
}

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
    /// Whether they have a password of the township's.
    pub(crate) has_password: bool,
    /// Whether somebody else gave them the password that they came in with.
    pub(crate) must_change: bool,
    pub(crate) entrance: Entrance,
    pub(crate) begun_at: ServerTime,
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

    /// Whether they bring new tables of the township's people.
    pub(crate) fn keeps_roster(&self) -> bool {
        self.posts.iter().any(|post| post.keeps_roster)
    }

    /// Whether they look into ratings and risks.
    pub(crate) fn supervises(&self) -> bool {
        self.posts.iter().any(|post| post.supervises)
    }

    /// Whether they ask people at the counter how it went.
    pub(crate) fn takes_ratings(&self) -> bool {
        self.reach.scopes().iter().any(Scope::takes_ratings)
    }

    /// Whether they read what others did.
    pub(crate) fn audits(&self) -> bool {
        self.posts.iter().any(|post| post.audits)
    }

    /// Whether they are told when the lamp of a case turns.
    pub(crate) fn is_reminded(&self) -> bool {
        !self.reach.scopes().is_empty()
    }

    /// Whether they look after accounts, devices, and what leaves the township.
    pub(crate) fn administers(&self) -> bool {
        self.posts.iter().any(|post| post.administers)
    }

    /// Where they have to go before anything else but `path`: a password that somebody else knows is
    /// changed, and where the township asks for a second factor, who has none gets one.
    fn first(&self, path: &str) -> Option<&'static str> {
        let asks = self.pack.pack.township.second_factor;
        let has_second = self.has_second || self.entrance == Entrance::ProviderWithSecond;
        match path {
            SIGN_OUT | password::PATH => None,
            _ if self.must_change => Some("/console/password"),
            second::PATH => None,
            _ if asks && !has_second => Some("/console/second"),
            _ => None,
        }
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
            Ok(Some(signed_in)) => match signed_in.first(parts.uri.path()) {
                Some(page) => Err(Redirect::to(page).into_response()),
                None => Ok(signed_in),
            },
            Ok(None) => Err(Redirect::to("/console/sign-in").into_response()),
            Err(error) => Err(page::not_now(&error)),
        }
    }
}

async fn find(parts: &Parts, server: &Server) -> Result<Option<SignedIn>, StorageError> {
    let Some(token) = token(parts) else { return Ok(None) };
    let (session, credential) = {
        let (mut db, township) = (server.storage.read().await?, &server.township);
        let db = &mut *db;
        let session = storage::officers::session(db, township, &token).await?;
        let account = session.as_ref().map_or("", |session| &session.account);
        let credential = storage::officers::credential(db, township, account).await?;
        (session, credential)
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
    let entrance = Entrance::read(session.entrance);
    let credential = credential.as_ref();
    Ok(Some(SignedIn {
        officer,
        reach,
        posts,
        post,
        has_second: credential.is_some_and(|known| known.second.is_some()),
        has_password: credential.is_some_and(Credential::has_password),
        must_change: entrance == Entrance::Password
            && credential.is_some_and(|known| known.given_by.is_some()),
        entrance,
        begun_at: session.begun_at,
        csrf: session.csrf,
        token,
        pack,
    }))
}

fn is_alive(session: &Session, now: ServerTime) -> bool {
    now.0 - session.seen_at.0 < IDLE_MS && now.0 - session.begun_at.0 < LONGEST_MS
}

fn token(parts: &Parts) -> Option<Digest> {
    held(&parts.headers, COOKIE_NAME)
}

/// The digest of what a browser holds in a cookie.
pub(super) fn held(headers: &HeaderMap, name: &str) -> Option<Digest> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))?;
    Some(Digest::of(value.as_bytes()))
}

/// Begins a session of an account and gives its cookie.
pub(crate) async fn begin(
    db: &mut dyn storage::Connection,
    server: &Server,
    account: &str,
    entrance: Entrance,
) -> Result<String, StorageError> {
    let (token, csrf) = (random()?, random()?);
    let now = server.clock.now();
    let entrance = entrance.number();
    let account = account.to_owned();
    let session = Session { account, csrf, begun_at: now, seen_at: now, post: 0, entrance };
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

/// What nobody guesses.
pub(super) fn random() -> Result<String, StorageError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| StorageError::Folder(std::io::Error::other(error)))?;
    Ok(Digest(bytes).to_string())
}
