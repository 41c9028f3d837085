//! What is asked of a case that is there already. Whether it may be is decided here, by the very
//! transaction that keeps the envelope.

use casework::{Act, Outcome, Record};
use protocol::file::sealed_length;
use protocol::sync::RefusalReason;
use protocol::{Appeal, Confirmation, ManifestEntry, Rating, Receipt, Signed, Visit, Withdrawal};

use super::arrival::Application;
use super::keep::{Keeping, NotKept};
use super::{refusal, submit};
use crate::cases::{self, Asking, AtHand, Event, Wish};
use crate::devices;
use crate::storage::cases::Case;
use crate::storage::{self, Connection};
use crate::supervision::{self, Arrived};

/// The application, corrected, takes the place of the one before. The case stays with its office and
/// its promise: who asked for the correction gets it.
pub(super) async fn supplement(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    application: &Application,
    seen: u64,
) -> Result<Signed<Receipt>, NotKept> {
    let Keeping { server, arrival, .. } = *keeping;
    let (township, submission, now) = (&server.township, &application.submission, keeping.now());
    let asking = Asking {
        by: arrival.author,
        application: submission.application,
        wish: Wish::Supplement,
        seen,
    };
    let mut at_hand = cases::allow(db, now, &asking).await?;
    let act = Act::Supplement { traits: application.traits.clone() };
    let case = at_hand.ask(now, act)?;
    let row = at_hand.row.clone();
    if row.item != submission.item {
        return Err(NotKept::conflicting());
    }
    let receipt = keeping.sign_for(db, &row.number).await?;
    let more = expect_new_files(db, keeping, &row, &submission.files).await?;
    at_hand.row = Case {
        envelope: arrival.envelope,
        form: submission.form,
        person: application.summary.person.clone(),
        about: application.summary.about.clone(),
        search: format!("{}\n{}", row.number.0, application.summary.search),
        files: row.files + more,
        ..row
    };
    storage::cases::correct(db, township, &at_hand.row, more).await?;
    let (envelope, finished_at) = (arrival.envelope, submission.finished_at);
    at_hand.happen(db, now, Event::Supplemented { envelope, finished_at, case }).await?;
    let arrived = Arrived { ties: &application.ties };
    supervision::arrived(db, now, &at_hand, &arrived).await?;
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
    let now = keeping.now();
    let at_hand = cases::allow(db, now, &asking).await?;
    let case = at_hand.ask(now, Act::Withdraw { words: reason.clone() })?;
    let event = Event::Withdrawn { envelope: keeping.arrival.envelope, reason, case };
    take(db, keeping, at_hand, event).await
}

pub(super) async fn rate(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    rating: &Rating,
) -> Result<Signed<Receipt>, NotKept> {
    let (by, application) = (keeping.arrival.author, rating.application);
    let asking = Asking { by, application, wish: Wish::Rate, seen: 0 };
    let at_hand = cases::allow(db, keeping.now(), &asking).await?;
    let envelope = keeping.arrival.envelope;
    supervision::rated(db, keeping.now(), &at_hand, rating.satisfaction, envelope).await?;
    let event = Event::Rated { envelope, taken_down: None };
    take(db, keeping, at_hand, event).await
}

pub(super) async fn confirm(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    confirmation: &Confirmation,
) -> Result<Signed<Receipt>, NotKept> {
    let Confirmation { application, seen, is_mended, words } = confirmation.clone();
    let outcome = if is_mended { Outcome::Done } else { Outcome::Disputed };
    let act = Act::Work { outcome, record: Record::Words(words) };
    let by = keeping.arrival.author;
    answer(db, keeping, Asking { by, application, wish: Wish::Confirm, seen }, act).await
}

pub(super) async fn appeal(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    appeal: &Appeal,
) -> Result<Signed<Receipt>, NotKept> {
    let Appeal { application, seen, words } = appeal.clone();
    let by = keeping.arrival.author;
    let asking = Asking { by, application, wish: Wish::Appeal, seen };
    answer(db, keeping, asking, Act::Appeal { words }).await
}

/// What applicants answer to what was done, or decided.
async fn answer(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    asking: Asking,
    act: Act,
) -> Result<Signed<Receipt>, NotKept> {
    let now = keeping.now();
    let at_hand = cases::allow(db, now, &asking).await?;
    let case = at_hand.ask(now, act)?;
    let event = Event::Asked { envelope: keeping.arrival.envelope, case };
    take(db, keeping, at_hand, event).await
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
    let at_hand = cases::allow(db, keeping.now(), &asking).await?;
    take(db, keeping, at_hand, event).await
}

/// Keeps a command without files, and what comes of it.
async fn take(
    db: &mut dyn Connection,
    keeping: &Keeping<'_>,
    mut at_hand: AtHand,
    event: Event,
) -> Result<Signed<Receipt>, NotKept> {
    let receipt = keeping.sign_for(db, &at_hand.row.number).await?;
    at_hand.happen(db, keeping.now(), event).await?;
    keeping.complete_without_files(db).await?;
    Ok(receipt)
}
