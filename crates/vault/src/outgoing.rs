//! From something that a person asks to an envelope in the outbox.

use protocol::file::{manifest_digest, sealed_length};
use protocol::{
    ApplicationId, Command, DeviceTime, EnvelopeId, ManifestEntry, Order, Outside, PublicKey,
    Suite, Township, encode,
};

use crate::deliveries::{DeliveryFile, DeliveryRecord};
use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone};
use crate::place::{Place, Write};
use crate::sealing::seal;
use crate::vault::Vault;

/// Something that a person asks of a township.
pub(crate) struct Outgoing<'a> {
    pub(crate) envelope: EnvelopeId,
    pub(crate) township: Township,
    pub(crate) sealing_key: PublicKey,
    pub(crate) made_at: DeviceTime,
    /// The application that it is about.
    pub(crate) application: ApplicationId,
    pub(crate) command: Command,
    /// The files that it brings: those that no envelope named before.
    pub(crate) files: &'a [ManifestEntry],
}

impl<P: Phone> Vault<P> {
    /// The name of an envelope that is made now.
    pub(crate) fn new_envelope(&self, now: DeviceTime) -> EnvelopeId {
        EnvelopeId::new(now.unix_ms.unsigned_abs(), self.crypto().random())
    }

    /// Signs and seals it. Gives the changes that put it in the outbox.
    pub(crate) async fn outgoing(&self, outgoing: Outgoing<'_>) -> Result<Vec<Write>, VaultError> {
        let Outgoing { envelope: id, township, sealing_key, made_at, application, command, files } =
            outgoing;
        let order = Order { made_at, command };
        let (suite, recipient) = (Suite::One.number(), sealing_key.key_id());
        let outside = Outside { id, township, suite, recipient };
        let contents = self.device().contents(&order, &outside).await?;
        let envelope = seal(self.crypto(), contents, outside, &sealing_key).await?;
        let envelope = encode(&envelope);
        let habits = self.device().habits(self.account()).await?;
        let file = |file: &ManifestEntry| DeliveryFile {
            id: file.id,
            length: sealed_length(file.length),
            sealed_digest: file.sealed_digest,
            offset: 0,
        };
        let delivery = DeliveryRecord {
            envelope: id,
            application: Some(application),
            digest: self.crypto().digest(&envelope).await?,
            length: envelope.len() as u64,
            manifest: manifest_digest(files),
            files: files.iter().map(file).collect(),
            receipt: None,
            completion: None,
            refused: None,
            erased_for: habits.erases_what_arrived.then_some(self.account()),
            is_let_be: false,
        };
        Ok(vec![
            Write::put(Place::Envelopes, id, envelope),
            Write::put(Place::Deliveries, id, encode(&delivery)),
        ])
    }
}
