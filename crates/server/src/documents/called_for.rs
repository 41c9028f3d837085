//! Which documents the events of a case call for.

use calendar::OffsetDateTime;
use casework::{Ending, Happened, Outcome, Place, Record, To, Work};
use pack::DocumentKind;
use protocol::fact::Correction;

use crate::cases::{AtHand, Event, is_told};
use crate::console::ground;
use crate::storage::StorageError;

/// A document that an event calls for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Called {
    /// The place of the event in its case, counted from 1.
    pub(crate) event: u64,
    pub(crate) kind: DocumentKind,
    /// What was written with the event for the applicant to read; empty where nothing was.
    pub(crate) reasons: String,
    /// Until when it is to be corrected or handed in, or stands still.
    pub(crate) until: Option<OffsetDateTime>,
}

impl Called {
    /// Whether who issues it has to write the reasons: what was written on the way is not the applicant's
    /// to read.
    pub(crate) fn lacks_reasons(&self) -> bool {
        self.kind.gives_reasons() && self.reasons.is_empty()
    }
}

/// All of them, in the order of the events.
pub(crate) fn called_for(at_hand: &AtHand) -> Result<Vec<Called>, StorageError> {
    let unreadable = || StorageError::Unreadable("event");
    let work = &at_hand.workflow.work;
    let (mut called, mut so_far) = (Vec::new(), None::<casework::Case>);
    for (place, (_, event)) in (1..).zip(&at_hand.events) {
        let Some(known) = event.case() else { continue };
        let before = so_far.take();
        let traits = before.as_ref().map(|case| case.traits.clone()).unwrap_or_default();
        called.extend(of_event(work, &traits, place, event));
        let was_over = before.as_ref().is_some_and(is_finished);
        let after = match before {
            None => casework::Case::begun(work, known).map_err(|_| unreadable())?,
            Some(mut case) => {
                case.apply(work, known).map_err(|_| unreadable())?;
                case
            }
        };
        if is_finished(&after) && !was_over && !is_upheld(work, event) {
            let reasons = told(work, event);
            let kind = DocumentKind::Completion;
            called.push(Called { event: place, kind, reasons, until: None });
        }
        so_far = Some(after);
    }
    Ok(called)
}

/// Whether what was decided stays so after its applicant objected: that was told when it was decided.
fn is_upheld(work: &casework::Workflow, event: &Event) -> bool {
    match event.happened() {
        Some(Happened::Worked { stage, outcome: Outcome::Disagreed, .. }) => {
            work.appeal == Some(*stage)
        }
        _ => false,
    }
}

fn is_finished(case: &casework::Case) -> bool {
    matches!(case.place, Place::Over(Ending::Finished, _))
}

/// The one that an event calls for by itself, but for that the case is over.
fn of_event(
    work: &casework::Workflow,
    traits: &[String],
    event: u64,
    happened: &Event,
) -> Option<Called> {
    let mut until = None;
    let mut reasons = told(work, happened);
    let kind = match happened.happened()? {
        Happened::Worked { stage, outcome, .. } => {
            let stage = work.stage(*stage)?;
            let is_end = || stage.after(*outcome, traits) == Some(To::End(Ending::Refused));
            match (stage.work, outcome) {
                (Work::Intake, Outcome::Accepted) => DocumentKind::Acceptance,
                (_, Outcome::Declined) => DocumentKind::Declination,
                (_, Outcome::Granted) => DocumentKind::Grant,
                (_, Outcome::Refused) => DocumentKind::Refusal,
                (_, Outcome::Disagreed) if is_end() && !is_upheld(work, happened) => {
                    DocumentKind::Refusal
                }
                _ => return None,
            }
        }
        Happened::TakenIncomplete { until: end, .. } => {
            until = Some(*end);
            DocumentKind::Acceptance
        }
        Happened::Returned { until: end, .. } => {
            until = Some(*end);
            DocumentKind::Correction
        }
        Happened::Paused { grounds, until: end, .. } => {
            until = Some(*end);
            reasons = format!("{}。\n{reasons}", ground(*grounds));
            DocumentKind::Pause
        }
        Happened::Extended { .. } => DocumentKind::Extension,
        _ => return None,
    };
    Some(Called { event, kind, reasons, until })
}

/// What was written with an event for the applicant to read, in lines.
fn told(work: &casework::Workflow, event: &Event) -> String {
    match (event, event.happened()) {
        (Event::Returned { corrections, .. }, Some(Happened::Returned { words, .. })) => {
            numbered(corrections, words)
        }
        (_, Some(Happened::Worked { stage, outcome, record: Record::Words(words) })) => {
            let stage = work.stage(*stage);
            let is_told = stage.is_some_and(|stage| is_told(stage.work, *outcome));
            if is_told { words.clone() } else { String::new() }
        }
        (
            _,
            Some(
                Happened::Paused { words, .. }
                | Happened::Extended { words }
                | Happened::TakenIncomplete { words, .. },
            ),
        ) => words.clone(),
        _ => String::new(),
    }
}

fn numbered(corrections: &[Correction], words: &str) -> String {
    let all = corrections.iter().map(|one| one.words.as_str()).chain([words]);
    let all: Vec<&str> = all.filter(|one| !one.is_empty()).collect();
    let one = |(place, words): (usize, &&str)| match all.len() {
        1 => (*words).to_owned(),
        _ => format!("{}．{words}", place + 1),
    };
    all.iter().enumerate().map(one).collect::<Vec<_>>().join("\n")
}
