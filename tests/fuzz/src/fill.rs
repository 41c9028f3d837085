//! Filling in whatever form came out.

use std::rc::Rc;

use form::model::Kind;
use form::surroundings::Fixed;
use form::{Answers, Form, InstanceId, Session};
use time::macros::datetime;

/// More instances than this are not looked at: a form may have ten thousand rows.
const MOST: usize = 60;

/// Fills in a form a little, as a person who gives these answers might, puts it away and takes it up
/// again, and looks at everything that it says.
///
/// # Panics
/// When something is wrong with what it says.
pub fn fill(form: &Rc<Form>, answers: &[&str]) {
    let mut session = Session::start(Rc::clone(form), surroundings());
    let mut answers = answers.iter().cycle();
    for at in instances(&session) {
        act(&mut session, at, answers.next().unwrap_or(&""));
    }
    look(&session);
    for language in (0..form.languages.len().min(3)).rev() {
        session.speak(language);
        session.tick();
    }
    resume(form, &session.draft());
}

/// Goes on with answers that were given elsewhere, and looks at everything that the form says.
///
/// # Panics
/// When something is wrong with what it says.
pub fn resume(form: &Rc<Form>, answers: &Answers) {
    let (mut session, _) = Session::resume(Rc::clone(form), surroundings(), answers);
    session.finish();
    look(&session);
}

fn surroundings() -> Rc<Fixed> {
    Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)))
}

/// What there is, in document order; a repeat before its rows.
fn instances(session: &Session) -> Vec<InstanceId> {
    let mut found = Vec::new();
    let mut ahead = vec![session.root()];
    while let Some(at) = ahead.pop()
        && found.len() < MOST
    {
        found.push(at);
        let held = session.rows(at).into_iter().chain(session.children(at)).take(MOST);
        ahead.extend(held.collect::<Vec<_>>().into_iter().rev());
    }
    found
}

fn act(session: &mut Session, at: InstanceId, answer: &str) {
    let chosen = match session.choices(at).first() {
        Some(choice) => session.choice_name(at, *choice).to_owned(),
        None => answer.to_owned(),
    };
    // A refusal is as good an answer as any.
    let _ = match session.form().node(at.node).kind {
        Kind::Repeat { .. } => session.add_row(at).map(drop),
        Kind::Recorded(_) => session.record(at, answer).map(drop),
        _ => session.answer(at, &chosen).and_then(|_| session.answer(at, answer)).map(drop),
    };
}

fn look(session: &Session) {
    for at in instances(session) {
        let _ = (session.label(at), session.hint(at), session.guidance(at));
        let _ = (session.message(at), session.warning(at), session.warning_message(at));
        let _ = session.label_of(at, session.value(at));
        for choice in session.choices(at).into_iter().take(MOST) {
            let _ = (session.choice_label(at, choice), session.choice_media(at, choice));
        }
    }
    let _ = (session.name(), session.problems(), session.entities(&mut |_| "uuid:1".to_owned()));
    let answers = session.answers();
    assert_eq!(
        Answers::from_bytes(&answers.to_bytes()).ok(),
        Some(answers),
        "it is read as it was written"
    );
}
