//! What is told of a case: to its applicant, and to who was asked to look.

use std::collections::BTreeMap;

use casework::{Act, By, Outcome, Record};
use pack::Pack;
use protocol::fact::{CaseState, Offers, VisitAsked};
use protocol::{DeviceId, ServerTime};

use super::at_hand::{AtHand, Now};
use super::event::Event;
use super::phase::Phase;
use super::promise::deadline_words;
use crate::storage::cases::Case;

/// What between the parts of a name in a list.
const BETWEEN: &str = " · ";
/// What somebody may say, where it is asked whether they may say anything.
const SOME: &str = "。";

/// What a case has come to by its last event, for its applicant.
pub(super) fn for_applicant(now: Now<'_>, at_hand: &AtHand) -> CaseState {
    let (row, phase) = (&at_hand.row, at_hand.phase());
    let office = office(&now.pack.pack, row);
    let mut words = words(now, at_hand, phase, office);
    if row.files_whole < row.files {
        let missing = row.files - row.files_whole;
        words.push_str(&format!("。还有 {missing} 个照片或录音在路上，有网就接着送"));
    }
    let said = row.said.clone().unwrap_or_default();
    let is_theirs = |act| at_hand.judge(now, &By::Applicant, act).is_ok();
    CaseState {
        said: Some(said.words).filter(|words| !words.is_empty()),
        corrections: said.corrections,
        offers: Offers {
            correct: is_theirs(Act::Supplement { traits: Vec::new() }),
            withdraw: is_theirs(Act::Withdraw { words: String::new() }),
            rate: phase.is_rated() && !row.is_rated,
            confirm: is_theirs(Act::Work {
                outcome: Outcome::Done,
                record: Record::Words(String::new()),
            }),
            appeal: is_theirs(Act::Appeal { words: SOME.to_owned() }),
        },
        ..plain(now, at_hand, phase, words)
    }
}

/// What a case has come to, for who was asked to look; `asked` is what for, while they are to.
pub(super) fn for_visitor(now: Now<'_>, at_hand: &AtHand, asked: Option<&str>) -> CaseState {
    let (pack, row, phase) = (&now.pack.pack, &at_hand.row, at_hand.phase());
    let item = pack.item(&row.item).map_or(row.item.0.as_str(), |item| &item.name);
    let about = [item, &row.person, &row.about].into_iter().filter(|part| !part.is_empty());
    let visit = asked.map(|words| VisitAsked {
        about: about.collect::<Vec<_>>().join(BETWEEN),
        words: words.to_owned(),
    });
    let words = phase.of(&pack.township.phases).name.clone();
    CaseState { visit, ..plain(now, at_hand, phase, words) }
}

/// What everybody who is told of a case is told.
fn plain(now: Now<'_>, at_hand: &AtHand, phase: Phase, words: String) -> CaseState {
    let row = &at_hand.row;
    CaseState {
        application: row.application,
        case: row.number.clone(),
        stage: phase.name().to_owned(),
        office: office(&now.pack.pack, row).to_owned(),
        words,
        since: now.at,
        version: Some(row.events),
        said: None,
        corrections: Vec::new(),
        offers: Offers::default(),
        visit: None,
    }
}

fn words(now: Now<'_>, at_hand: &AtHand, phase: Phase, office: &str) -> String {
    let pack = &now.pack.pack;
    let stage = at_hand.case.stage();
    let stage = stage.and_then(|stage| at_hand.workflow.words_at(stage, office));
    match (phase, stage) {
        // Nobody is promised a day that moves away.
        (Phase::Working, Some(stage)) if !at_hand.is_promise_running(now) => stage,
        (_, stage) => {
            let promised = deadline_words(pack, &at_hand.row);
            phase.of(&pack.township.phases).words(office, &promised, &stage.unwrap_or_default())
        }
    }
}

fn office<'a>(pack: &'a Pack, case: &'a Case) -> &'a str {
    pack.office(&case.office).map_or(case.office.as_str(), |office| &office.name)
}

/// Who was ever asked to look at a case, and what for, if they have not yet.
pub(super) fn visitors(events: &[(ServerTime, Event)]) -> BTreeMap<DeviceId, Option<&str>> {
    let mut visitors = BTreeMap::new();
    for (_, event) in events {
        match event {
            Event::VisitAsked { device, words, .. } => {
                visitors.insert(*device, Some(words.as_str()));
            }
            Event::Visited { device, .. } => {
                visitors.insert(*device, None);
            }
            _ => {}
        }
    }
    visitors
}
