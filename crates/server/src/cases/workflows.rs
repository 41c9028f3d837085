//! The workflows that cases came under. A case keeps its own to the end, whatever the pack says since:
//! what was promised holds.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use protocol::{Digest, Township};

use crate::storage::{self, Connection, StorageError};

/// Those that were read since the server started.
#[derive(Default)]
pub(crate) struct Workflows(RwLock<HashMap<Digest, Arc<pack::Workflow>>>);

impl Workflows {
    /// The workflow of this digest, which was kept when its pack came into force.
    pub(crate) async fn find(
        &self,
        db: &mut dyn Connection,
        township: &Township,
        digest: &Digest,
    ) -> Result<Arc<pack::Workflow>, StorageError> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(digest).cloned();
        if let Some(workflow) = known {
            return Ok(workflow);
        }
        let unreadable = || StorageError::Unreadable("workflow");
        let (id, source) =
            storage::workflows::find(db, township, digest).await?.ok_or_else(unreadable)?;
        let workflow = Arc::new(pack::Workflow::kept(&id, &source).map_err(|_| unreadable())?);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(all.entry(*digest).or_insert(workflow)))
    }
}
