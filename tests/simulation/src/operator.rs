//! The operator of the township, at a command line beside the server: new keys, lost phones.

use std::fs;
use std::path::Path;

use protocol::keys::TownshipKeys;
use protocol::{DeviceId, Suite};
use server::{NotRevoked, Server};

use crate::chance::Chance;

/// Keys are made anew in the file in `data`; the server hears of it later.
pub(crate) fn renew_keys(data: &Path, chance: &Chance) {
    let file = data.join("township.keys");
    let mut keys = TownshipKeys::from_bytes(&fs::read(&file).unwrap()).unwrap();
    let which = chance.below(3);
    if which != 0 {
        keys.renew_sealing_key(Suite::One, &mut chance.clone());
    }
    if which != 1 {
        keys.renew_signing_key(Suite::One, &mut chance.clone());
    }
    fs::write(file, keys.to_bytes()).unwrap();
}

/// A phone is said to be lost. One of which nothing ever came cannot be.
pub(crate) async fn revoke(server: &Server, device: DeviceId) -> Result<(), String> {
    match server.revoke_device(device, "丢了").await {
        Ok(()) | Err(NotRevoked::Already) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}
