//! How far the files of an envelope have come, and the signed word that all are there.

use protocol::sync::DeliveryState;
use protocol::{Completion, Digest, EnvelopeId, ServerTime, Signed};

use crate::server::Server;
use crate::storage::{self, Connection, StorageError};

/// How far the files of an envelope have come; none where no such envelope arrived.
pub(crate) async fn state(
    db: &mut dyn Connection,
    server: &Server,
    envelope: EnvelopeId,
) -> Result<Option<DeliveryState>, StorageError> {
    let township = &server.township;
    let Some(completion) = storage::envelopes::completion(db, township, &envelope).await? else {
        return Ok(None);
    };
    let missing = match completion {
        Some(_) => Vec::new(),
        None => storage::files::missing(db, township, &envelope).await?,
    };
    Ok(Some(DeliveryState { envelope, missing, completion }))
}

/// Signs that the files with these sealed digests, in the manifest's order, are all there.
pub(crate) fn completion(
    server: &Server,
    envelope: EnvelopeId,
    sealed_digests: &[Digest],
    now: ServerTime,
) -> Signed<Completion> {
    let digests: Vec<u8> = sealed_digests.iter().flat_map(|digest| digest.0).collect();
    server.keys.sign(&Completion {
        envelope,
        files: Digest::of(&digests),
        township: server.township.clone(),
        completed_at: now,
        key: server.keys.signing_key().key_id(),
    })
}
