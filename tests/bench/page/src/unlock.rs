//! What it costs to try a PIN, and so to guess one.

use wasm_bindgen::prelude::wasm_bindgen;
use xiangshitong::vault::{self, Pin};

use crate::now;

/// For each of `times` openings by PIN, the milliseconds until the account is open.
///
/// # Errors
/// What the vault says.
#[wasm_bindgen]
pub async fn unlocks(times: usize) -> Result<Vec<f64>, String> {
    let vault = vault::open("bench unlock").await.map_err(|error| error.to_string())?;
    let (device, account) = (vault.device(), vault.account());
    let pin = Pin::choose("284619").map_err(|fault| fault.to_string())?;
    device.change_pin(account, None, Some(&pin)).await.map_err(|error| error.to_string())?;
    let mut took = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = now();
        device.unlock(account, &pin).await.map_err(|error| error.to_string())?;
        took.push(now() - begun);
    }
    Ok(took)
}
