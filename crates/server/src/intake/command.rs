//! What is asked of a case that is there already. Whether it may be is decided here, by the very
//! transaction that keeps the envelope.

use protocol::file::sealed_length;
use protocol::sync::RefusalReason;
use protocol::{ManifestEntry, Rating, Receipt, Signed, Visit, Withdrawal};

use super::arrival::Application;
use super::keep::{Keeping, NotKept};
use super::{refusal, submit};
use crate::cases::{self, Asking, Event, Wish};
use crate::devices;
use crate::storage::cases::Case;
use crate::storage::{self, Connection};

/// The application, corrected, takes the place of the one before. The case stays with its office and
/// its promise: who asked for the correction gets it.
pub(super) async fn supplement(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    application: &Application,
    seen: u64,
) -> Result<Signed<Receipt>, NotKept> {
    let Keeping { server, pack, arrival, now } = *keeping;
    let (township, submission) = (&server.township, &application.submission);
    let asking = Asking {
        by: arrival.author,
        application: submission.application,
        wish: Wish::Supplement,
        seen,
    };
    let case = cases::allow(db, township, &asking).await?;
    if case.item != submission.item {
        return Err(NotKept::conflicting());
    }
    let receipt = keeping.sign_for(db, &case.number).await?;
    let more = expect_new_files(db, keeping, &case, &submission.files).await?;
    let case = Case {
        envelope: arrival.envelope,
        form: submission.form,
        person: application.summary.person.clone(),
        about: application.summary.about.clone(),
        search: format!("{}\n{}", case.number.0, application.summary.search),
        files: case.files + more,
        ..case
    };
    storage::cases::correct(db, township, &case, more).await?;
    let event =
        Event::Supplemented { envelope: arrival.envelope, finished_at: submission.finished_at };
    cases::append(db, township, pack, &case, now, &event).await?;
    if more == 0 {
        keeping.complete_without_files(db).await?;
    }
    Ok(receipt)
}

/// Expects the files that no earlier version of the case named, and tells how many. Whatever it named
/// is expected, or there, under the envelope that named it first.
async fn expect_new_files(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    case: &Case,
    files: &[ManifestEntry],
) -> Result<u64, NotKept> {
    let mut more = 0;
    for (place, entry) in files.iter().enumerate() {
        match storage::files::find(db, &keeping.server.township, &entry.id).await? {
            None => {
                submit::expect(db, keeping, &case.number, place, entry).await?;
                more += 1;
            }
            Some(known) => {
                let is_same = known.case == case.number
                    && known.digest == entry.sealed_digest
                    && known.length == sealed_length(entry.length);
                if !is_same {
                    return Err(NotKept::conflicting());
                }
            }
        }
    }
    Ok(more)
}

pub(super) async fn withdraw(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    withdrawal: &Withdrawal,
) -> Result<Signed<Receipt>, NotKept> {
    let Withdrawal { application, seen, reason } = withdrawal.clone();
    let by = keeping.arrival.author;
    let asking = Asking { by, application, wish: Wish::Withdraw, seen };
    let event = Event::Withdrawn { envelope: keeping.arrival.envelope, reason };
    take(db, keeping, &asking, &event).await
}

pub(super) async fn rate(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    rating: &Rating,
) -> Result<Signed<Receipt>, NotKept> {
    let (by, application) = (keeping.arrival.author, rating.application);
    let asking = Asking { by, application, wish: Wish::Rate, seen: 0 };
    let event = Event::Rated { envelope: keeping.arrival.envelope };
    take(db, keeping, &asking, &event).await
}

pub(super) async fn visit(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    visit: &Visit,
) -> Result<Signed<Receipt>, NotKept> {
    let Keeping { server, arrival, now, .. } = *keeping;
    let device = arrival.author;
    // Who was asked to look, and has given the device back since, speaks for nobody.
    let Some(who) = devices::holder(db, server, &device, now).await? else {
        return Err(NotKept::Refused(RefusalReason::Denied, refusal::DENIED.into()));
    };
    let Visit { application, seen, finding, words, visited_at } = visit.clone();
    let asking = Asking { by: device, application, wish: Wish::Visit, seen };
    let envelope = arrival.envelope;
    let event = Event::Visited { device, who, envelope, finding, words, visited_at };
    take(db, keeping, &asking, &event).await
}

/// Keeps a command without files, and what comes of it.
async fn take(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    asking: &Asking,
    event: &Event,
) -> Result<Signed<Receipt>, NotKept> {
    let Keeping { server, pack, now, .. } = *keeping;
    let case = cases::allow(db, &server.township, asking).await?;
    let receipt = keeping.sign_for(db, &case.number).await?;
    cases::append(db, &server.township, pack, &case, now, event).await?;
    keeping.complete_without_files(db).await?;
    Ok(receipt)
}
