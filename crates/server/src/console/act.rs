//! What somebody does to a case on the desk.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use calendar::OffsetDateTime;
use casework::{Act, Grounds, Outcome, Record, Refusal, Tie};
use protocol::CaseNumber;
use protocol::fact::Correction;

use super::offer::{end_of, grounds_name, tie_name};
use super::page;
use super::session::SignedIn;
use crate::cases::{NotDone, Now, OfficerAct};
use crate::server::Server;

/// The longest words, in characters.
const LONGEST: usize = 500;
/// Before the path of a question, in the name of the field that tells what is wrong with its answer.
pub(super) const AT: &str = "at:";

/// What a form of the page sends: the fields in the order of the page, since those for questions are
/// as many as the form has.
struct Sent(Vec<(String, String)>);

impl Sent {
    fn field(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }

    fn words(&self) -> String {
        self.field("words").chars().take(LONGEST).collect()
    }

    fn corrections(&self) -> Vec<Correction> {
        let all = self.0.iter().filter_map(|(field, words)| {
            let words: String = words.trim().chars().take(LONGEST).collect();
            let path = field.strip_prefix(AT).filter(|_| !words.is_empty())?;
            Some(Correction { path: path.to_owned(), words })
        });
        all.collect()
    }

    /// What is written down of the work of a stage.
    fn record(&self, account: &str) -> Option<Record> {
        let words = self.words();
        Some(match self.field("record") {
            "words" => Record::Words(words),
            "visit" => {
                let others = self.0.iter().filter(|(field, _)| field == "who");
                let others = others.map(|(_, who)| who.trim().to_owned());
                let people = std::iter::once(account.to_owned()).chain(others).collect();
                Record::Visit { people, words }
            }
            "votes" => Record::Votes {
                present: self.field("present").parse().ok()?,
                agreed: self.field("agreed").parse().ok()?,
                words,
            },
            "document" => Record::Document(words),
            _ => return None,
        })
    }

    /// What is wanted; none where the page does not ask so.
    fn act(&self, account: &str, now: OffsetDateTime) -> Option<Result<OfficerAct, Refusal>> {
        let words = self.words();
        let until = || end_of(self.field("until"), now).ok_or(Refusal::Wordless("到哪一天"));
        let act = match self.field("act").split_once(':') {
            Some(("work", outcome)) => {
                let outcome = Outcome::ALL.into_iter().find(|one| one.name() == outcome)?;
                Act::Work { outcome, record: self.record(account)? }
            }
            _ => match self.field("act") {
                "return" => {
                    let corrections = self.corrections();
                    return Some(until().map(|until| OfficerAct::Return {
                        words,
                        corrections,
                        until,
                    }));
                }
                "visit" => {
                    let device = self.field("device").parse().ok()?;
                    return Some(Ok(OfficerAct::AskVisit { device, words }));
                }
                "take-incomplete" => match until() {
                    Ok(until) => Act::TakeIncomplete { words, until },
                    Err(refusal) => return Some(Err(refusal)),
                },
                "pause" => match until() {
                    Ok(until) => Act::Pause { grounds: self.grounds()?, words, until },
                    Err(refusal) => return Some(Err(refusal)),
                },
                "settle" => Act::Settle,
                "hang-out" => Act::HangOut,
                "object" => Act::Object { words },
                "go-on" => Act::GoOn,
                "extend" => Act::Extend { words },
                "pass-on" => Act::PassOn { office: self.field("office").to_owned(), words },
                "join" => Act::Join { to: self.field("to").to_owned() },
                "recuse" => Act::Recuse { tie: self.tie()?, words },
                "stop" => Act::Stop { words },
                "appeal" => Act::Appeal { words },
                "bring-in" => Act::BringIn { words },
                "withdraw" => Act::Withdraw { words },
                _ => return None,
            },
        };
        Some(Ok(OfficerAct::Case(act)))
    }

    fn tie(&self) -> Option<Tie> {
        let named = self.field("tie");
        Tie::ALL.into_iter().find(|tie| tie_name(*tie) == named)
    }

    fn grounds(&self) -> Option<Grounds> {
        let named = self.field("grounds");
        Grounds::ALL.into_iter().find(|grounds| grounds_name(*grounds) == named)
    }
}

pub(super) async fn act(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Response {
    let sent = Sent(sent);
    if !signed_in.sent(sent.field("csrf")) {
        return page::expired();
    }
    let account = &signed_in.officer.account;
    let now = Now::new(&server, &signed_in.pack).local();
    let (Some(act), Ok(seen)) = (sent.act(account, now), sent.field("seen").parse()) else {
        return page::nothing_here();
    };
    let back = format!("/console/cases/{number}");
    let done = match act {
        Ok(act) => server.act_on_case(account, &CaseNumber(number), seen, act).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Redirect::to(&back).into_response(),
        Err(NotDone::Unknown) => page::nothing_here(),
        Err(NotDone::Superseded(what)) => page::superseded(what, &back),
        Err(error @ (NotDone::Refused(_) | NotDone::Nobody)) => page::not_done(&error, &back),
        Err(NotDone::Storage(error)) => page::not_now(&error),
    }
}
