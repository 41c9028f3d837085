//! What is told of a case: to its applicant, and to who was asked to look.

use std::collections::BTreeMap;

use pack::Pack;
use protocol::fact::{CaseState, Offers, VisitAsked};
use protocol::{DeviceId, ServerTime};

use super::event::Event;
use super::promise::deadline_words;
use super::stage::Stage;
use crate::packs::InForce;
use crate::storage::StorageError;
use crate::storage::cases::Case;

/// What between the parts of a name in a list.
const BETWEEN: &str = " · ";

/// What a case has come to, for its applicant. Its last event is the one with the number `version`.
pub(super) fn for_applicant(
    pack: &InForce,
    case: &Case,
    version: u64,
    since: ServerTime,
) -> Result<CaseState, StorageError> {
    let (pack, stage) = (&pack.pack, Stage::named(&case.stage)?);
    let office = office(pack, case);
    let mut words = stage.of(&pack.township.stages).words(office, &deadline_words(pack, case));
    if case.files_whole < case.files {
        let missing = case.files - case.files_whole;
        words.push_str(&format!("。还有 {missing} 个照片或录音在路上，有网就接着送"));
    }
    let said = case.said.clone().unwrap_or_default();
    Ok(CaseState {
        application: case.application,
        case: case.number.clone(),
        stage: stage.name().to_owned(),
        office: office.to_owned(),
        words,
        since,
        version: Some(version),
        said: Some(said.words).filter(|words| !words.is_empty()),
        corrections: said.corrections,
        offers: Offers {
            correct: stage.is_open(),
            withdraw: stage.is_open(),
            rate: stage == Stage::Finished && !case.is_rated,
        },
        visit: None,
    })
}

/// What a case has come to, for who was asked to look; `asked` is what for, while they are to.
pub(super) fn for_visitor(
    pack: &InForce,
    case: &Case,
    version: u64,
    since: ServerTime,
    asked: Option<&str>,
) -> Result<CaseState, StorageError> {
    let (pack, stage) = (&pack.pack, Stage::named(&case.stage)?);
    let office = office(pack, case).to_owned();
    let item = pack.item(&case.item).map_or(case.item.0.as_str(), |item| &item.name);
    let about = [item, &case.person, &case.about].into_iter().filter(|part| !part.is_empty());
    let visit = asked.map(|words| VisitAsked {
        about: about.collect::<Vec<_>>().join(BETWEEN),
        words: words.to_owned(),
    });
    Ok(CaseState {
        application: case.application,
        case: case.number.clone(),
        stage: stage.name().to_owned(),
        office,
        words: stage.of(&pack.township.stages).name.clone(),
        since,
        version: Some(version),
        said: None,
        corrections: Vec::new(),
        offers: Offers::default(),
        visit,
    })
}

fn office<'a>(pack: &'a Pack, case: &'a Case) -> &'a str {
    pack.office(&case.office).map_or(case.office.as_str(), |office| &office.name)
}

/// Who was ever asked to look at a case, and what for, if they are still to.
pub(crate) fn visitors(events: &[Event]) -> BTreeMap<DeviceId, Option<&str>> {
    let mut visitors = BTreeMap::new();
    for event in events {
        match event {
            Event::VisitAsked { device, words, .. } => {
                visitors.insert(*device, Some(words.as_str()));
            }
            Event::Visited { device, .. } => {
                visitors.insert(*device, None);
            }
            Event::Decided { .. } | Event::Withdrawn { .. } => {
                visitors.values_mut().for_each(|asked| *asked = None);
            }
            _ => {}
        }
    }
    visitors
}
