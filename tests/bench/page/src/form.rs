//! Whole forms: loading, filling in, changing.

use std::rc::Rc;

use form::surroundings::Fixed;
use form::{Form, InstanceId, Moment, Session};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::now;

/// How often a change is made, so that a clock that tells tenths of a millisecond can measure it.
const TIMES: usize = 50;

fn load(form: &[u8]) -> Option<Session> {
    let form = Rc::new(Form::from_bytes(form).ok()?);
    Some(Session::start(form, Rc::new(Fixed::at(Moment::UNIX_EPOCH))))
}

fn questions(session: &Session, holder: InstanceId) -> Vec<InstanceId> {
    let mut children = session.children(holder);
    children.retain(|at| session.form().node(at.node).is_question());
    children
}

fn people(session: &Session) -> Option<InstanceId> {
    session.nearest(session.root(), session.form().find("person")?)
}

fn answer(session: &mut Session, at: InstanceId, value: &str) {
    // What cannot be answered just now is not measured.
    let _ = session.answer(at, value);
}

/// Milliseconds from the compiled form's bytes to everything being worked out.
#[wasm_bindgen]
pub fn form_load(form: &[u8]) -> f64 {
    let begun = now();
    let session = load(form);
    let took = now() - begun;
    drop(session);
    took
}

/// `flat`: milliseconds for all answers in order; then for each of sixty changed answers; then for
/// hiding all but the first, and for showing them again.
#[wasm_bindgen]
pub fn flat(form: &[u8]) -> Vec<f64> {
    let Some(mut session) = load(form) else { return Vec::new() };
    let all = questions(&session, session.root());
    let begun = now();
    for at in &all {
        answer(&mut session, *at, "1");
    }
    let mut took = vec![now() - begun];
    for turn in 0..60 {
        let at = all[(turn * 379 + 7) % all.len()];
        let begun = now();
        for time in 0..TIMES {
            answer(&mut session, at, if time % 2 == 0 { "2" } else { "3" });
        }
        took.push((now() - begun) / TIMES as f64);
    }
    for value in ["1000", "1"] {
        let begun = now();
        answer(&mut session, all[0], value);
        took.push(now() - begun);
    }
    took
}

/// `family`: milliseconds for growing to so many people; for five answers of each; then for each of
/// sixty changed wages.
#[wasm_bindgen]
pub fn family(form: &[u8], people_count: usize) -> Vec<f64> {
    let Some(mut session) = load(form) else { return Vec::new() };
    let Some(repeat) = people(&session) else { return Vec::new() };
    let begun = now();
    while session.rows(repeat).len() < people_count && session.add_row(repeat).is_ok() {}
    let mut took = vec![now() - begun];
    let rows: Vec<Vec<InstanceId>> =
        session.rows(repeat).into_iter().map(|row| questions(&session, row)).collect();
    let begun = now();
    for row in &rows {
        for (at, value) in row.iter().zip(["王秀兰", "40", "1200", "300", "50"]) {
            answer(&mut session, *at, value);
        }
    }
    took.push(now() - begun);
    for turn in 0..60 {
        let at = rows[(turn * 37 + 3) % rows.len()][2];
        let begun = now();
        for time in 0..TIMES {
            answer(&mut session, at, if time % 2 == 0 { "1300" } else { "1400" });
        }
        took.push((now() - begun) / TIMES as f64);
    }
    took
}

/// `cascade`: milliseconds for choosing three levels and reading the fourth's list, of so many
/// times, each time other ones.
#[wasm_bindgen]
pub fn cascade(form: &[u8], times: usize) -> Vec<f64> {
    let Some(mut session) = load(form) else { return Vec::new() };
    let all = questions(&session, session.root());
    let begun = now();
    for turn in 0..times {
        for (level, at) in all.iter().take(3).enumerate() {
            let offered = session.choices(*at);
            let Some(choice) = offered.get((turn + level) % offered.len().max(1)) else { break };
            let name = session.choice_name(*at, *choice).to_owned();
            answer(&mut session, *at, &name);
        }
        let offered = session.choices(all[3]);
        let labels = offered.iter().map(|choice| session.choice_label(all[3], *choice).len());
        if labels.sum::<usize>() == 0 {
            return Vec::new();
        }
    }
    vec![(now() - begun) / times as f64]
}

/// A long list: milliseconds for opening the form; then for narrowing the list, of so many times.
#[wasm_bindgen]
pub fn villages(form: &[u8], times: usize) -> Vec<f64> {
    let begun = now();
    let Some(mut session) = load(form) else { return Vec::new() };
    let mut took = vec![now() - begun];
    let all = questions(&session, session.root());
    let begun = now();
    for turn in 0..times {
        answer(&mut session, all[0], &format!("t{}", turn * 7));
        if session.choices(all[1]).len() != 20 {
            return Vec::new();
        }
    }
    took.push((now() - begun) / times as f64);
    took
}

/// Forms that are kept open.
#[wasm_bindgen]
pub struct Held(Vec<Session>);

#[wasm_bindgen]
impl Held {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// Opens a form so many times and answers everything.
#[wasm_bindgen]
pub fn hold(form: &[u8], times: usize) -> Held {
    let filled = |_| {
        let mut session = load(form)?;
        for at in questions(&session, session.root()) {
            answer(&mut session, at, "1");
        }
        Some(session)
    };
    Held((0..times).filter_map(filled).collect())
}

/// `counted`: milliseconds for as many rows as the first answer says.
#[wasm_bindgen]
pub fn grow(form: &[u8], rows: usize) -> f64 {
    let Some(mut session) = load(form) else { return f64::NAN };
    let count = questions(&session, session.root())[0];
    let begun = now();
    answer(&mut session, count, &rows.to_string());
    now() - begun
}
