//! How a case stands, in any browser: for who has its number and its query code (查询码) and not the
//! phone that sent it, as who reported something without a name, or by a neighbour's phone.
//!
//! What is sent is in the body and never in an address. Whoever guesses is told nothing but that the
//! two do not belong together, whether there is such a case or not, and soon has to wait.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use axum::{Form, Router};
use protocol::fact::CaseState;
use protocol::{CaseNumber, ServerTime};
use serde::Deserialize;

use crate::audit::{self, Deed, Entry};
use crate::cases::{AtHand, Now, local};
use crate::console::{page, words};
use crate::server::Server;
use crate::storage::{self, StorageError};

const WRONG: &str = "编号和查询码对不上。请照回执上的再填一次";
const WAIT: &str = "错了太多次。请过 15 分钟再查，或者打电话问镇里";
/// The longest number, in characters, that is looked up.
const LONGEST: usize = 64;
/// So often may one be wrong about a number within [`WHILE_MS`].
const MOST_WRONG: u32 = 5;
const WHILE_MS: i64 = 15 * 60_000;
/// How often those that are over are forgotten.
const CLEARED_MS: i64 = 60_000;
/// So many numbers at once; whoever guesses at more makes others wait.
const MOST_NUMBERS: usize = 65_536;

/// The page.
pub(crate) fn router() -> Router<Arc<Server>> {
    Router::new().route("/", get(empty).post(ask)).layer(map_response(keep_nothing))
}

/// Who was wrong about which number, since when and how often: those of the last quarter of an hour.
#[derive(Default)]
pub(crate) struct Guesses {
    tries: HashMap<String, (ServerTime, u32)>,
    /// When those that are over were forgotten last.
    cleared_ms: i64,
}

impl Guesses {
    /// Whether one may try once more; counts that they do.
    fn may_try(&mut self, number: &str, now: ServerTime) -> bool {
        let is_over = |(at, _): &(ServerTime, u32)| now.0 - at.0 >= WHILE_MS;
        if now.0 - self.cleared_ms >= CLEARED_MS {
            self.tries.retain(|_, tries| !is_over(tries));
            self.cleared_ms = now.0;
        }
        if self.tries.get(number).is_some_and(is_over) {
            self.tries.remove(number);
        }
        if self.tries.len() >= MOST_NUMBERS && !self.tries.contains_key(number) {
            return false;
        }
        let (_, tries) = self.tries.entry(number.to_owned()).or_insert((now, 0));
        *tries += 1;
        *tries <= MOST_WRONG
    }

    fn was_right(&mut self, number: &str) {
        self.tries.remove(number);
    }
}

/// What the form sends.
#[derive(Deserialize)]
struct Asked {
    number: String,
    code: String,
}

#[derive(Template)]
#[template(path = "query.html")]
struct Page {
    township: String,
    number: String,
    problem: &'static str,
    found: Option<Found>,
}

/// How a case stands.
struct Found {
    item: String,
    number: String,
    office: String,
    phase: String,
    words: String,
    said: Vec<String>,
    since: String,
}

async fn empty(State(server): State<Arc<Server>>) -> Response {
    show(&server, StatusCode::OK, String::new(), "", None)
}

async fn ask(State(server): State<Arc<Server>>, Form(asked): Form<Asked>) -> Response {
    // As receipts write them: in groups.
    let plain = |text: &str| text.chars().filter(|one| !one.is_whitespace()).collect::<String>();
    let (number, code) = (plain(&asked.number), plain(&asked.code));
    if number.is_empty() || number.chars().count() > LONGEST {
        return show(&server, StatusCode::NOT_FOUND, String::new(), WRONG, None);
    }
    let now = server.clock.now();
    if !server.guesses.lock().await.may_try(&number, now) {
        return show(&server, StatusCode::TOO_MANY_REQUESTS, number, WAIT, None);
    }
    match look(&server, &CaseNumber(number.clone()), &code).await {
        Ok(None) => show(&server, StatusCode::NOT_FOUND, number, WRONG, None),
        Ok(Some(found)) => {
            server.guesses.lock().await.was_right(&number);
            show(&server, StatusCode::OK, number, "", Some(found))
        }
        Err(error) => page::not_now(&error),
    }
}

/// How the case stands, if that is its code; that somebody looked is in the audit.
async fn look(
    server: &Server,
    number: &CaseNumber,
    code: &str,
) -> Result<Option<Found>, StorageError> {
    let township = &server.township;
    let known = storage::cases::find(&mut *server.storage.read().await?, township, number).await?;
    if known.is_none_or(|case| case.application.query_code() != code) {
        return Ok(None);
    }
    let pack = server.packs.in_force();
    let now = Now::new(server, &pack);
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    let Some(row) = storage::cases::hold_any(db, township, number).await? else { return Ok(None) };
    let case = AtHand::take(db, now, row).await?;
    let did = Deed::Queried(number.0.clone());
    let entry = Entry { at: now.at, who: audit::APPLICANT.to_owned(), did };
    audit::record(db, township, &entry).await?;
    transaction.commit().await?;
    Ok(Some(found(now, &case)))
}

fn found(now: Now<'_>, case: &AtHand) -> Found {
    let pack = &now.pack.pack;
    let CaseState { office, words, said, corrections, .. } = case.for_applicant(now);
    let corrections = corrections.into_iter().map(|one| one.words);
    let last = case.events.last().map(|(at, _)| words::moment(local(pack, *at), now.local()));
    Found {
        item: pack.item(&case.row.item).map(|item| item.name.clone()).unwrap_or_default(),
        number: case.row.number.0.clone(),
        office,
        phase: case.phase().of(&pack.township.phases).name.clone(),
        words,
        said: said.into_iter().chain(corrections).collect(),
        since: last.unwrap_or_default(),
    }
}

fn show(
    server: &Server,
    status: StatusCode,
    number: String,
    problem: &'static str,
    found: Option<Found>,
) -> Response {
    let township = server.packs.in_force().pack.township.name.clone();
    page::show(status, &Page { township, number, problem, found })
}

async fn keep_nothing(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_codes_are_all_within_a_quarter_of_an_hour() {
        let mut guesses = Guesses::default();
        let at = |minute: i64| ServerTime(minute * 60_000);
        assert!((0..5).all(|minute| guesses.may_try("1", at(minute))));
        assert!(!guesses.may_try("1", at(14)), "not even the right one");
        assert!(guesses.may_try("2", at(14)), "other cases are others'");
        assert!(guesses.may_try("1", at(15)));
    }

    #[test]
    fn who_guesses_at_everything_makes_nobody_run_out_of_memory() {
        let mut guesses = Guesses::default();
        let tried = (0..2 * MOST_NUMBERS)
            .filter(|number| guesses.may_try(&number.to_string(), ServerTime(0)));
        assert_eq!(tried.count(), MOST_NUMBERS);
        assert!(guesses.may_try("1", ServerTime(WHILE_MS)), "a quarter of an hour later");
    }
}
