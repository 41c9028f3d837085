//! How long it takes to deliver what a clerk brings home from a day without network.

use form::Session;
use protocol::pack::{Item, PhonePack};
use protocol::{ApplicationId, DeviceTime, Signed};
use wasm_bindgen::prelude::wasm_bindgen;
use xiangshitong::delivery::Delivery;
use xiangshitong::device::{clock, random};
use xiangshitong::vault::{self, Finish};

use crate::filled::filled;
use crate::now;

/// Where the applications wait.
pub(crate) const VAULT: &str = "bench deliver";

/// Where the form of an item is to be had.
///
/// # Errors
/// Where the pack has no such item.
#[wasm_bindgen]
pub fn form_path(pack: &[u8], item: &str) -> Result<String, String> {
    let pack = read_pack(pack)?;
    let item = pack.items.iter().find(|own| own.id.0 == item).ok_or("the pack has no such item")?;
    Ok(format!("/api/forms/{}", item.form))
}

/// The pack as the township serves it.
pub(crate) fn read_pack(bytes: &[u8]) -> Result<PhonePack, String> {
    let signed = protocol::decode::<Signed<PhonePack>>(bytes);
    let pack = signed.and_then(|signed| signed.claim());
    pack.map_err(|_| "the pack does not load".to_owned())
}

/// Seals `count` applications without files for the item `item` into the outbox.
///
/// # Errors
/// What the vault says.
#[wasm_bindgen]
pub async fn fill_outbox(
    pack: Vec<u8>,
    form: Vec<u8>,
    item: String,
    count: u32,
) -> Result<(), String> {
    let signed = protocol::decode(&pack).map_err(|_| "the pack does not load")?;
    let pack = read_pack(&pack)?;
    let item = pack.items.iter().find(|own| own.id.0 == item).ok_or("the pack has no such item")?;
    let vault = vault::open(VAULT).await.map_err(|error| error.to_string())?;
    // As on every phone that has filled in anything: else all forms would be loaded first.
    vault.device().keep_pack(&signed).await.map_err(|error| error.to_string())?;
    for _ in 0..count {
        let now = clock::now();
        let (session, _) = filled(&form, 1, false, now).ok_or("the form does not load")?;
        let application = ApplicationId::new(now.unix_ms as u64, random::bytes());
        let finish = finish(&pack, item, &session, application, now);
        vault.finish(finish).await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// What is sealed of an application for `item`, as it is filled in.
pub(crate) fn finish(
    pack: &PhonePack,
    item: &Item,
    session: &Session,
    application: ApplicationId,
    now: DeviceTime,
) -> Finish {
    Finish {
        township: pack.township.clone(),
        sealing_key: pack.sealing_key,
        application,
        item: item.id.clone(),
        form: item.form,
        answers: session.answers(),
        title: item.name.clone(),
        begun_at: now,
        finished_at: now,
        informed: None,
        corrects: None,
    }
}

/// The milliseconds until everything that was ever sent is listed.
///
/// # Errors
/// What the vault says.
#[wasm_bindgen]
pub async fn list() -> Result<f64, String> {
    let vault = vault::open(VAULT).await.map_err(|error| error.to_string())?;
    let begun = now();
    let cases = vault.cases().await.map_err(|error| error.to_string())?;
    let took = now() - begun;
    if cases.damaged.is_empty() { Ok(took) } else { Err("some are damaged".to_owned()) }
}

/// A delivery that is under way.
#[wasm_bindgen]
pub struct UnderWay(Delivery);

/// Begins to deliver.
///
/// # Errors
/// What the vault says.
#[wasm_bindgen]
pub async fn deliver() -> Result<UnderWay, String> {
    let vault = vault::open(VAULT).await.map_err(|error| error.to_string())?;
    Ok(UnderWay(Delivery::start(vault.device().clone())))
}

#[wasm_bindgen]
impl UnderWay {
    /// There is something new in the outbox.
    pub fn go_on(&self) {
        self.0.deliver();
    }

    /// How many applications have no receipt yet; none while nobody has looked.
    pub fn left(&self) -> Option<usize> {
        let status = self.0.status();
        status.is_read.then(|| status.undelivered())
    }
}
