//! Giving a device to somebody who works for the township.

use protocol::{DeviceId, Holder, ServerTime};

use crate::audit::{self, Deed, Entry, OPERATOR};
use crate::server::Server;
use crate::storage::{self, StorageError};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Why a device is not certified.
#[derive(Debug, thiserror::Error)]
pub enum NotCertified {
    /// No officer of the pack has this account.
    #[error("officers.toml 里没有账号 {0}")]
    UnknownAccount(String),
    /// Nobody is named.
    #[error("没有写给谁用")]
    Nobody,
    /// Not valid for a day, or for years.
    #[error("有效期填 1 到 1100 天")]
    Days,
    /// It is revoked, which is for ever.
    #[error("这部手机已经停用，不能再发证书。请在手机上打开应用重新开始，用新的手机编号再来")]
    Revoked,
    /// It cannot be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Server {
    /// Says that a device was given to `holder`, for so many days. The device hears of it at its
    /// next contact. What was said of it before is no longer so.
    ///
    /// # Errors
    /// See [`NotCertified`].
    pub async fn certify_device(
        &self,
        device: DeviceId,
        holder: Holder,
        days: u16,
    ) -> Result<ServerTime, NotCertified> {
        self.certify_device_as(OPERATOR, device, holder, days).await
    }

    /// The same, done by somebody.
    pub(crate) async fn certify_device_as(
        &self,
        who: &str,
        device: DeviceId,
        holder: Holder,
        days: u16,
    ) -> Result<ServerTime, NotCertified> {
        self.expect_somebody(&holder)?;
        if !(1..=1100).contains(&days) {
            return Err(NotCertified::Days);
        }
        let now = self.clock.now();
        let valid_until = ServerTime(now.0 + i64::from(days) * DAY_MS);
        let given =
            storage::devices::Given { holder: holder.clone(), valid_from: now, valid_until };
        let mut transaction = self.storage.write().await?;
        let (db, township) = (&mut *transaction, &self.township);
        if !storage::devices::certify(db, township, &device, &given).await? {
            return Err(NotCertified::Revoked);
        }
        let did = Deed::CertifiedDevice { device, holder, valid_until };
        audit::record(db, township, &Entry { at: now, who: who.to_owned(), did }).await?;
        transaction.commit().await?;
        Ok(valid_until)
    }

    fn expect_somebody(&self, holder: &Holder) -> Result<(), NotCertified> {
        match holder {
            Holder::Officer(account) => {
                match self.packs.in_force().pack.officer(account).is_some() {
                    true => Ok(()),
                    false => Err(NotCertified::UnknownAccount(account.clone())),
                }
            }
            Holder::Other(name) if name.trim().is_empty() => Err(NotCertified::Nobody),
            Holder::Other(_) => Ok(()),
        }
    }
}
