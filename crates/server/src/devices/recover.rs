//! Helping somebody who works for the township and forgot a PIN: the device shows what only the
//! township can read ([`protocol::recovery`]), and gets the secret in it back once an operator, who
//! has seen the person, said so.

use protocol::{DeviceId, RecoveryAnswer, RecoveryRequest, ServerTime};

use crate::audit::{self, Deed, Entry, OPERATOR};
use crate::server::Server;
use crate::storage::recovery::Recovery;
use crate::storage::{self, StorageError};

const HOUR_MS: i64 = 60 * 60 * 1000;
/// How exactly it is noted when a device asked: it asks again and again.
const ASKED_AGAIN_MS: i64 = 60 * 1000;

/// Why a device is not to be helped.
#[derive(Debug, thiserror::Error)]
pub enum NotAllowed {
    /// The device is given to nobody who works for the township now.
    #[error(
        "编号是 {0} 的手机没有有效的证书。镇里只帮发过证书的手机；证书过期的，先用 xst device certify 再发"
    )]
    NotGiven(DeviceId),
    /// Not for an hour, or for longer than three days.
    #[error("有效时间填 1 到 72 小时")]
    Hours,
    /// It cannot be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Server {
    /// Lets the holder of `device` have the township's help with a PIN for so many hours, and tells
    /// until when. Whoever says so has seen the person, and knows that the phone is in their hand.
    ///
    /// # Errors
    /// See [`NotAllowed`].
    pub async fn allow_recovery(
        &self,
        device: DeviceId,
        hours: u16,
    ) -> Result<ServerTime, NotAllowed> {
        if !(1..=72).contains(&hours) {
            return Err(NotAllowed::Hours);
        }
        let now = self.clock.now();
        let until = ServerTime(now.0 + i64::from(hours) * HOUR_MS);
        let mut transaction = self.storage.write().await?;
        let (db, township) = (&mut *transaction, &self.township);
        if super::holder(db, self, &device, now).await?.is_none() {
            return Err(NotAllowed::NotGiven(device));
        }
        let before = storage::recovery::find(db, township, &device).await?;
        let allowed = Recovery { allowed_until: Some(until), ..before };
        storage::recovery::put(db, township, &device, allowed).await?;
        let did = Deed::AllowedRecovery { device, until };
        audit::record(db, township, &Entry { at: now, who: OPERATOR.to_owned(), did }).await?;
        transaction.commit().await?;
        Ok(until)
    }
}

/// Answers a request that the device which it names has signed.
pub(crate) async fn answer(
    server: &Server,
    request: &RecoveryRequest,
) -> Result<RecoveryAnswer, StorageError> {
    let (township, now) = (&server.township, server.clock.now());
    let device = request.device.device_id();
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    if super::holder(db, server, &device, now).await?.is_none() {
        return Ok(RecoveryAnswer::Denied);
    }
    let before = storage::recovery::find(db, township, &device).await?;
    let is_allowed = before.allowed_until.is_some_and(|until| now < until);
    let keys = server.keys.in_force();
    let secret = match is_allowed {
        true => keys.open_entrusted(&request.entrusted, township, &request.device),
        false => None,
    };
    // It stays allowed until then: the answer may be lost on its way.
    let asked_at = secret.is_none().then_some(now);
    let is_news = match (before.asked_at, asked_at) {
        (Some(before), Some(now)) => now.0 - before.0 >= ASKED_AGAIN_MS,
        (before, now) => before != now,
    };
    if is_news {
        let asked = Recovery { asked_at, ..before };
        storage::recovery::put(db, township, &device, asked).await?;
    }
    if secret.is_some() {
        let did = Deed::GaveRecovery(device);
        audit::record(db, township, &Entry { at: now, who: OPERATOR.to_owned(), did }).await?;
    }
    transaction.commit().await?;
    Ok(secret.map_or(RecoveryAnswer::Asked, RecoveryAnswer::Given))
}
