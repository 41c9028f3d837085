//! Giving a clerk's phone what is known of its village.

use casework::Role;
use checks::Division;
use protocol::pack::{Household, Roster};
use protocol::{Digest, RosterAnswer, RosterRequest, encode};

use crate::audit::{self, Deed, Entry};
use crate::cases::Now;
use crate::devices;
use crate::server::Server;
use crate::storage::{self, Connection, StorageError};

/// How far from now a request may be by the township's own clock, as the phone last heard it: one that
/// somebody kept is worth nothing later.
const FRESH_MS: i64 = 10 * 60 * 1000;

/// Answers a request that the device which it names has signed.
pub(crate) async fn give(
    server: &Server,
    request: &RosterRequest,
) -> Result<RosterAnswer, StorageError> {
    let pack = server.packs.in_force();
    let now = Now::new(server, &pack);
    if (now.at.0 - request.heard_at.0).abs() > FRESH_MS {
        return Ok(RosterAnswer::Stale);
    }
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    let device = request.device.device_id();
    let account = devices::officer(db, server, &device, now.at).await?;
    let villages = account.as_ref().map(|account| villages(now, account)).unwrap_or_default();
    let Some(account) = account.filter(|_| !villages.is_empty()) else {
        return Ok(RosterAnswer::None);
    };
    let roster = of(db, now, &villages).await?;
    if roster.households.is_empty() {
        return Ok(RosterAnswer::None);
    }
    let bytes = encode(&roster);
    if request.known == Some(Digest::of(&bytes)) {
        return Ok(RosterAnswer::Same);
    }
    let entry = Entry { at: now.at, who: account, did: Deed::TookRoster(device) };
    audit::record(db, &server.township, &entry).await?;
    transaction.commit().await?;
    Ok(RosterAnswer::Given(bytes))
}

/// The villages that somebody works for today, as a clerk.
pub(super) fn villages(now: Now<'_>, account: &str) -> Vec<Division> {
    let (pack, today) = (&now.pack.pack, now.local().date());
    let posts = pack.organisation.posts(account, today).filter(|post| post.role == Role::Clerk);
    let areas: Vec<&Division> = posts.map(|post| &post.area).collect();
    let villages = pack.areas.iter().map(|area| &area.code);
    villages.filter(|code| areas.iter().any(|area| code.is_in(area))).cloned().collect()
}

async fn of(
    db: &mut dyn Connection,
    now: Now<'_>,
    villages: &[Division],
) -> Result<Roster, StorageError> {
    let mut given = Roster::default();
    for village in villages {
        let known = storage::residents::of_village(db, &now.server.township, village).await?;
        given.columns = known.roster.columns;
        let households = known.roster.households.into_values();
        given.households.extend(households.map(|one| Household { people: one.people }));
    }
    Ok(given)
}
