//! The form engine as one module, with its allocator and all that a screen asks of it: what it
//! weighs is measured, it is not run.

#![allow(unreachable_pub, reason = "what JavaScript calls must be `pub`, wherever it stands")]

use std::rc::Rc;

use form::surroundings::Fixed;
use form::{Answers, Form, InstanceId, Moment, Session};
use wasm_bindgen::prelude::wasm_bindgen;

/// A form that is filled in.
#[wasm_bindgen]
pub struct Engine(Session);

#[wasm_bindgen]
impl Engine {
    /// Opens a compiled form, with answers where there are any.
    pub fn open(form: &[u8], answers: &[u8]) -> Option<Engine> {
        let form = Rc::new(Form::from_bytes(form).ok()?);
        let surroundings = Rc::new(Fixed::at(Moment::UNIX_EPOCH));
        Some(Self(match Answers::from_bytes(answers) {
            Ok(answers) => Session::resume(form, surroundings, &answers).0,
            Err(_) => Session::start(form, surroundings),
        }))
    }

    /// What is said of the node at a place among its siblings.
    pub fn said(&self, path: &[usize]) -> Option<String> {
        let (session, at) = (&self.0, self.find(path)?);
        let words = [
            session.label(at),
            session.hint(at),
            session.guidance(at),
            session.message(at),
            session.warning_message(at),
            session.name(),
        ];
        let mut said: String = words.into_iter().flatten().collect();
        for choice in session.choices(at) {
            said.push_str(session.choice_name(at, choice));
            said.push_str(&session.choice_label(at, choice));
        }
        said.push_str(session.value(at));
        Some(said)
    }

    /// Whether the node is asked, must be answered, cannot be changed, is wrong, is warned of.
    pub fn is(&self, path: &[usize]) -> Option<u8> {
        let (session, at) = (&self.0, self.find(path)?);
        let facts = [
            session.is_relevant(at),
            session.is_required(at),
            session.is_read_only(at),
            session.problem(at).is_some(),
            session.warning(at),
        ];
        Some(facts.iter().fold(0, |all, fact| all << 1 | u8::from(*fact)))
    }

    /// Answers, and tells how many facts changed.
    pub fn answer(&mut self, path: &[usize], value: &str) -> Option<usize> {
        let at = self.find(path)?;
        Some(self.0.answer(at, value).ok()?.len())
    }

    /// Adds a row to a repeat.
    pub fn add(&mut self, path: &[usize]) -> Option<usize> {
        let at = self.find(path)?;
        Some(self.0.add_row(at).ok()?.1.len())
    }

    /// Removes a row.
    pub fn remove(&mut self, path: &[usize]) -> Option<usize> {
        let at = self.find(path)?;
        Some(self.0.remove_row(at).ok()?.len())
    }

    /// Says everything in another language.
    pub fn speak(&mut self, language: usize) -> usize {
        self.0.speak(language).len()
    }

    /// The answers, as they are kept and as they are delivered.
    pub fn finish(&mut self) -> Vec<u8> {
        self.0.finish();
        let draft = self.0.draft().to_bytes();
        [draft, self.0.answers().to_bytes()].concat()
    }

    fn find(&self, path: &[usize]) -> Option<InstanceId> {
        path.iter().try_fold(self.0.root(), |at, place| {
            let inside = [self.0.rows(at), self.0.children(at)].concat();
            inside.get(*place).copied()
        })
    }
}
