//! What other stores are given to keep: the same answers, unsealed.

use wasm_bindgen::prelude::wasm_bindgen;
use xiangshitong::device::clock;

use crate::filled::filled;

/// The name and the value of every answer to a form with `rows` rows in every list, one after the
/// other; none where the form does not load.
#[wasm_bindgen]
pub fn plain_answers(form: &[u8], rows: usize, files: bool) -> Vec<String> {
    let Some((session, _)) = filled(form, rows, files, clock::now()) else { return Vec::new() };
    let answers = session.answers();
    answers.values().into_iter().flat_map(|(name, value)| [name, value.to_owned()]).collect()
}
