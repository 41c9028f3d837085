//! How long one answer takes, until everything that it reaches is worked out.

use std::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;
use xiangshitong::device::clock;

use crate::filled::filled;
use crate::now;

/// How often each question is answered.
const TIMES: usize = 200;

/// For each question of the form, the milliseconds that one answer takes.
#[wasm_bindgen]
pub fn answers(form: &[u8], rows: usize) -> Vec<f64> {
    let Some((mut session, asked)) = filled(form, rows, true, clock::now()) else {
        return Vec::new();
    };
    asked
        .iter()
        .map(|asked| {
            let begun = now();
            for turn in 0..TIMES {
                let told = session.answer(asked.at, &asked.answers[(turn + 1) % 2]);
                black_box(told.map_or(0, |changes| changes.len()));
            }
            (now() - begun) / TIMES as f64
        })
        .collect()
}
