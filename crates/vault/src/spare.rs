//! A spare key: a second way to an account's data key, for whoever has a secret of 32 bytes that is
//! not the PIN. It lies beneath the device's secret as the PIN's own does: the secret alone opens
//! nothing.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::accounts::AccountRecord;
use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone};
use crate::sealing::{open_record, seal_record};

/// The data key, sealed with a secret and beneath that with the device's.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub(crate) struct SpareKey(#[n(0)] ByteVec);

impl SpareKey {
    /// To the data `key` of the account of `record`.
    pub(crate) async fn make<P: Phone>(
        device: &Device<P>,
        record: &AccountRecord,
        key: &[u8],
        secret: &[u8; 32],
    ) -> Result<Self, VaultError> {
        let (crypto, place) = (device.crypto(), place(record));
        let sealed = seal_record(crypto, &crypto.cipher(secret).await?, &place, key).await?;
        Ok(Self(seal_record(crypto, device.secret(), &place, &sealed).await?.into()))
    }

    /// The data key of the account of `record`.
    pub(crate) async fn open<P: Phone>(
        &self,
        device: &Device<P>,
        record: &AccountRecord,
        secret: &[u8; 32],
    ) -> Result<Vec<u8>, VaultError> {
        let (crypto, place) = (device.crypto(), place(record));
        let sealed = open_record(crypto, device.secret(), &place, &self.0).await?;
        Ok(open_record(crypto, &crypto.cipher(secret).await?, &place, &sealed).await?)
    }
}

/// What it is sealed for: never the PIN's place.
fn place(record: &AccountRecord) -> String {
    format!("{}/spare", record.key_place())
}
