//! How it went, asked at the counter: a page for whoever the case is of, who presses one of five faces
//! themselves. Whoever turned the screen to them sees afterwards that it was rated, and no more.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use protocol::{CaseNumber, Satisfaction};
use serde::Deserialize;

use super::page;
use super::session::SignedIn;
use super::task;
use crate::cases::{self, AtHand, Now};
use crate::server::Server;
use crate::supervision::{self, NotRated, TakenDown};

/// The longest words, in characters, as on phones.
const LONGEST: usize = protocol::command::MOST_WORDS;

#[derive(Template)]
#[template(path = "rating.html")]
struct Page {
    number: String,
    item: String,
    csrf: String,
    is_rated: bool,
    on_paper: bool,
    faces: [Face; 5],
}

struct Face {
    /// From 1, the best, to 5.
    level: usize,
    words: &'static str,
    /// The way of its mouth.
    mouth: &'static str,
}

const MOUTHS: [&str; 5] = [
    "M14 27q10 14 20 0z",
    "M15 29q9 8 18 0",
    "M16 31h16",
    "M15 33q9 -7 18 0",
    "M14 36q10 -14 20 0",
];

fn faces() -> [Face; 5] {
    std::array::from_fn(|place| Face {
        level: place + 1,
        words: task::level(Satisfaction::ALL[place]),
        mouth: MOUTHS[place],
    })
}

/// How the page is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// `yes` where it is taken down from paper.
    #[serde(default)]
    paper: String,
}

pub(super) async fn page(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    if !signed_in.takes_ratings() {
        return page::nothing_here();
    }
    let (number, account) = (CaseNumber(number), &signed_in.officer.account);
    let now = Now::new(&server, &signed_in.pack);
    let case = match cases::look(now, &signed_in.reach, account, &number).await {
        Ok(Some(case)) => case,
        Ok(None) => return page::nothing_here(),
        Err(error) => return page::not_now(&error),
    };
    let is_rated = case.row.is_rated;
    if !is_rated && let Err(not) = supervision::may_take_down(&case, account) {
        return refused(&not, &number);
    }
    let on_paper = asked.paper == "yes";
    let csrf = signed_in.csrf.clone();
    let item = item(now, &case);
    let page = Page { number: number.0, item, csrf, is_rated, on_paper, faces: faces() };
    page::show(StatusCode::OK, &page)
}

fn item(now: Now<'_>, case: &AtHand) -> String {
    let item = now.pack.pack.item(&case.row.item);
    item.map_or(case.row.item.0.clone(), |item| item.name.clone())
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Sent {
    csrf: String,
    channel: String,
    level: usize,
    words: String,
}

pub(super) async fn rate(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    if !signed_in.sent(&sent.csrf) {
        return page::expired();
    }
    if !signed_in.takes_ratings() {
        return page::nothing_here();
    }
    let on_paper = match sent.channel.as_str() {
        "window" => false,
        "paper" => true,
        _ => return page::nothing_here(),
    };
    let level = sent.level.checked_sub(1).and_then(|place| Satisfaction::ALL.get(place));
    let Some(level) = level.copied() else { return page::nothing_here() };
    let words = sent.words.trim().chars().take(LONGEST).collect();
    let (number, now) = (CaseNumber(number), Now::new(&server, &signed_in.pack));
    let taken = TakenDown { by: signed_in.officer.account.clone(), on_paper };
    let done = supervision::take_down(now, &signed_in.reach, &number, taken, (level, words)).await;
    match done {
        Ok(()) => Redirect::to(&format!("/console/cases/{}/rating", number.0)).into_response(),
        Err(not) => refused(&not, &number),
    }
}

fn refused(not: &NotRated, number: &CaseNumber) -> Response {
    match not {
        NotRated::Unknown => page::nothing_here(),
        NotRated::Storage(error) => page::not_now(error),
        NotRated::NotNow(_) | NotRated::Own => {
            page::not_so(&not.to_string(), &format!("/console/cases/{}", number.0))
        }
    }
}
