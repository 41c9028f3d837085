//! What the township says of devices.

use protocol::{DeviceId, Holder, ServerTime, Township};

use super::{Connection, Row, StorageError};

/// What the township says of a device.
#[derive(Clone, Debug)]
pub(crate) struct Device {
    pub(crate) id: DeviceId,
    pub(crate) given: Option<Given>,
    pub(crate) revoked_at: Option<ServerTime>,
    /// Why it was revoked, in the operator's words.
    pub(crate) reason: Option<String>,
    /// When it was heard of last, noted now and then.
    pub(crate) seen_at: Option<ServerTime>,
}

/// Whom a device was given to.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) holder: Holder,
    pub(crate) valid_from: ServerTime,
    pub(crate) valid_until: ServerTime,
}

/// Says whom a device was given to, in the place of what was said before; false where it is
/// revoked.
pub(crate) async fn certify(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
    given: &Given,
) -> Result<bool, StorageError> {
    let holder = protocol::encode(&given.holder);
    let (from, until) = (given.valid_from, given.valid_until);
    let values = [township.into(), device.into(), (&holder).into(), from.into(), until.into()];
    let rows = db
        .execute(
            "INSERT INTO standing (township, device, holder, valid_from, valid_until) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (township, device) DO UPDATE SET \
             holder = excluded.holder, valid_from = excluded.valid_from, \
             valid_until = excluded.valid_until WHERE standing.revoked_at IS NULL",
            &values,
        )
        .await?;
    Ok(rows == 1)
}

/// Revokes a device, for ever; false where it was already.
pub(crate) async fn revoke(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
    reason: &str,
    now: ServerTime,
) -> Result<bool, StorageError> {
    let values = [township.into(), device.into(), now.into(), reason.into()];
    let rows = db
        .execute(
            "INSERT INTO standing (township, device, revoked_at, reason) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (township, device) DO UPDATE SET revoked_at = excluded.revoked_at, \
             reason = excluded.reason WHERE standing.revoked_at IS NULL",
            &values,
        )
        .await?;
    Ok(rows == 1)
}

/// Says that a device was heard of now.
pub(crate) async fn see(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
    now: ServerTime,
) -> Result<(), StorageError> {
    let sql = "UPDATE standing SET seen_at = $3 WHERE township = $1 AND device = $2";
    db.execute(sql, &[township.into(), device.into(), now.into()]).await.map(drop)
}

/// Whether anything of a device was ever taken in or said.
pub(crate) async fn is_known(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
) -> Result<bool, StorageError> {
    let sql = "SELECT facts FROM device WHERE township = $1 AND id = $2";
    let has_facts = db.row(sql, &[township.into(), device.into()]).await?.is_some();
    Ok(has_facts || find(db, township, device).await?.is_some())
}

/// What the township says of a device, if it says anything.
pub(crate) async fn find(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
) -> Result<Option<Device>, StorageError> {
    let sql = "SELECT device, holder, valid_from, valid_until, revoked_at, reason, seen_at FROM standing \
               WHERE township = $1 AND device = $2";
    db.row(sql, &[township.into(), device.into()]).await?.map(read).transpose()
}

/// All devices that the township says anything of; those that are valid longest first.
pub(crate) async fn list(
    db: &mut dyn Connection,
    township: &Township,
) -> Result<Vec<Device>, StorageError> {
    let sql = "SELECT device, holder, valid_from, valid_until, revoked_at, reason, seen_at FROM standing \
               WHERE township = $1 ORDER BY revoked_at, valid_until DESC, device";
    db.rows(sql, &[township.into()]).await?.into_iter().map(read).collect()
}

/// Whether a device is revoked.
pub(crate) async fn is_revoked(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
) -> Result<bool, StorageError> {
    let sql = "SELECT revoked_at FROM standing \
               WHERE township = $1 AND device = $2 AND revoked_at IS NOT NULL";
    Ok(db.row(sql, &[township.into(), device.into()]).await?.is_some())
}

fn read(row: Row) -> Result<Device, StorageError> {
    let mut row = row.of("standing");
    let id = row.take()?;
    let holder: Option<Vec<u8>> = row.take()?;
    let (from, until): (Option<ServerTime>, Option<ServerTime>) = (row.take()?, row.take()?);
    let given = match (holder, from, until) {
        (Some(holder), Some(valid_from), Some(valid_until)) => {
            let holder = protocol::decode(&holder);
            let holder = holder.map_err(|_| StorageError::Unreadable("standing"))?;
            Some(Given { holder, valid_from, valid_until })
        }
        _ => None,
    };
    Ok(Device { id, given, revoked_at: row.take()?, reason: row.take()?, seen_at: row.take()? })
}
