//! Drafts as the app keeps them, so that it can be measured with more of them than anybody fills in
//! by hand.

use protocol::{ApplicationId, Digest};
use wasm_bindgen::prelude::wasm_bindgen;
use xiangshitong::device::{clock, random};
use xiangshitong::vault::{self, Draft, NAME, Progress};

use crate::deliver::read_pack;
use crate::filled::filled;

/// Keeps `count` drafts of the item `item` in the app's own vault, everything answered but pictures
/// and recordings, with `rows` rows in every list.
///
/// # Errors
/// What the vault says.
#[wasm_bindgen]
pub async fn keep_drafts(
    pack: Vec<u8>,
    form: Vec<u8>,
    item: String,
    rows: usize,
    count: u32,
) -> Result<(), String> {
    let pack = read_pack(&pack)?;
    let item = pack.items.iter().find(|own| own.id.0 == item).ok_or("the pack has no such item")?;
    let vault = vault::open(NAME).await.map_err(|error| error.to_string())?;
    let begun_at = clock::now();
    let (session, _) = filled(&form, rows, false, begun_at).ok_or("the form does not load")?;
    let mut draft = Draft {
        application: ApplicationId::new(0, random::bytes()),
        item: item.id.clone(),
        form: Digest::of(&form),
        answers: session.draft(),
        title: String::new(),
        progress: Progress { done: 10, of: 100 },
        place: "1".to_owned(),
        begun_at,
        updated_at: begun_at,
        declined: None,
        informed: None,
        corrects: None,
    };
    for number in 1..=count {
        draft.application = ApplicationId::new(clock::now().unix_ms as u64, random::bytes());
        draft.title = format!("{} · 王秀兰 {number}", item.name);
        vault.keep_draft(&draft).await.map_err(|error| error.to_string())?;
    }
    Ok(())
}
