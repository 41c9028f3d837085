//! What a device hears of itself at each contact.

use protocol::{DeviceCertificate, DeviceId, Holder, PublicKey, Revocation, ServerTime, Standing};

use crate::server::Server;
use crate::storage::devices::{Device, Given};
use crate::storage::{self, Connection, StorageError};

/// What the township says of a device now, signed. A certificate that has run out, or whose officer
/// works here no longer, is not confirmed any more.
pub(crate) async fn standing(
    db: &mut dyn Connection,
    server: &Server,
    device: &PublicKey,
) -> Result<Option<Standing>, StorageError> {
    let id = device.device_id();
    let Some(known) = storage::devices::find(db, &server.township, &id).await? else {
        return Ok(None);
    };
    let keys = server.keys.in_force();
    let keys = keys.ring_or_another(device.suite());
    let township = server.township.clone();
    let key = keys.signing_key().key_id();
    if let Some(revoked_at) = known.revoked_at {
        let revocation = Revocation { township, device: id, revoked_at, key };
        return Ok(Some(Standing::Revoked(keys.sign(&revocation))));
    }
    let now = server.clock.now();
    let Some(given) = known.given.filter(|given| is_valid(server, given, now)) else {
        return Ok(None);
    };
    let certificate = DeviceCertificate {
        township,
        device: *device,
        holder: given.holder,
        valid_from: given.valid_from,
        valid_until: given.valid_until,
        confirmed_at: now,
        key,
    };
    Ok(Some(Standing::Certified(keys.sign(&certificate))))
}

/// How exactly it is noted when a device was heard of, in milliseconds.
const NOTED_MS: i64 = 10 * 60 * 1000;

/// Notes that a device was heard of which the township says something of. Villagers' phones are not
/// noted: where somebody is when is nobody's business.
pub(crate) async fn heard_of(server: &Server, device: &DeviceId) -> Result<(), StorageError> {
    let (township, now) = (&server.township, server.clock.now());
    let known = {
        let mut db = server.storage.read().await?;
        storage::devices::find(&mut *db, township, device).await?
    };
    let is_news = |known: &Device| known.seen_at.is_none_or(|seen| now.0 - seen.0 >= NOTED_MS);
    if known.as_ref().is_some_and(is_news) {
        let mut transaction = server.storage.write().await?;
        storage::devices::see(&mut *transaction, township, device, now).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// What those are called whom a device is given to now; none where it is given to nobody.
pub(crate) async fn holder(
    db: &mut dyn Connection,
    server: &Server,
    device: &DeviceId,
    now: ServerTime,
) -> Result<Option<String>, StorageError> {
    let known = storage::devices::find(db, &server.township, device).await?;
    Ok(known.and_then(|known| holder_name(server, &known, now)))
}

/// The account of who works for the township and holds a device now.
pub(crate) async fn officer(
    db: &mut dyn Connection,
    server: &Server,
    device: &DeviceId,
    now: ServerTime,
) -> Result<Option<String>, StorageError> {
    let known = storage::devices::find(db, &server.township, device).await?;
    let known = known.filter(|known| known.revoked_at.is_none());
    let given = known.and_then(|known| known.given).filter(|given| is_valid(server, given, now));
    Ok(given.and_then(|given| match given.holder {
        Holder::Officer(account) => Some(account),
        Holder::Other(_) => None,
    }))
}

/// The same of all devices that are given to somebody now.
pub(crate) async fn holders(
    db: &mut dyn Connection,
    server: &Server,
    now: ServerTime,
) -> Result<Vec<(DeviceId, String)>, StorageError> {
    let known = storage::devices::list(db, &server.township).await?.into_iter();
    Ok(known.filter_map(|known| Some((known.id, holder_name(server, &known, now)?))).collect())
}

fn holder_name(server: &Server, known: &Device, now: ServerTime) -> Option<String> {
    let given = known.given.as_ref().filter(|given| is_valid(server, given, now))?;
    known.revoked_at.is_none().then(|| match &given.holder {
        Holder::Other(name) => name.clone(),
        Holder::Officer(account) => {
            let pack = server.packs.in_force();
            pack.pack.officer(account).map_or(account.clone(), |officer| officer.name.clone())
        }
    })
}

fn is_valid(server: &Server, given: &Given, now: ServerTime) -> bool {
    let works_here = match &given.holder {
        Holder::Officer(account) => server.packs.in_force().pack.officer(account).is_some(),
        Holder::Other(_) => true,
    };
    works_here && now < given.valid_until
}
