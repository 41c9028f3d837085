//! An application with photographs, to be delivered over a link that breaks.

use form::model::{Kind, Question};
use form::{InstanceId, Session};
use protocol::ApplicationId;
use protocol::pack::PhonePack;
use wasm_bindgen::prelude::wasm_bindgen;
use xiangshitong::device::{clock, random};
use xiangshitong::vault::{self, Device, VaultError};

use crate::deliver::{VAULT, finish, read_pack};
use crate::filled::{everywhere, filled};

/// Whether the phone keeps everything that it gets of the pack by itself: nothing more of it will
/// cross the link then.
///
/// # Errors
/// What the vault says.
#[wasm_bindgen]
pub async fn has_everything(pack: Vec<u8>) -> Result<bool, String> {
    let pack = read_pack(&pack)?;
    let vault = vault::open(VAULT).await.map_err(|error| error.to_string())?;
    keeps_all_of(vault.device(), &pack).await.map_err(|error| error.to_string())
}

async fn keeps_all_of(device: &Device, pack: &PhonePack) -> Result<bool, VaultError> {
    let maps = pack.offices.iter().filter_map(|office| office.map.as_ref());
    let mut all: Vec<_> = maps.map(|map| map.digest).chain(pack.roster).collect();
    for item in &pack.items {
        let Some(guide) = device.guide(item.guide).await? else { return Ok(false) };
        all.push(item.form);
        all.extend(guide.media.iter().map(|file| file.digest));
    }
    for digest in all {
        if !device.has_content(digest).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Seals an application for the item `item` into the outbox, with so many photographs of `length`
/// bytes each, which nothing can make smaller.
///
/// # Errors
/// What the vault says, and where the form asks for no photographs, or for fewer.
#[wasm_bindgen]
pub async fn apply_with_photos(
    pack: Vec<u8>,
    form: Vec<u8>,
    item: String,
    photos: u32,
    length: usize,
) -> Result<(), String> {
    let pack = read_pack(&pack)?;
    let item = pack.items.iter().find(|own| own.id.0 == item).ok_or("the pack has no such item")?;
    let vault = vault::open(VAULT).await.map_err(|error| error.to_string())?;
    let now = clock::now();
    let (mut session, _) = filled(&form, 1, false, now).ok_or("the form does not load")?;
    let at = asks_for_photos(&session).ok_or("the form asks for no photographs")?;
    let application = ApplicationId::new(now.unix_ms as u64, random::bytes());
    let mut names = Vec::new();
    for _ in 0..photos {
        let kept = vault.keep_file(application, "image/jpeg", &noise(length)[..]).await;
        names.push(kept.map_err(|error| error.to_string())?);
    }
    session.answer(at, &names.join(" ")).map_err(|refusal| refusal.to_string())?;
    let finish = finish(&pack, item, &session, application, now);
    vault.finish(finish).await.map_err(|error| error.to_string())?;
    Ok(())
}

fn asks_for_photos(session: &Session) -> Option<InstanceId> {
    everywhere(session).into_iter().find(|at| {
        matches!(session.form().node(at.node).kind, Kind::Question(Question::Image { .. }))
    })
}

fn noise(length: usize) -> Vec<u8> {
    let mut noise = Vec::with_capacity(length);
    while noise.len() < length {
        noise.extend(random::bytes::<4096>());
    }
    noise.truncate(length);
    noise
}
