//! What devices are to be told.
//!
//! Each device's facts are numbered without a gap by the row that counts them, which stays locked
//! until its transaction commits: who reads fact *n* has been able to read all before it, and a
//! cursor never skips one that is committed late.

use protocol::{DeviceId, Fact, Township};

use super::{Connection, StorageError};

/// Puts a fact where the device will hear it.
pub(crate) async fn tell(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
    fact: &Fact,
) -> Result<(), StorageError> {
    let row = db
        .row(
            "INSERT INTO device (township, id, facts) VALUES ($1, $2, 1) \
             ON CONFLICT (township, id) DO UPDATE SET facts = device.facts + 1 RETURNING facts",
            &[township.into(), device.into()],
        )
        .await?;
    let place: u64 = row.ok_or(StorageError::Unreadable("device"))?.of("device").take()?;
    let body = protocol::encode(fact);
    db.execute(
        "INSERT INTO fact (township, device, place, body) VALUES ($1, $2, $3, $4)",
        &[township.into(), device.into(), place.into(), (&body).into()],
    )
    .await?;
    Ok(())
}

/// At most `most` facts after `place`, each with its place.
pub(crate) async fn after(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
    place: u64,
    most: u64,
) -> Result<Vec<(u64, Fact)>, StorageError> {
    let sql = "SELECT place, body FROM fact \
               WHERE township = $1 AND device = $2 AND place > $3 ORDER BY place LIMIT $4";
    let rows = db.rows(sql, &[township.into(), device.into(), place.into(), most.into()]).await?;
    let rows = rows.into_iter().map(|row| row.of("fact"));
    rows.map(|mut row| Ok((row.take()?, row.decode()?))).collect()
}

/// How many facts the device has.
pub(crate) async fn count(
    db: &mut dyn Connection,
    township: &Township,
    device: &DeviceId,
) -> Result<u64, StorageError> {
    let sql = "SELECT facts FROM device WHERE township = $1 AND id = $2";
    let row = db.row(sql, &[township.into(), device.into()]).await?;
    row.map_or(Ok(0), |row| row.of("device").take())
}
