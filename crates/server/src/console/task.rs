//! One task, and what is done to it.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use protocol::{Command, Satisfaction, ServerTime};
use serde::Deserialize;

use super::case_file;
use super::desk::{self, Choice, Frame};
use super::page;
use super::session::SignedIn;
use super::tasks::{limit, name};
use super::words::{self, Lamp};
use crate::cases::{Event as CaseEvent, Now, local};
use crate::server::Server;
use crate::storage::{self, StorageError};
use crate::supervision::{
    self, Act, Cause, Conclusion, Event, Looked, NotDone, Reached, TakenDown,
};

/// The longest words, in characters.
const LONGEST: usize = 500;

#[derive(Template)]
#[template(path = "task.html")]
struct Page {
    frame: Frame,
    number: String,
    /// How many events of it the page shows.
    seen: usize,
    what: String,
    item: String,
    person: String,
    case: String,
    raised_at: String,
    lamp: Lamp,
    until: String,
    /// How it was rated, where it is about that.
    rating: Option<Rated>,
    /// What a rule asks to look at, and by what it is met, where it is about that.
    words: String,
    met: String,
    steps: Vec<Step>,
    is_open: bool,
    is_complex: bool,
    reached: Vec<Choosable>,
    conclusions: Vec<Choosable>,
}

/// A rating, opened.
struct Rated {
    level: &'static str,
    words: String,
    channel: String,
}

struct Step {
    name: &'static str,
    what: String,
    details: String,
}

/// Something to choose.
struct Choosable {
    field: &'static str,
    label: &'static str,
}

pub(super) async fn page(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
) -> Response {
    if !signed_in.supervises() {
        return page::nothing_here();
    }
    match lay(&server, &signed_in, &number).await {
        Ok(Some(page)) => page::show(StatusCode::OK, &page),
        Ok(None) => page::nothing_here(),
        Err(error) => page::not_now(&error),
    }
}

async fn lay(
    server: &Arc<Server>,
    signed_in: &SignedIn,
    number: &str,
) -> Result<Option<Page>, StorageError> {
    let now = Now::new(server, &signed_in.pack);
    let account = &signed_in.officer.account;
    let looked = supervision::look(now, &signed_in.reach, account, number).await?;
    let Some(looked) = looked else { return Ok(None) };
    let rating = match &looked.task.cause {
        Cause::Rating { envelope } => Some(rating(server, &looked, *envelope).await?),
        Cause::Risk { .. } => None,
    };
    let mut db = server.storage.read().await?;
    let frame = desk::frame(&mut *db, server, signed_in, &Choice::default(), "tasks").await?;
    Ok(Some(assemble(now, frame, looked, rating)))
}

/// The rating in an envelope, and how it came.
async fn rating(
    server: &Arc<Server>,
    looked: &Looked,
    envelope: protocol::EnvelopeId,
) -> Result<Rated, StorageError> {
    let Command::Rate(rating) = case_file::command(server, envelope).await? else {
        return Err(StorageError::Unreadable("envelope"));
    };
    let mut db = server.storage.read().await?;
    let events = storage::cases::events(&mut *db, &server.township, &looked.case.number).await?;
    let taken = events.into_iter().find_map(|(_, event)| match event {
        CaseEvent::Rated { envelope: own, taken_down } if own == envelope => taken_down,
        _ => None,
    });
    let pack = server.packs.in_force();
    let channel = match taken {
        None => "本人在手机上".to_owned(),
        Some(TakenDown { by, on_paper }) => {
            let officer = pack.pack.officer(&by);
            let who = officer.map_or(by.as_str(), |officer| &officer.name);
            let how = if on_paper { "在纸上，录的人" } else { "在窗口，请评的人" };
            format!("本人{how}：{who}")
        }
    };
    Ok(Rated { level: level(rating.satisfaction), words: rating.words, channel })
}

fn assemble(now: Now<'_>, frame: Frame, looked: Looked, rating: Option<Rated>) -> Page {
    let Looked { row, events, task, case } = looked;
    let pack = &now.pack.pack;
    let (lamp, until) = limit(now, &row);
    let (words, met) = match &task.cause {
        Cause::Rating { .. } => (String::new(), String::new()),
        Cause::Risk { words, met, .. } => (words.clone(), met.clone()),
    };
    let choose = |(field, label)| Choosable { field, label };
    Page {
        frame,
        number: row.number,
        seen: events.len(),
        what: name(&task.cause),
        item: pack.item(&case.item).map_or(case.item.0.clone(), |item| item.name.clone()),
        person: case.person,
        case: case.number.0,
        raised_at: words::moment(local(pack, row.raised_at), now.local()),
        lamp,
        until,
        rating,
        words,
        met,
        steps: events.iter().rev().map(|(at, event)| step(now, *at, event)).collect(),
        is_open: !task.is_closed,
        is_complex: task.is_complex,
        reached: Reached::ALL.into_iter().map(|one| choose(reached(one))).collect(),
        conclusions: Conclusion::ALL.into_iter().map(|one| choose(conclusion(one))).collect(),
    }
}

fn step(now: Now<'_>, at: ServerTime, event: &Event) -> Step {
    let pack = &now.pack.pack;
    let (name, what, words, by) = match event {
        Event::Raised(cause) => ("raised", format!("记下：{}", name(cause)), "", ""),
        Event::MadeComplex { by, words } => {
            ("made-complex", "按复杂的办".to_owned(), &**words, &**by)
        }
        Event::CalledBack { by, reached: one, words } => {
            ("called-back", format!("回访：{}", reached(*one).1), &**words, &**by)
        }
        Event::Found { by, conclusion: one, words } => {
            ("found", format!("核实：{}", conclusion(*one).1), &**words, &**by)
        }
        Event::Remedied { by, words } => ("remedied", "整改".to_owned(), &**words, &**by),
        Event::ToldBack { by, words } => ("told-back", "告诉了结果".to_owned(), &**words, &**by),
        Event::Closed { by } => ("closed", "办完了".to_owned(), "", &**by),
    };
    let by = pack.officer(by).map_or(by, |officer| &officer.name);
    let moment = words::moment(local(pack, at), now.local());
    let details = [moment.as_str(), by].into_iter().filter(|part| !part.is_empty());
    let what = if words.is_empty() { what } else { format!("{what}\n{words}") };
    Step { name, what, details: details.collect::<Vec<_>>().join(" · ") }
}

/// As the township says it: 国办发〔2019〕51号.
pub(super) fn level(satisfaction: Satisfaction) -> &'static str {
    match satisfaction {
        Satisfaction::Delighted => "非常满意",
        Satisfaction::Satisfied => "满意",
        Satisfaction::Content => "基本满意",
        Satisfaction::Dissatisfied => "不满意",
        Satisfaction::Appalled => "非常不满意",
    }
}

/// As the fields of the page call it, and as people say it.
fn reached(reached: Reached) -> (&'static str, &'static str) {
    match reached {
        Reached::Applicant => ("applicant", "本人"),
        Reached::Family => ("family", "家里人"),
        Reached::Nobody => ("nobody", "没有联系上，或者没有留名"),
    }
}

/// The same.
fn conclusion(conclusion: Conclusion) -> (&'static str, &'static str) {
    match conclusion {
        Conclusion::Founded => ("founded", "属实"),
        Conclusion::Mistaken => ("mistaken", "误评、误报"),
        Conclusion::Groundless => ("groundless", "无理由，没有问题"),
    }
}

/// What the forms send.
#[derive(Deserialize)]
pub(super) struct Sent {
    csrf: String,
    seen: u64,
    act: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    reached: String,
    #[serde(default)]
    conclusion: String,
}

impl Sent {
    /// What is wanted; none where the page does not ask so.
    fn act(&self) -> Option<Act> {
        let words = self.words.trim().chars().take(LONGEST).collect();
        Some(match self.act.as_str() {
            "make-complex" => Act::MakeComplex { words },
            "call-back" => {
                let named = |one: &Reached| reached(*one).0 == self.reached;
                Act::CallBack { reached: Reached::ALL.into_iter().find(named)?, words }
            }
            "find" => {
                let named = |one: &Conclusion| conclusion(*one).0 == self.conclusion;
                Act::Find { conclusion: Conclusion::ALL.into_iter().find(named)?, words }
            }
            "remedy" => Act::Remedy { words },
            "tell-back" => Act::TellBack { words },
            "close" => Act::Close,
            _ => return None,
        })
    }
}

pub(super) async fn act(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    if !signed_in.sent(&sent.csrf) {
        return page::expired();
    }
    if !signed_in.supervises() {
        return page::nothing_here();
    }
    let Some(act) = sent.act() else { return page::nothing_here() };
    let (now, account) = (Now::new(&server, &signed_in.pack), &signed_in.officer.account);
    let back = format!("/console/tasks/{number}");
    match supervision::act(now, account, &number, sent.seen, act).await {
        Ok(()) => Redirect::to(&back).into_response(),
        Err(NotDone::Unknown) => page::nothing_here(),
        Err(error @ NotDone::Superseded) => page::superseded(&error.to_string(), &back),
        Err(error @ NotDone::Refused(_)) => page::not_so(&error.to_string(), &back),
        Err(NotDone::Storage(error)) => page::not_now(&error),
    }
}
