//! An application that comes for the first time opens a case.

use calendar::Deadline;
use casework::{By, Happened};
use protocol::file::sealed_length;
use protocol::{CaseNumber, ManifestEntry, Receipt, Signed};

use super::arrival::Application;
use super::keep::{Keeping, NotKept};
use crate::cases::{AtHand, Event, Phase, local, server_time};
use crate::residents;
use crate::storage::cases::Case;
use crate::storage::files::File;
use crate::storage::{self, Connection, StorageError};
use crate::supervision::{self, Arrived};

pub(super) async fn keep(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    application: &Application,
) -> Result<Signed<Receipt>, NotKept> {
    let Keeping { server, arrival, .. } = *keeping;
    let township = &server.township;
    let number = number(db, keeping, application).await?;
    let receipt = keeping.sign_for(db, &number).await?;
    let case = case(keeping, application, number);
    if !storage::cases::open(db, township, &case).await? {
        return Err(NotKept::conflicting());
    }
    let files = &application.submission.files;
    for (place, entry) in files.iter().enumerate() {
        expect(db, keeping, &case.number, place, entry).await?;
    }
    let event = Event::Received {
        envelope: arrival.envelope,
        finished_at: application.submission.finished_at,
        case: casework::Event {
            at: keeping.now().local(),
            by: By::Applicant,
            what: Happened::Received {
                office: application.office.clone(),
                village: application.village.clone(),
                traits: application.traits.clone(),
                promised: application.promised,
            },
        },
    };
    let number = case.number.clone();
    let at_hand = AtHand::begin(db, keeping.now(), case, event).await?;
    let arrived = Arrived { ties: &application.ties };
    supervision::arrived(db, keeping.now(), &at_hand, &arrived).await?;
    residents::compare(db, keeping.now(), &arrival.author, &number, &application.people).await?;
    if files.is_empty() {
        keeping.complete_without_files(db).await?;
    }
    Ok(receipt)
}

/// Expects a file that the envelope names, at its place in the manifest.
pub(super) async fn expect(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    case: &CaseNumber,
    place: usize,
    entry: &ManifestEntry,
) -> Result<(), NotKept> {
    let file = File {
        id: entry.id,
        envelope: keeping.arrival.envelope,
        case: case.clone(),
        place: place as u64,
        length: sealed_length(entry.length),
        digest: entry.sealed_digest,
        received: 0,
        whole_at: None,
        moved_at: None,
    };
    match storage::files::expect(db, &keeping.server.township, &file).await? {
        true => Ok(()),
        false => Err(NotKept::conflicting()),
    }
}

async fn number(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    application: &Application,
) -> Result<CaseNumber, StorageError> {
    let (township, pack) = (&keeping.server.township, &keeping.pack.pack);
    let today = local(pack, keeping.now).date();
    let (day, item) = (today.to_string(), &application.submission.item);
    let serial = storage::cases::next_serial(db, township, item, &day).await?;
    Ok(pack.township.case_number.number(&township.0, today, &application.code, serial))
}

fn case(keeping: &Keeping<'_>, application: &Application, number: CaseNumber) -> Case {
    let Keeping { pack, arrival, now, .. } = *keeping;
    let Application { submission, office, promised, summary, .. } = application;
    let Deadline { end, .. } = promised.deadline(&pack.pack.calendar, local(&pack.pack, now), &[]);
    Case {
        search: format!("{}\n{}", number.0, summary.search),
        number,
        application: submission.application,
        envelope: arrival.envelope,
        device: arrival.author,
        item: submission.item.clone(),
        form: submission.form,
        workflow: Some(application.workflow),
        office: office.clone(),
        phase: Phase::Received.name().to_owned(),
        stage: String::new(),
        role: String::new(),
        place: String::new(),
        lamp: 0,
        person: summary.person.clone(),
        about: summary.about.clone(),
        files: submission.files.len() as u64,
        files_whole: 0,
        events: 0,
        said: None,
        is_rated: false,
        received_at: now,
        promised_by: server_time(end),
        due_at: None,
    }
}
