//! 台账: bringing a new table of the township's people, and seeing what it changes before it does. Of the
//! people in it the page shows nobody but where a clerk says otherwise.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::multipart::Multipart;
use axum::http::StatusCode;
use axum::response::Response;
use protocol::ServerTime;
use serde::Deserialize;

use super::desk::{self, Choice, Frame};
use super::proposals::{self, Proposals};
use super::session::SignedIn;
use super::{page, upload, words};
use crate::cases::{Now, local};
use crate::residents::{self, NotBrought, Preview};
use crate::server::Server;
use crate::storage::{self, StorageError};

/// The longest table, in bytes: that of a township of 30,000 people has some 5 MB.
const LONGEST: usize = 32 << 20;
/// So many lines that are wrong are shown.
const MOST_WRONG: usize = 100;

#[derive(Template)]
#[template(path = "residents.html")]
struct Page {
    frame: Frame,
    villages: Vec<Village>,
    changed: String,
    proposals: Proposals,
    outcome: Outcome,
}

/// A village, and how many households are known of it.
struct Village {
    name: String,
    households: u64,
}

/// What came of what somebody did.
enum Outcome {
    Nothing,
    Problem(String),
    /// What is wrong, line by line, and how many more there are.
    Wrong(Vec<String>, usize),
    Preview(Changes),
    Taken(Changes),
}

struct Changes {
    new: usize,
    same: usize,
    changed: Vec<String>,
    gone: Vec<String>,
    villages: Vec<String>,
    left_out: Vec<String>,
}

/// What the button sends.
#[derive(Deserialize)]
pub(super) struct Confirmed {
    csrf: String,
}

pub(super) async fn page(State(server): State<Arc<Server>>, signed_in: SignedIn) -> Response {
    if !signed_in.keeps_roster() {
        return page::nothing_here();
    }
    show(&server, &signed_in, StatusCode::OK, Outcome::Nothing).await
}

/// Tells what a table would change.
pub(super) async fn bring(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    form: Multipart,
) -> Response {
    if !signed_in.keeps_roster() {
        return page::nothing_here();
    }
    let table = match table(&signed_in, form).await {
        Ok(Some(table)) => table,
        Ok(None) => return page::expired(),
        Err(problem) => {
            let problem = Outcome::Problem(problem.to_owned());
            return show(&server, &signed_in, StatusCode::BAD_REQUEST, problem).await;
        }
    };
    let now = Now::new(&server, &signed_in.pack);
    let preview = residents::show(now, &signed_in.officer.account, &table).await;
    answer(
        &server,
        &signed_in,
        preview.map(|preview| Outcome::Preview(Changes::of(&signed_in, preview))),
    )
    .await
}

/// Takes in what was brought last.
pub(super) async fn confirm(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(confirmed): Form<Confirmed>,
) -> Response {
    if !signed_in.keeps_roster() {
        return page::nothing_here();
    }
    if !signed_in.sent(&confirmed.csrf) {
        return page::expired();
    }
    let now = Now::new(&server, &signed_in.pack);
    let taken = residents::confirm(now, &signed_in.officer.account).await;
    let taken = taken.map(|changes| Preview { changes, left_out: Vec::new() });
    answer(&server, &signed_in, taken.map(|taken| Outcome::Taken(Changes::of(&signed_in, taken))))
        .await
}

async fn answer(
    server: &Server,
    signed_in: &SignedIn,
    outcome: Result<Outcome, NotBrought>,
) -> Response {
    let (status, outcome) = match outcome {
        Ok(outcome) => (StatusCode::OK, outcome),
        Err(NotBrought::Storage(error)) => return page::not_now(&error),
        Err(NotBrought::Wrong(problems)) => {
            let told = problems.iter().take(MOST_WRONG).map(ToString::to_string);
            let more = problems.len().saturating_sub(MOST_WRONG);
            (StatusCode::UNPROCESSABLE_ENTITY, Outcome::Wrong(told.collect(), more))
        }
        Err(error @ NotBrought::Changed) => {
            (StatusCode::CONFLICT, Outcome::Problem(error.to_string()))
        }
        Err(error @ NotBrought::NotATable(_)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Outcome::Problem(error.to_string()))
        }
    };
    show(server, signed_in, status, outcome).await
}

async fn show(
    server: &Server,
    signed_in: &SignedIn,
    status: StatusCode,
    outcome: Outcome,
) -> Response {
    match lay(server, signed_in, outcome).await {
        Ok(page) => page::show(status, &page),
        Err(error) => page::not_now(&error),
    }
}

async fn lay(
    server: &Server,
    signed_in: &SignedIn,
    outcome: Outcome,
) -> Result<Page, StorageError> {
    let proposals = proposals::waiting(server, signed_in).await?;
    let mut db = server.storage.read().await?;
    let db = &mut *db;
    let frame = desk::frame(db, server, signed_in, &Choice::default(), "residents").await?;
    let counts = storage::residents::count(db, &server.township).await?;
    let changed_at = storage::residents::changed_at(db, &server.township).await?;
    let pack = &signed_in.pack.pack;
    let named = |(code, households): (String, u64)| {
        let area = pack.areas.iter().find(|area| area.code.as_str() == code);
        Village { name: area.map_or(code, |area| area.name.clone()), households }
    };
    let villages = counts.into_iter().map(named).collect();
    let moment = |at: ServerTime| words::moment(local(pack, at), local(pack, server.clock.now()));
    let changed = changed_at.map(moment).unwrap_or_default();
    Ok(Page { frame, villages, changed, proposals, outcome })
}

impl Changes {
    fn of(signed_in: &SignedIn, Preview { changes, left_out }: Preview) -> Self {
        let areas = &signed_in.pack.pack.areas;
        let village = |code: &String| {
            let area = areas.iter().find(|area| area.code.as_str() == code);
            area.map_or(code.clone(), |area| area.name.clone())
        };
        let changed = |one: &roster::Changed| {
            let mut what = Vec::new();
            if one.came > 0 {
                what.push(format!("多 {} 人", one.came));
            }
            if one.left > 0 {
                what.push(format!("少 {} 人", one.left));
            }
            let heading = |column: &String| {
                let own = signed_in.pack.pack.residents.as_ref();
                let heading = own.and_then(|own| own.headings.get(column));
                heading.unwrap_or(column).clone()
            };
            what.extend(one.columns.iter().map(heading));
            format!("{} 户：{}", one.household, what.join("、"))
        };
        Self {
            new: changes.new.len(),
            same: changes.same,
            changed: changes.changed.iter().map(changed).collect(),
            gone: changes.gone.clone(),
            villages: changes.villages.iter().map(village).collect(),
            left_out,
        }
    }
}

/// The table that was sent; none where the form is not this session's.
async fn table(signed_in: &SignedIn, mut form: Multipart) -> Result<Option<Vec<u8>>, &'static str> {
    let Some(mut field) = upload::file(signed_in, &mut form, "table").await? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    while let Some(more) = field.chunk().await.map_err(upload::broken)? {
        if bytes.len() + more.len() > LONGEST {
            return Err("这个文件太大了：一张表最多 32 MB。");
        }
        bytes.extend_from_slice(&more);
    }
    Ok(Some(bytes))
}
