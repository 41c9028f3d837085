//! Devices whose holders forgot a PIN.

use protocol::{DeviceId, ServerTime, Township};

use super::{Connection, StorageError};

/// Where a device stands with the township's help.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Recovery {
    /// When it asked last, since it was helped last.
    pub(crate) asked_at: Option<ServerTime>,
    /// Until when it may be helped.
    pub(crate) allowed_until: Option<ServerTime>,
}

/// Where a device stands.
pub(crate) async fn find(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
) -> Result<Recovery, StorageError> {
    let sql = "SELECT asked_at, allowed_until FROM recovery WHERE township = $1 AND device = $2";
    let Some(row) = db.row(sql, &[township.into(), device.into()]).await? else {
        return Ok(Recovery::default());
    };
    let mut row = row.of("recovery");
    Ok(Recovery { asked_at: row.take()?, allowed_until: row.take()? })
}

/// Says where a device stands, in the place of what was said before.
pub(crate) async fn put(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
    Recovery { asked_at, allowed_until }: Recovery,
) -> Result<(), StorageError> {
    let values = [township.into(), device.into(), asked_at.into(), allowed_until.into()];
    db.execute(
        "INSERT INTO recovery (township, device, asked_at, allowed_until) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (township, device) DO UPDATE SET asked_at = excluded.asked_at, \
         allowed_until = excluded.allowed_until",
        &values,
    )
    .await?;
    Ok(())
}
