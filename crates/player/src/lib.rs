//! Plays a form without a phone: a person's actions go in, what the form says after each comes out.
//!
//! Nodes are named by their absolute paths, as in an XForms instance: `/data/member[2]/age`, the
//! rows of repeats counted from 1.

mod path;
mod state;
mod surroundings;

use std::rc::Rc;

use form::model::Kind;
use form::session::Refusal;
use form::{Form, InstanceId, Moment, Session};
use serde::Deserialize;

pub use state::{NodeState, State};
pub use surroundings::{Clock, Desk};

/// What a person does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase", deny_unknown_fields)]
pub enum Action {
    /// Answers a question with what an XForms instance stores; nothing takes the answer away.
    Set {
        /// Which question.
        path: String,
        /// The answer.
        value: String,
    },
    /// Adds a row at the end of a repeat.
    Add {
        /// Which repeat.
        path: String,
    },
    /// Removes a row.
    Remove {
        /// Which row.
        path: String,
    },
    /// Reads on in another language.
    Language {
        /// Its name, as in the heading `label::English (en)`, or its code.
        value: String,
    },
}

/// Why an action was not done. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    /// Nothing is there.
    #[error("找不到 {0}")]
    NotThere(String),
    /// The form does not allow it.
    #[error("{path}：{refusal}")]
    Refused {
        /// Where.
        path: String,
        /// Why.
        refusal: Refusal,
    },
    /// The form does not speak it.
    #[error("这张表没有“{0}”这种语言")]
    UnknownLanguage(String),
}

/// A form being played.
pub struct Player {
    session: Session,
    desk: Rc<Desk>,
}

impl Player {
    /// Opens an empty form at `now`; from here on the clock stands still, and what is random is the
    /// same every time.
    pub fn open(form: Rc<Form>, now: Moment) -> Self {
        Self::open_at(form, Desk::new(Clock::Stopped(now)))
    }

    /// Opens an empty form with a clock that goes on.
    pub fn open_by_the_clock(form: Rc<Form>, now: fn() -> Moment) -> Self {
        Self::open_at(form, Desk::new(Clock::Going(now)))
    }

    fn open_at(form: Rc<Form>, desk: Desk) -> Self {
        let desk = Rc::new(desk);
        Self { session: Session::start(form, Rc::clone(&desk) as _), desk }
    }

    /// Does what a person does.
    ///
    /// # Errors
    /// See [`NotDone`]; then nothing changed.
    pub fn act(&mut self, action: &Action) -> Result<(), NotDone> {
        match action {
            Action::Set { path, value } => {
                let at = self.find(path)?;
                self.session.answer(at, value).map(drop).map_err(refused(path))
            }
            Action::Add { path } => {
                let at = path::repeat(&self.session, path);
                let at = at.ok_or_else(|| NotDone::NotThere(path.clone()))?;
                self.session.add_row(at).map(drop).map_err(refused(path))
            }
            Action::Remove { path } => {
                let at = self.find(path)?;
                self.session.remove_row(at).map(drop).map_err(refused(path))
            }
            Action::Language { value } => self.speak(value),
        }
    }

    /// Moves the clock, and works again what reads it.
    pub fn wait_until(&mut self, now: Moment) {
        self.desk.set_now(now);
        self.session.tick();
    }

    /// Puts the form away and takes it up again.
    pub fn reload(&mut self) {
        let (form, answers) = (self.session.form().clone(), self.session.draft());
        let language = self.session.language();
        let surroundings = Rc::clone(&self.desk) as _;
        let (mut session, _) = Session::resume(form, surroundings, &answers);
        session.speak(language);
        self.session = session;
    }

    /// What the form says now.
    pub fn state(&self) -> State {
        State::of(&self.session)
    }

    /// The form as it is filled in.
    pub fn session(&self) -> &Session {
        &self.session
    }

    fn speak(&mut self, wanted: &str) -> Result<(), NotDone> {
        let languages = &self.session.form().languages;
        let found = languages.iter().position(|language| {
            let code = language.code.as_deref();
            let full = code.map(|code| format!("{} ({code})", language.name));
            language.name == wanted || code == Some(wanted) || full.as_deref() == Some(wanted)
        });
        let language = found.ok_or_else(|| NotDone::UnknownLanguage(wanted.to_owned()))?;
        self.session.speak(language);
        Ok(())
    }

    /// The instance at a path; of a repeat the row with that number.
    ///
    /// # Errors
    /// [`NotDone::NotThere`].
    pub fn find(&self, path: &str) -> Result<InstanceId, NotDone> {
        path::instance(&self.session, path).ok_or_else(|| NotDone::NotThere(path.to_owned()))
    }
}

fn refused(path: &str) -> impl Fn(Refusal) -> NotDone {
    move |refusal| NotDone::Refused { path: path.to_owned(), refusal }
}

fn is_repeat(session: &Session, at: InstanceId) -> bool {
    matches!(session.form().node(at.node).kind, Kind::Repeat { .. })
}
