//! Saying that a device is nobody's any more.

use protocol::DeviceId;

use crate::audit::{self, Deed, Entry, OPERATOR};
use crate::server::Server;
use crate::storage::{self, StorageError};

/// Why a device is not revoked.
#[derive(Debug, thiserror::Error)]
pub enum NotRevoked {
    /// Nothing ever came from it, and it was given to nobody: more likely a slip in the number.
    #[error(
        "没有见过编号是 {0} 的手机，请核对编号。村民的手机可以用办件编号查：xst device list --case 办件编号"
    )]
    Unknown(DeviceId),
    /// It is revoked already.
    #[error("这部手机早已停用")]
    Already,
    /// It cannot be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Server {
    /// Says that a device is lost or was taken back, which cannot be undone. `reason` is for the
    /// township's own list; it is not told to the device.
    ///
    /// # Errors
    /// See [`NotRevoked`].
    pub async fn revoke_device(&self, device: DeviceId, reason: &str) -> Result<(), NotRevoked> {
        self.revoke_device_as(OPERATOR, device, reason).await
    }

    /// The same, done by somebody.
    pub(crate) async fn revoke_device_as(
        &self,
        who: &str,
        device: DeviceId,
        reason: &str,
    ) -> Result<(), NotRevoked> {
        let now = self.clock.now();
        let mut transaction = self.storage.write().await?;
        let (db, township) = (&mut *transaction, &self.township);
        if !storage::devices::is_known(db, township, &device).await? {
            return Err(NotRevoked::Unknown(device));
        }
        if !storage::devices::revoke(db, township, &device, reason, now).await? {
            return Err(NotRevoked::Already);
        }
        let did = Deed::RevokedDevice(device);
        audit::record(db, township, &Entry { at: now, who: who.to_owned(), did }).await?;
        Ok(transaction.commit().await?)
    }
}
