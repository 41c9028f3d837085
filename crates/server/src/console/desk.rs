//! The desk: the queues of an office, the list of one of them, and beside it the case that is
//! open, if one is.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use protocol::ServerTime;
use serde::Deserialize;

use super::case_file::CaseFile;
use super::page;
use super::post::Post;
use super::reminders;
use super::session::SignedIn;
use super::words::{self, Lamp};
use crate::audit::{self, Deed, Entry};
use crate::cases::{Phase, local};
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::cases::{Case, Counts, Filter};
use crate::storage::{self, Connection, StorageError};

/// How many cases a list shows; who looks for more searches.
const MOST: u64 = 200;
/// 「快到期」: promised within so many milliseconds.
const SOON_MS: i64 = 36 * 60 * 60 * 1000;

/// Which list is shown. Part of every address of the desk, so that going back comes back here.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Choice {
    /// `own`, `unread`, `soon` or `waiting`; all, where empty.
    #[serde(default)]
    show: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    q: String,
}

/// One queue in the left column.
pub(super) struct Queue {
    pub(super) name: String,
    pub(super) href: String,
    /// Of what can be counted.
    pub(super) count: Option<u64>,
    pub(super) is_current: bool,
}

/// One case in the list.
pub(super) struct Line {
    pub(super) number: String,
    pub(super) href: String,
    pub(super) person: String,
    pub(super) about: String,
    pub(super) lamp: Lamp,
    pub(super) is_unread: bool,
    pub(super) is_current: bool,
}

#[derive(Template)]
#[template(path = "desk.html")]
pub(super) struct Desk {
    frame: Frame,
    title: String,
    lines: Vec<Line>,
    is_cut: bool,
    case: Option<CaseFile>,
}

/// What stands around every page of somebody who is signed in.
pub(super) struct Frame {
    pub(super) township: String,
    pub(super) office: String,
    pub(super) officer: String,
    /// As what they can work.
    pub(super) posts: Vec<PostChoice>,
    pub(super) today: &'static str,
    pub(super) csrf: String,
    pub(super) search: String,
    /// Whether they see cases at all, as the post that they work as.
    pub(super) sees_cases: bool,
    pub(super) queues: Vec<Queue>,
    pub(super) items: Vec<Queue>,
    pub(super) others: Vec<Queue>,
    /// What lamps were lit that they have not seen to; empty where none.
    pub(super) reminder: String,
}

/// A post that somebody can go on as.
pub(super) struct PostChoice {
    pub(super) place: usize,
    pub(super) name: String,
    pub(super) is_current: bool,
}

pub(super) async fn desk(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Query(choice): Query<Choice>,
) -> Response {
    show(&server, &signed_in, &choice, None).await
}

/// The desk, with a case open where there is one.
pub(super) async fn show(
    server: &Server,
    signed_in: &SignedIn,
    choice: &Choice,
    case: Option<CaseFile>,
) -> Response {
    match lay(server, signed_in, choice, case).await {
        Ok(desk) => page::show(StatusCode::OK, &desk),
        Err(error) => page::not_now(&error),
    }
}

async fn lay(
    server: &Server,
    signed_in: &SignedIn,
    choice: &Choice,
    case: Option<CaseFile>,
) -> Result<Desk, StorageError> {
    let now = server.clock.now();
    if !choice.q.trim().is_empty() {
        record_search(server, signed_in, now).await?;
    }
    let mut db = server.storage.read().await?;
    let db = &mut *db;
    let filter = choice.filter(now);
    let found = match signed_in.scope() {
        Some(scope) => storage::cases::list(db, scope, &filter, MOST).await?,
        None => Vec::new(),
    };
    let frame = frame(db, server, signed_in, choice, "").await?;
    let open = case.as_ref().map(|case| case.number.clone()).unwrap_or_default();
    let lines = found.iter().map(|case| line(&signed_in.pack, case, choice, &open, now)).collect();
    let title = choice.title(&signed_in.pack);
    Ok(Desk { frame, title, is_cut: found.len() as u64 == MOST, lines, case })
}

/// What stands around a page. `other` is the page's own place among the last group of queues.
pub(super) async fn frame(
    db: &mut dyn Connection,
    server: &Server,
    signed_in: &SignedIn,
    choice: &Choice,
    other: &str,
) -> Result<Frame, StorageError> {
    let (pack, now) = (&signed_in.pack.pack, server.clock.now());
    let unread = Phase::Received.name();
    let soon = ServerTime(now.0 + SOON_MS);
    let (counts, by_item) = match signed_in.scope() {
        Some(scope) => (
            storage::cases::count(db, scope, unread, soon).await?,
            storage::cases::count_by_item(db, scope).await?,
        ),
        None => (Counts::default(), Vec::new()),
    };
    let queue = |name: &str, show: &str, count| Queue {
        name: name.to_owned(),
        href: Choice { show: show.to_owned(), ..Choice::default() }.href("/console"),
        count: Some(count),
        is_current: other.is_empty() && choice.item.is_empty() && choice.show == show,
    };
    let items = by_item.into_iter().map(|(item, count)| Queue {
        name: pack.item(&item).map_or(item.0.clone(), |item| item.name.clone()),
        href: Choice { item: item.0.clone(), ..Choice::default() }.href("/console"),
        count: Some(count),
        is_current: other.is_empty() && choice.item == item.0,
    });
    let others = others(db, server, signed_in, other).await?;
    let is_working_day = pack.calendar.is_working_day(local(pack, now).date());
    let post = signed_in.posts.get(signed_in.post);
    let choice_of_posts = |(place, post): (usize, &Post)| PostChoice {
        place,
        name: post.name.clone(),
        is_current: place == signed_in.post,
    };
    let place = post.map(|post| post.place.clone()).unwrap_or_default();
    let sees_cases = signed_in.scope().is_some();
    let reminders = Queue {
        name: "亮灯提醒".to_owned(),
        href: "/console/reminders".to_owned(),
        count: None,
        is_current: other == "reminders",
    };
    let queues = [
        queue("全部", "", counts.all),
        queue("该我办", "own", counts.own),
        queue("还没看", "unread", counts.in_phase),
        queue("快到期", "soon", counts.soon),
        queue("材料在路上", "waiting", counts.incomplete),
        reminders,
    ];
    Ok(Frame {
        office: if place == pack.township.name { String::new() } else { place },
        township: pack.township.name.clone(),
        officer: format!("{} · {}", signed_in.officer.name, signed_in.officer.post),
        posts: signed_in.posts.iter().enumerate().map(choice_of_posts).collect(),
        today: if is_working_day { "今天是工作日" } else { "今天放假" },
        csrf: signed_in.csrf.clone(),
        search: choice.q.clone(),
        sees_cases,
        queues: if sees_cases { queues.into() } else { Vec::new() },
        items: items.collect(),
        others,
        reminder: reminders::waiting(db, server, signed_in).await?,
    })
}

/// What is for the whole township: of who takes in what people bring, keeps its roster, supervises, audits,
/// administers.
async fn others(
    db: &mut dyn Connection,
    server: &Server,
    signed_in: &SignedIn,
    other: &str,
) -> Result<Vec<Queue>, StorageError> {
    let queue = |name: &str, page: &str, count| Queue {
        name: name.to_owned(),
        href: format!("/console/{page}"),
        count,
        is_current: other == page,
    };
    let mut others = Vec::new();
    if signed_in.takes_in() {
        let refused = storage::refused::count(db, &server.township).await?;
        others.push(queue("没收下的", "refused", Some(refused)));
        others.push(queue("邮袋", "mailbag", None));
    }
    if signed_in.keeps_roster() {
        others.push(queue("台账", "residents", None));
    }
    if signed_in.supervises() {
        let account = &signed_in.officer.account;
        let open = storage::tasks::count(db, &server.township, account).await?;
        others.push(queue("督办", "tasks", Some(open)));
        others.push(queue("回避", "recusals", None));
    }
    if signed_in.audits() {
        others.push(queue("谁做过什么", "audit", None));
    }
    if signed_in.administers() {
        let given_up = storage::outgoing::count_given_up(db, &server.township).await?;
        others.push(queue("发出去的消息", "messages", Some(given_up)));
        others.push(queue("账号", "accounts", None));
        others.push(queue("手机", "devices", None));
    }
    Ok(others)
}

async fn record_search(
    server: &Server,
    signed_in: &SignedIn,
    at: ServerTime,
) -> Result<(), StorageError> {
    let mut transaction = server.storage.write().await?;
    let entry = Entry { at, who: signed_in.officer.account.clone(), did: Deed::Searched };
    audit::record(&mut *transaction, &server.township, &entry).await?;
    transaction.commit().await
}

fn line(pack: &InForce, case: &Case, choice: &Choice, open: &str, now: ServerTime) -> Line {
    let pack = &pack.pack;
    let item = pack.item(&case.item).map_or(case.item.0.as_str(), |item| &item.name);
    let about = [item, &case.about].into_iter().filter(|part| !part.is_empty());
    Line {
        number: case.number.0.clone(),
        href: choice.href(&format!("/console/cases/{}", case.number.0)),
        person: case.person.clone(),
        about: about.collect::<Vec<_>>().join(" · "),
        lamp: words::lamp(pack, case, now),
        is_unread: case.phase == Phase::Received.name(),
        is_current: case.number.0 == open,
    }
}

impl Choice {
    fn filter(&self, now: ServerTime) -> Filter {
        let soon = (self.show == "soon").then_some(ServerTime(now.0 + SOON_MS));
        let unread = if self.show == "unread" { Phase::Received.name() } else { "" };
        Filter {
            item: self.item.clone(),
            phase: unread.to_owned(),
            own: self.show == "own",
            search: self.q.trim().to_lowercase(),
            promised_before: soon,
            incomplete: self.show == "waiting",
        }
    }

    fn title(&self, pack: &InForce) -> String {
        let item = || pack.pack.items.iter().find(|item| item.id.0 == self.item);
        match (self.q.trim(), self.show.as_str()) {
            ("", "own") => "该我办".into(),
            ("", "unread") => "还没看".into(),
            ("", "soon") => "快到期".into(),
            ("", "waiting") => "材料在路上".into(),
            ("", _) => item().map_or("全部".into(), |item| item.name.clone()),
            _ => "找到".into(),
        }
    }

    /// An address of the desk that keeps this choice.
    fn href(&self, path: &str) -> String {
        let pairs = [("show", &self.show), ("item", &self.item), ("q", &self.q)];
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<_> =
            pairs.map(|(name, value)| format!("{name}={}", percent(value))).collect();
        match query.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{}", query.join("&")),
        }
    }
}

pub(super) fn percent(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
