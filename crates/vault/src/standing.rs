//! What the township says of this device: whose it is, or that it is nobody's any more. Then, and
//! when a certified device was out of contact for too long, it drops its keys and whatever was
//! sealed with them.

use minicbor::{Decode, Encode};
use protocol::{DeviceCertificate, DeviceTime, Signed, decode, encode};

use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Phone, Store as _};
use crate::place::{Place, Write};

/// Records of [`Place::Settings`].
const CERTIFICATE: &str = "certificate";
const DROPPED: &str = "dropped";

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// That the device has dropped its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Dropped {
    /// Why.
    #[n(0)]
    pub why: WhyDropped,
    /// When, by the device.
    #[n(1)]
    pub at: DeviceTime,
}

/// Why a device drops its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum WhyDropped {
    /// The township revoked it.
    #[n(0)]
    Revoked,
    /// It is certified, and had no contact for longer than the pack's `offline_days`.
    #[n(1)]
    TooLongOffline,
}

impl<P: Phone> Device<P> {
    /// To whom the township gave this device, as it confirmed last; none for a villager's.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn certificate(&self) -> Result<Option<DeviceCertificate>, VaultError> {
        let kept = self.store().get(Place::Settings, CERTIFICATE).await?;
        let signed = kept.and_then(|bytes| decode::<Signed<DeviceCertificate>>(&bytes).ok());
        let certificate = signed.and_then(|signed| signed.claim().ok());
        Ok(certificate.filter(|certificate| certificate.device == self.key()))
    }

    /// How many days this certified device may still be without contact, by its own clock; none
    /// for a villager's, which may be so for ever.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn offline_days_left(&self) -> Result<Option<i64>, VaultError> {
        let (Some(certificate), Some(pack)) = (self.certificate().await?, self.pack().await?)
        else {
            return Ok(None);
        };
        let since_ms = self.phone().now().unix_ms - certificate.confirmed_at.0;
        let left_ms = i64::from(pack.offline_days) * DAY_MS - since_ms;
        Ok(Some(left_ms.div_euclid(DAY_MS)))
    }

    /// Drops the keys of a certified device that was out of contact for too long, by its own clock;
    /// true where it did. It is then to be [taken up](Device::of) anew.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn drop_if_offline_too_long(&self) -> Result<bool, VaultError> {
        let is_too_long = self.offline_days_left().await?.is_some_and(|days| days < 0);
        if is_too_long {
            self.drop_keys(WhyDropped::TooLongOffline).await?;
        }
        Ok(is_too_long)
    }

    /// Whether nobody has to be told or asked anything before something is opened: the device is a
    /// villager's, and has not dropped its keys.
    pub(crate) async fn stands_by_itself(&self) -> Result<bool, VaultError> {
        let reads = [CERTIFICATE, DROPPED].map(|key| (Place::Settings, key.to_owned()));
        Ok(self.store().read(&reads).await?.iter().all(Option::is_none))
    }

    /// Why the device dropped its keys, until [`Device::accept_dropped`].
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn dropped(&self) -> Result<Option<Dropped>, VaultError> {
        let kept = self.store().get(Place::Settings, DROPPED).await?;
        Ok(kept.and_then(|bytes| decode(&bytes).ok()))
    }

    /// A person has read it.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn accept_dropped(&self) -> Result<(), VaultError> {
        self.store().write(&[Write::delete(Place::Settings, DROPPED)]).await
    }

    /// Keeps what the township confirmed, unless a later word of it is kept: then somebody has held
    /// this one back.
    pub(crate) async fn keep_certificate(
        &self,
        certificate: &DeviceCertificate,
        signed: &Signed<DeviceCertificate>,
    ) -> Result<(), VaultError> {
        let here = (Place::Settings, CERTIFICATE.to_owned());
        self.store()
            .change(&[Place::Settings], &[here], &|read| {
                let kept = read[0].as_ref().and_then(|bytes| {
                    decode::<Signed<DeviceCertificate>>(bytes).ok()?.claim().ok()
                });
                let is_newer = kept.is_none_or(|kept| {
                    kept.device != certificate.device
                        || kept.confirmed_at < certificate.confirmed_at
                });
                let keep = || Write::put(Place::Settings, CERTIFICATE, encode(signed));
                Ok(is_newer.then(keep).into_iter().collect())
            })
            .await
    }

    /// Drops the keys and what was sealed with them, in one transaction. What was finished stays:
    /// it is sealed to the township. This device is then to be [taken up](Device::of) anew, and is
    /// another one.
    pub(crate) async fn drop_keys(&self, why: WhyDropped) -> Result<(), VaultError> {
        let mut writes = Vec::new();
        for place in Place::SEALED_HERE {
            let keys = self.store().keys(place, "").await?;
            writes.extend(keys.into_iter().map(|key| Write::delete(place, key)));
        }
        writes.extend(self.orphaned_files().await?);
        let dropped = Dropped { why, at: self.phone().now() };
        writes.push(Write::delete(Place::Settings, CERTIFICATE));
        writes.push(Write::put(Place::Settings, DROPPED, encode(&dropped)));
        self.store().write(&writes).await
    }

    /// The changes after which no file is kept but those that are to be delivered.
    async fn orphaned_files(&self) -> Result<Vec<Write>, VaultError> {
        let deliveries = self.deliveries().await?.records;
        let waiting: Vec<String> =
            deliveries.iter().flat_map(|one| &one.files).map(|file| file.id.to_string()).collect();
        let keys = self.store().keys(Place::Files, "").await?.into_iter();
        let is_orphan = |key: &String| !waiting.iter().any(|file| key.starts_with(file.as_str()));
        Ok(keys.filter(is_orphan).map(|key| Write::delete(Place::Files, key)).collect())
    }
}
