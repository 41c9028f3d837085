//! What a clerk, who was there, says otherwise than the roster does: a proposal to whoever keeps it.

use std::collections::BTreeMap;

use protocol::{CaseNumber, DeviceId, Digest};

use super::give::villages;
use crate::audit::{self, Deed, Entry};
use crate::cases::Now;
use crate::devices;
use crate::storage::residents::Proposal;
use crate::storage::{self, Connection, StorageError};

/// What is said of a person, by the columns of the roster.
pub(crate) type Told = BTreeMap<String, String>;

/// What nobody proposes to change: who a person is, and where they live.
const KEPT: [&str; 3] = [roster::ID, roster::ID_TYPE, roster::VILLAGE];

/// Proposes what an application that a clerk's device sent says otherwise of the people of its village.
pub(crate) async fn compare(
    db: &mut dyn Connection,
    now: Now<'_>,
    device: &DeviceId,
    case: &CaseNumber,
    people: &[Told],
) -> Result<(), StorageError> {
    if people.is_empty() {
        return Ok(());
    }
    let township = &now.server.township;
    let Some(account) = devices::officer(db, now.server, device, now.at).await? else {
        return Ok(());
    };
    for village in villages(now, &account) {
        let known = storage::residents::of_village(db, township, &village).await?.roster;
        for (household, own) in &known.households {
            for person in &own.people {
                let id = known.of(person, roster::ID);
                let Some(told) = people.iter().find(|told| told[roster::ID] == id) else {
                    continue;
                };
                let others = told.iter().filter(|(column, after)| {
                    let is_open = !KEPT.contains(&column.as_str());
                    let is_known = known.columns.contains(column);
                    is_open && is_known && known.of(person, column) != after.as_str()
                });
                for (column, after) in others {
                    let proposal = Proposal {
                        key: Digest::of(format!("{id}\n{column}").as_bytes()),
                        household: household.clone(),
                        person: id.to_owned(),
                        column: column.clone(),
                        before: known.of(person, column).to_owned(),
                        after: after.clone(),
                        case: case.clone(),
                        account: account.clone(),
                    };
                    storage::residents::propose(db, township, &proposal, now.at).await?;
                }
            }
        }
    }
    Ok(())
}

/// Does what somebody who keeps the roster says of a proposal that they saw with this case; tells
/// whether it was still there so.
pub(crate) async fn decide(
    now: Now<'_>,
    account: &str,
    key: &Digest,
    case: &CaseNumber,
    is_taken: bool,
) -> Result<bool, StorageError> {
    let township = &now.server.township;
    let mut transaction = now.server.storage.write().await?;
    let db = &mut *transaction;
    let Some(proposal) = storage::residents::take_proposal(db, township, key, case).await? else {
        return Ok(false);
    };
    let is_done = match is_taken {
        true => storage::residents::correct(db, township, &proposal, now.at).await?,
        false => true,
    };
    let did = match is_taken {
        true => Deed::ChangedRoster { new: 0, changed: 1, gone: 0 },
        false => Deed::LeftRoster(case.0.clone()),
    };
    audit::record(db, township, &Entry { at: now.at, who: account.to_owned(), did }).await?;
    transaction.commit().await?;
    Ok(is_done)
}
