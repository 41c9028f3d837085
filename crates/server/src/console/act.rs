//! What an officer does to a case: return it for correction, decide it, close it, ask for a visit.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use form::model::Kind;
use form::{InstanceId, Session};
use protocol::fact::Correction;
use protocol::{CaseNumber, DeviceId};

use super::page;
use super::session::SignedIn;
use crate::cases::{NotDone, OfficerAct, Stage};
use crate::server::Server;
use crate::storage::StorageError;
use crate::storage::cases::Case;

/// The longest words, in characters.
const LONGEST: usize = 500;
/// Before the path of a question, in the name of the field that tells what is wrong with its answer.
const AT: &str = "at:";

/// What can be done to a case that is open on the desk.
pub(super) struct Acts {
    /// How many events of it the officer sees.
    pub(super) seen: u64,
    pub(super) can_judge: bool,
    pub(super) can_finish: bool,
    /// What the applicant was or could be asked.
    pub(super) questions: Vec<Question>,
    /// Who can be asked to look.
    pub(super) holders: Vec<Holder>,
}

/// A question that an answer may be corrected of.
pub(super) struct Question {
    /// As the fields of the page call it.
    pub(super) field: String,
    pub(super) label: String,
}

/// Somebody who has a device of the township's.
pub(super) struct Holder {
    pub(super) device: String,
    pub(super) name: String,
}

impl Acts {
    pub(super) fn of(
        case: &Case,
        questions: Vec<Question>,
        holders: Vec<(DeviceId, String)>,
    ) -> Result<Self, StorageError> {
        let stage = Stage::named(&case.stage)?;
        let holder =
            |(device, name): (DeviceId, String)| Holder { device: device.to_string(), name };
        Ok(Self {
            seen: case.events,
            can_judge: stage.is_open(),
            can_finish: stage.is_decided(),
            questions,
            holders: holders.into_iter().map(holder).collect(),
        })
    }
}

/// The questions that a form asks now, answered or not.
pub(super) fn questions(session: &Session) -> Vec<Question> {
    let mut all = Vec::new();
    collect(session, session.root(), "", "", &mut all);
    all
}

fn collect(session: &Session, at: InstanceId, above: &str, row: &str, all: &mut Vec<Question>) {
    for child in session.children(at).into_iter().filter(|child| session.is_relevant(*child)) {
        let node = session.form().node(child.node);
        let name = &node.name;
        match &node.kind {
            Kind::Group => collect(session, child, &format!("{above}{name}/"), row, all),
            Kind::Repeat { .. } => {
                let title = session.label(child).unwrap_or_else(|| name.clone());
                for (place, inner) in session.rows(child).into_iter().enumerate() {
                    let above = format!("{above}{name}[{}]/", place + 1);
                    let row = format!("{row}{title} {} · ", place + 1);
                    collect(session, inner, &above, &row, all);
                }
            }
            Kind::Question(_) if !session.is_read_only(child) => {
                let label = session.label(child).unwrap_or_else(|| name.clone());
                let label = format!("{row}{label}");
                all.push(Question { field: format!("{AT}{above}{name}"), label });
            }
            _ => {}
        }
    }
}

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

    fn act(&self) -> Option<OfficerAct> {
        Some(match self.field("act") {
            "return" => OfficerAct::Return { words: self.words(), corrections: self.corrections() },
            "approve" => OfficerAct::Decide { is_granted: true, words: self.words() },
            "refuse" => OfficerAct::Decide { is_granted: false, words: self.words() },
            "finish" => OfficerAct::Finish,
            "visit" => OfficerAct::AskVisit {
                device: self.field("device").parse().ok()?,
                words: self.words(),
            },
            _ => return None,
        })
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
    let (Some(act), Ok(seen)) = (sent.act(), sent.field("seen").parse()) else {
        return page::nothing_here();
    };
    let back = format!("/console/cases/{number}");
    let account = &signed_in.officer.account;
    match server.act_on_case(account, &CaseNumber(number), seen, act).await {
        Ok(()) => Redirect::to(&back).into_response(),
        Err(NotDone::Unknown) => page::nothing_here(),
        Err(NotDone::Superseded(what)) => page::superseded(what, &back),
        Err(error @ (NotDone::Wordless(_) | NotDone::Nobody)) => page::not_done(&error, &back),
        Err(NotDone::Storage(error)) => page::not_now(&error),
    }
}
