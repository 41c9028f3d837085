//! Everybody's accounts, for administrators: who has what to sign in with, and helping whoever cannot.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use pack::Officer;
use protocol::ServerTime;
use serde::Deserialize;

use super::accounts::{NotSet, give_password, locked_until};
use super::desk::{self, Choice, Frame, percent};
use super::provider::{LinkedAccount, NotLinked, link, mark, unlink};
use super::session::{IDLE_MS, LONGEST_MS, SignedIn};
use super::{page, post, second, words};
use crate::audit::{self, Deed, Entry};
use crate::cases::{Now, local};
use crate::server::Server;
use crate::storage::officers::Credential;
use crate::storage::provider::Link;
use crate::storage::{self, Connection, StorageError};

/// How many accounts a page shows.
const MOST: usize = 50;

const OWN: &str = "自己的账号，请另一位管理员来办，或者在服务器上用 xst officer 办";
const NOBODY: &str = "没有这个账号";

#[derive(Template)]
#[template(path = "accounts.html")]
struct Page {
    frame: Frame,
    search: String,
    lines: Vec<Line>,
    /// Where the next ones are; empty where there are none.
    next: String,
    /// A password that was just given: it is shown this once.
    given: Option<Given>,
    problem: String,
    /// What the provider is called that people can sign in by; empty for none.
    provider: String,
}

struct Given {
    name: String,
    account: String,
    password: String,
}

struct Line {
    account: String,
    name: String,
    posts: Vec<String>,
    password: &'static str,
    has_second: bool,
    locked_until: Option<String>,
    signed_in: String,
    sessions: u64,
    links: Vec<Linked>,
    /// Whether it is the one of whoever looks: others look after that.
    is_own: bool,
}

struct Linked {
    subject: String,
    mark: String,
}

/// Which part is shown.
#[derive(Default, Deserialize)]
pub(super) struct Part {
    #[serde(default)]
    q: String,
    /// Counted from 0.
    #[serde(default)]
    page: usize,
}

/// What the buttons send.
#[derive(Deserialize)]
pub(super) struct Wanted {
    csrf: String,
    account: String,
    act: String,
    /// What the provider calls them, where that is asked.
    #[serde(default)]
    subject: String,
}

pub(super) async fn page(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Query(part): Query<Part>,
) -> Response {
    if !signed_in.administers() {
        return page::nothing_here();
    }
    show(&server, &signed_in, &part, None, String::new()).await
}

pub(super) async fn act(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(wanted): Form<Wanted>,
) -> Response {
    if !signed_in.administers() {
        return page::nothing_here();
    }
    if !signed_in.sent(&wanted.csrf) {
        return page::expired();
    }
    let pack = Arc::clone(&signed_in.pack);
    let officer = pack.pack.officer(&wanted.account);
    let part = Part { q: wanted.account.clone(), page: 0 };
    let refuse = |problem: String| show(&server, &signed_in, &part, None, problem);
    let Some(officer) = officer else { return refuse(NOBODY.to_owned()).await };
    if officer.account == signed_in.officer.account {
        return refuse(OWN.to_owned()).await;
    }
    match try_to(&server, &signed_in.officer.account, officer, wanted).await {
        Ok(Done::Plain) => {
            let back = format!("/console/accounts?q={}", percent(&officer.account));
            Redirect::to(&back).into_response()
        }
        Ok(Done::Gave(given)) => show(&server, &signed_in, &part, Some(given), String::new()).await,
        Ok(Done::Not(problem)) => refuse(problem).await,
        Ok(Done::Unknown) => page::nothing_here(),
        Err(error) => page::not_now(&error),
    }
}

/// What came of it.
enum Done {
    Plain,
    Gave(Given),
    Not(String),
    /// The page asks nothing of the kind.
    Unknown,
}

async fn try_to(
    server: &Server,
    who: &str,
    officer: &Officer,
    wanted: Wanted,
) -> Result<Done, StorageError> {
    let account = officer.account.as_str();
    match wanted.act.as_str() {
        "unlock" => {
            let did = Deed::Unlocked(account.to_owned());
            let (mut transaction, township) = (server.storage.write().await?, &server.township);
            let db = &mut *transaction;
            storage::officers::set_failures(db, township, account, 0, ServerTime(0)).await?;
            record(db, server, who, did).await?;
            transaction.commit().await?;
        }
        "end-sessions" => {
            let did = Deed::EndedSessions(account.to_owned());
            let (mut transaction, township) = (server.storage.write().await?, &server.township);
            let db = &mut *transaction;
            storage::accounts::end_sessions(db, township, account).await?;
            record(db, server, who, did).await?;
            transaction.commit().await?;
        }
        "remove-second" => {
            let did = Deed::RemovedSecond(account.to_owned());
            second::keep(server, account, None, who, did).await?;
        }
        "password" => {
            return match give_password(server, account, who).await {
                Ok(password) => {
                    let (name, account) = (officer.name.clone(), account.to_owned());
                    Ok(Done::Gave(Given { name, account, password }))
                }
                Err(NotSet::Storage(error)) => Err(error),
                Err(error) => Ok(Done::Not(error.to_string())),
            };
        }
        "link" | "unlink" => {
            let Some(provider) = &server.provider else { return Ok(Done::Unknown) };
            let linked = LinkedAccount { subject: wanted.subject, account: account.to_owned() };
            let done = match wanted.act.as_str() {
                "link" => link(server, provider.issuer(), linked, who).await,
                _ => unlink(server, provider.issuer(), linked, who).await,
            };
            return match done {
                Ok(()) => Ok(Done::Plain),
                Err(NotLinked::Storage(error)) => Err(error),
                Err(error) => Ok(Done::Not(error.to_string())),
            };
        }
        _ => return Ok(Done::Unknown),
    }
    Ok(Done::Plain)
}

async fn record(
    db: &mut dyn Connection,
    server: &Server,
    who: &str,
    did: Deed,
) -> Result<(), StorageError> {
    let entry = Entry { at: server.clock.now(), who: who.to_owned(), did };
    audit::record(db, &server.township, &entry).await
}

async fn show(
    server: &Server,
    signed_in: &SignedIn,
    part: &Part,
    given: Option<Given>,
    problem: String,
) -> Response {
    let status = match problem.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    match lay(server, signed_in, part, given, problem).await {
        Ok(page) => page::show(status, &page),
        Err(error) => page::not_now(&error),
    }
}

async fn lay(
    server: &Server,
    signed_in: &SignedIn,
    part: &Part,
    given: Option<Given>,
    problem: String,
) -> Result<Page, StorageError> {
    let (township, now) = (&server.township, server.clock.now());
    {
        let mut transaction = server.storage.write().await?;
        let who = &signed_in.officer.account;
        record(&mut *transaction, server, who, Deed::ReadAccounts).await?;
        transaction.commit().await?;
    }
    let mut db = server.storage.read().await?;
    let db = &mut *db;
    let credentials = storage::accounts::credentials(db, township).await?;
    let (idle, begun) = (ServerTime(now.0 - IDLE_MS), ServerTime(now.0 - LONGEST_MS));
    let sessions = storage::accounts::open_sessions(db, township, idle, begun).await?;
    let links = match &server.provider {
        Some(provider) => storage::provider::links(db, township, provider.issuer()).await?,
        None => Vec::new(),
    };
    let pack = &signed_in.pack.pack;
    let today = Now::new(server, &signed_in.pack).local().date();
    let search = part.q.trim().to_lowercase();
    let mut found = Vec::new();
    for officer in &pack.officers {
        let posts = post::all(township, pack, officer, today);
        let posts: Vec<String> = posts.into_iter().map(|post| post.name).collect();
        let is_found = |text: &String| text.to_lowercase().contains(&search);
        if !(is_found(&officer.account) || is_found(&officer.name) || posts.iter().any(is_found)) {
            continue;
        }
        let credential = credentials.get(&officer.account);
        found.push(Line {
            posts,
            sessions: sessions.get(&officer.account).copied().unwrap_or(0),
            links: links
                .iter()
                .filter(|link| link.account == officer.account)
                .map(linked)
                .collect(),
            is_own: officer.account == signed_in.officer.account,
            ..line(pack, officer, credential, now)
        });
    }
    let from = part.page.saturating_mul(MOST).min(found.len());
    let next = match found.len() - from > MOST {
        true => format!("/console/accounts?q={}&page={}", percent(&part.q), part.page + 1),
        false => String::new(),
    };
    let lines = found.into_iter().skip(from).take(MOST).collect();
    let frame = desk::frame(db, server, signed_in, &Choice::default(), "accounts").await?;
    let provider = server.provider.as_ref().map(|provider| provider.name().to_owned());
    let provider = provider.unwrap_or_default();
    Ok(Page { frame, search: part.q.clone(), lines, next, given, problem, provider })
}

fn linked(link: &Link) -> Linked {
    Linked { subject: link.subject.clone(), mark: mark(&link.subject) }
}

/// What an account signs in with.
fn line(
    pack: &pack::Pack,
    officer: &Officer,
    credential: Option<&Credential>,
    now: ServerTime,
) -> Line {
    let moment = |at| words::moment(local(pack, at), local(pack, now));
    let password = match credential {
        Some(known) if known.given_by.is_some() => "一次性的，等本人改",
        Some(known) if known.is_demonstration => "演示用的",
        Some(known) if known.has_password() => "有",
        Some(_) | None => "没有",
    };
    let locked = credential.and_then(|known| locked_until(known.failures, known.failed_at, now));
    let signed_in = credential.map(|known| known.signed_in_at).filter(|at| at.0 > 0);
    Line {
        account: officer.account.clone(),
        name: officer.name.clone(),
        posts: Vec::new(),
        password,
        has_second: credential.is_some_and(|known| known.second.is_some()),
        locked_until: locked.map(moment),
        signed_in: signed_in.map(moment).unwrap_or_default(),
        sessions: 0,
        links: Vec::new(),
        is_own: false,
    }
}
