//! Bringing new keys into force.

use protocol::Suite;
use protocol::keys::system_random;

use super::{KeyError, KeyIds, file, in_suite};
use crate::audit::{self, Deed, Entry, OPERATOR};
use crate::server::Server;
use crate::storage::StorageError;

/// Which keys are renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// In which suite.
    pub suite: Suite,
    /// The one that envelopes are sealed to.
    pub sealing: bool,
    /// The one that signs receipts and packs.
    pub signing: bool,
}

/// Why keys were not rotated, or were without a trace in the audit.
#[derive(Debug, thiserror::Error)]
pub enum NotRotated {
    /// The key file is not to be had: the keys before are in force.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The database does not take it: [`KeyIds`] tell whether it was done.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Server {
    /// Brings new keys into force; the former ones stay, to open and to verify what was made with
    /// them. Another server on the same data takes them up when it next looks at the file.
    ///
    /// # Errors
    /// See [`NotRotated`].
    pub async fn rotate_keys(&self, rotation: Rotation) -> Result<KeyIds, NotRotated> {
        let mut transaction = self.storage.write().await?;
        let keys = file::change(&self.keys.folder, |keys| {
            if rotation.sealing {
                keys.renew_sealing_key(rotation.suite, &mut system_random());
            }
            if rotation.signing {
                keys.renew_signing_key(rotation.suite, &mut system_random());
            }
        })?;
        let ids = KeyIds::of(in_suite(&keys, rotation.suite)?);
        let did = Deed::RotatedKeys {
            sealing: ids.sealing.first().copied().filter(|_| rotation.sealing),
            signing: ids.signing.first().copied().filter(|_| rotation.signing),
        };
        let entry = Entry { at: self.clock.now(), who: OPERATOR.to_owned(), did };
        audit::record(&mut *transaction, &self.township, &entry).await?;
        transaction.commit().await?;
        Ok(ids)
    }
}
