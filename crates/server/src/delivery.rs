//! How far the files of an envelope have come, and the signed word that all are there.

use protocol::file::sealed_digests;
use protocol::sync::DeliveryState;
use protocol::{Completion, Digest, Envelope, EnvelopeId, ServerTime, Signed, Suite, decode};

use crate::keys::in_suite;
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

/// The suite of an envelope that was received.
pub(crate) async fn suite(
    db: &mut dyn Connection,
    server: &Server,
    envelope: EnvelopeId,
) -> Result<Suite, StorageError> {
    let unreadable = || StorageError::Unreadable("envelope");
    let bytes = storage::envelopes::bytes(db, &server.township, &envelope).await?;
    let envelope: Envelope = decode(&bytes.ok_or_else(unreadable)?).map_err(|_| unreadable())?;
    envelope.suite.try_into().map_err(|_| unreadable())
}

/// Signs that the files with these sealed digests, in the manifest's order, are all there.
pub(crate) fn completion(
    server: &Server,
    suite: Suite,
    envelope: EnvelopeId,
    digests: &[Digest],
    now: ServerTime,
) -> Result<Signed<Completion>, StorageError> {
    let keys = server.keys.in_force();
    let keys = in_suite(&keys, suite)?;
    Ok(keys.sign(&Completion {
        envelope,
        files: suite.digest(&sealed_digests(digests)),
        township: server.township.clone(),
        completed_at: now,
        key: keys.signing_key().key_id(),
    }))
}
