//! Opening an envelope: HPKE's recipient, and the checks that an order is its author's and was
//! made for this very envelope.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::signature::{NotVerified, expand, verify};
use super::township::TownshipKeys;
use crate::encoding::decode;
use crate::envelope::{Contents, Envelope, INFO, MOST_PLAINTEXT, Order, PLAIN, ZLIB};
use crate::key::{CompactKey, PublicKey, SUITE_1};
use crate::sync::RefusalReason;

/// What was in an envelope, and true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The device whose order it is.
    pub author: PublicKey,
    /// What it asks.
    pub order: Order,
}

/// Why an envelope could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// Sealed by a suite of algorithms that this program does not know.
    #[error("sealed by an unknown suite of algorithms ({0})")]
    Suite(u16),
    /// Sealed to a key that is not among the township's.
    #[error("sealed to a key that this township does not have")]
    Recipient,
    /// Something in it is not as it was sealed.
    #[error("damaged or altered on the way")]
    Altered,
    /// Opened, but what is inside is of another version.
    #[error("its contents are of a version that this program cannot read")]
    Contents,
    /// Not signed by the device that claims to be the author.
    #[error("the order is not signed by its author")]
    Forged,
    /// A true order, but made for another envelope or another township.
    #[error("the order was made for another envelope")]
    Resealed,
}

impl NotOpened {
    /// What to answer the phone.
    pub fn reason(self) -> RefusalReason {
        match self {
            Self::Recipient | Self::Altered => RefusalReason::Unopenable,
            Self::Suite(_) | Self::Contents => RefusalReason::Unknown,
            Self::Forged | Self::Resealed => RefusalReason::Forged,
        }
    }
}

impl TownshipKeys {
    /// Opens `envelope` and verifies that what is in it is an order by its author for this very
    /// envelope and township.
    ///
    /// # Errors
    /// See [`NotOpened`].
    pub fn open(&self, envelope: &Envelope) -> Result<Opened, NotOpened> {
        if envelope.suite != SUITE_1 {
            return Err(NotOpened::Suite(envelope.suite));
        }
        let contents: Contents =
            decode(&unpack(&self.decrypt(envelope)?)?).map_err(|_| NotOpened::Contents)?;
        let author = expand(&contents.author).ok_or(NotOpened::Forged)?;
        let order = verify(&contents.order, &author).map_err(|error| match error {
            NotVerified::Forged => NotOpened::Forged,
            NotVerified::Unreadable => NotOpened::Contents,
        })?;
        if order.envelope != envelope.id || order.township != envelope.township {
            return Err(NotOpened::Resealed);
        }
        Ok(Opened { author, order })
    }

    fn decrypt(&self, envelope: &Envelope) -> Result<Vec<u8>, NotOpened> {
        let key = self.sealing_key_called(envelope.recipient).ok_or(NotOpened::Recipient)?;
        let compact = envelope.encapsulated.as_slice().try_into().map(CompactKey);
        let encapsulated = compact.ok().and_then(|key| expand(&key)).ok_or(NotOpened::Altered)?;
        let encapsulated = <DhP256HkdfSha256 as Kem>::EncappedKey::from_bytes(&encapsulated.0)
            .map_err(|_| NotOpened::Altered)?;
        hpke::single_shot_open::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &OpModeR::Base,
            key,
            &encapsulated,
            INFO,
            &envelope.sealed,
            &envelope.associated_data(),
        )
        .map_err(|_| NotOpened::Altered)
    }
}

fn unpack(plaintext: &[u8]) -> Result<Vec<u8>, NotOpened> {
    match plaintext.split_first() {
        Some((&PLAIN, contents)) => Ok(contents.to_vec()),
        Some((&ZLIB, packed)) => decompress_to_vec_zlib_with_limit(packed, MOST_PLAINTEXT)
            .map_err(|_| NotOpened::Contents),
        _ => Err(NotOpened::Contents),
    }
}
