//! The data key, made at the vault's first opening.

use crate::error::VaultError;
use crate::phone::{DeviceKeys, Phone, Store};
use crate::place::{Place, Write};
use crate::sealing::{RecordKey, new_data_key, open_data_key};

/// The record in [`Place::Keys`] that holds the data key, sealed. As long as it is not there, nothing
/// was sealed with this device's keys.
pub const DATA_KEY: &str = "data";

/// Takes up the data key; makes and keeps one where there is none.
pub(crate) async fn data_key<P: Phone>(
    phone: &P,
    device: &DeviceKeys<P::Crypto>,
) -> Result<RecordKey<P::Crypto>, VaultError> {
    let store = phone.store();
    let sealed = match store.get(Place::Keys, DATA_KEY).await? {
        Some(sealed) => sealed,
        None => {
            let made =
                Write::put(Place::Keys, DATA_KEY, new_data_key(phone.crypto(), device).await?);
            let here = (Place::Keys, DATA_KEY.to_owned());
            // Another tab may have been first.
            store
                .change(&[Place::Keys], &[here], &|read| {
                    Ok(if read[0].is_some() { Vec::new() } else { vec![made.clone()] })
                })
                .await?;
            store.get(Place::Keys, DATA_KEY).await?.ok_or(VaultError::Damaged)?
        }
    };
    Ok(open_data_key(phone.crypto(), device, &sealed).await?)
}
