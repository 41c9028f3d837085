//! How long it takes until an answer is durable in the vault, sealed.

use form::Answers;
use protocol::{ApplicationId, Digest, ItemId};
use wasm_bindgen::prelude::wasm_bindgen;
use xiangshitong::device::{clock, random};
use xiangshitong::vault::{self, Draft, Progress};

use crate::filled::filled;
use crate::now;

/// For each of `times` answers to a form with `rows` rows, the milliseconds until the draft with it is kept.
///
/// # Errors
/// What the vault says.
#[wasm_bindgen]
pub async fn saves(form: Vec<u8>, rows: usize, times: usize) -> Result<Vec<f64>, String> {
    let vault = vault::open("bench save").await.map_err(|error| error.to_string())?;
    let (mut session, asked) =
        filled(&form, rows, true, clock::now()).ok_or("the form does not load")?;
    let application = ApplicationId::new(clock::now().unix_ms as u64, random::bytes());
    let mut took = Vec::with_capacity(times);
    for turn in 0..times {
        let asked = &asked[turn % asked.len()];
        session.answer(asked.at, &asked.answers[1]).map_err(|refusal| refusal.to_string())?;
        let draft = draft(application, Digest::of(&form), session.draft());
        let begun = now();
        vault.keep_draft(&draft).await.map_err(|error| error.to_string())?;
        took.push(now() - begun);
    }
    Ok(took)
}

fn draft(application: ApplicationId, form: Digest, answers: Answers) -> Draft {
    Draft {
        application,
        item: ItemId("bench".into()),
        form,
        answers,
        title: "王秀兰".into(),
        progress: Progress { done: 1, of: 4 },
        place: String::new(),
        begun_at: clock::now(),
        updated_at: clock::now(),
        declined: None,
        informed: None,
        corrects: None,
    }
}
