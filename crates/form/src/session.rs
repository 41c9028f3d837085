//! A form being filled in: takes one answer at a time, recomputes only what that answer can
//! reach, and tells exactly which facts about which node instances changed.
//!
//! # Invariants
//! * After every call all facts are settled: no rule would decide differently if worked again.
//! * [`Change`]s name every fact that differs from before the call, each once. (Texts are named
//!   when something that they show has changed.)
//! * A node that is not relevant keeps its value, but every expression sees it as empty, it has
//!   no [`Problem`], and it is not among the [`Answers`] that are delivered.

use std::rc::Rc;

use crate::answers::Answers;
use crate::expression::{Evaluation, date};
use crate::instance::{InstanceId, RowId};
use crate::model::{Form, Kind, Medium, NodeId, Piece, Recording, Text};
use crate::surroundings::{Moment, Surroundings};

mod back;
mod carry;
mod choices;
mod entities;
mod judge;
mod restore;
mod rows;
mod rules;
mod table;
mod view;
mod waiting;

pub use back::Snapshot;
pub use carry::{Carried, Left, Why};
pub use entities::{EntityChange, EntityDeed, EntityState};
use rules::{Deed, Work};
use table::Table;
use view::{Lookup, View};

/// One fact that is no longer what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change {
    /// Whose fact.
    pub at: InstanceId,
    /// Which fact.
    pub fact: Fact,
}

/// What can be known of an instance, and can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// [`Session::value`]
    Value,
    /// [`Session::is_relevant`]
    Relevant,
    /// [`Session::is_required`]
    Required,
    /// [`Session::is_read_only`]
    ReadOnly,
    /// [`Session::problem`]
    Problem,
    /// [`Session::warning`]
    Warning,
    /// [`Session::choices`]
    Choices,
    /// [`Session::label`] and the other texts
    Texts,
    /// [`Session::rows`]
    Rows,
    /// The device is asked to record now: the place, where a trigger's value changed.
    Wanted,
}

/// Why an answer is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// It must be answered and is not.
    Missing,
    /// Not a value of the question's type: letters where a number is asked.
    NotOfItsType,
    /// The constraint does not hold. The words are [`Session::message`].
    Unfit,
    /// Fewer files than `min_files`.
    TooFewFiles(u32),
    /// More files than `max_files`.
    TooManyFiles(u32),
    /// Fewer rows than `min_count`.
    TooFewRows(u32),
    /// More rows than `max_count`.
    TooManyRows(u32),
}

/// Why something that was asked of a session was not done. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The instance is no longer there: its row was removed.
    #[error("这一行已经删除了")]
    Gone,
    /// Groups, notes and calculations take no answer.
    #[error("这里不能填")]
    NotAQuestion,
    /// The question is read-only.
    #[error("这一项不能改")]
    ReadOnly,
    /// The choice is not among those on offer now.
    #[error("现在没有这个选项")]
    NotOffered,
    /// `max_count` rows are there already, or `repeat_count` computes their number.
    #[error("不能再添加了")]
    Full,
    /// `repeat_count` computes the number of rows.
    #[error("这一行不能删")]
    Fixed,
}

/// A form being filled in.
pub struct Session {
    form: Rc<Form>,
    surroundings: Rc<dyn Surroundings>,
    /// The moment that the clock's functions tell; see [`Session::moment`].
    moment: Moment,
    /// The place of the language in [`Form::languages`].
    language: usize,
    /// What orders that look like none begin with.
    chance: i64,
    table: Table,
    lookup: Lookup,
}

impl Session {
    /// Begins with an empty form: defaults are set, the least number of rows is there, everything
    /// that can be computed is computed.
    pub fn start(form: Rc<Form>, surroundings: Rc<dyn Surroundings>) -> Self {
        let mut session = Self::empty(form, surroundings);
        let root = session.table.open(&session.form, None, Form::ROOT);
        let mut work = Work::begun(Deed::Start);
        session.furnish(root, &mut work);
        session.settle(work);
        session
    }

    /// Goes on with `answers`. What has no place in this form comes back as its path: they are of
    /// this very form, or [`Session::carry`] brought them to it.
    pub fn resume(
        form: Rc<Form>,
        surroundings: Rc<dyn Surroundings>,
        answers: &Answers,
    ) -> (Self, Vec<String>) {
        let mut session = Self::empty(form, surroundings);
        let root = session.table.open(&session.form, None, Form::ROOT);
        let mut work = Work::begun(Deed::Resume);
        let leftovers = session.restore(root, answers, &mut work);
        session.settle(work);
        (session, leftovers)
    }

    fn empty(form: Rc<Form>, surroundings: Rc<dyn Surroundings>) -> Self {
        let chance =
            surroundings.random().iter().fold(0i64, |all, byte| all << 8 | i64::from(*byte));
        Self {
            table: Table::default(),
            lookup: Lookup::new(&form),
            moment: whole_milliseconds(surroundings.now()),
            language: 0,
            chance,
            form,
            surroundings,
        }
    }

    /// The form.
    pub fn form(&self) -> &Rc<Form> {
        &self.form
    }

    /// The moment that `now()` and `today()` told when facts were last worked out; moved on by
    /// every answer. After [`Session::finish`] all facts are of this very moment: it is when the
    /// form was finished, and with it another can recompute them.
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// The value; empty where there is none. What an irrelevant question keeps is told too.
    pub fn value(&self, at: InstanceId) -> &str {
        self.table.cell(&self.form, at).map_or("", |cell| &cell.value)
    }

    /// Whether it is to be asked: its own condition and those of all groups around it hold.
    pub fn is_relevant(&self, at: InstanceId) -> bool {
        self.table.is_relevant(&self.form, at)
    }

    /// Whether it must be answered.
    pub fn is_required(&self, at: InstanceId) -> bool {
        self.table.cell(&self.form, at).is_some_and(|cell| cell.required)
    }

    /// Whether its answer cannot be changed by a person: its own condition holds, or that of a
    /// group around it (XForms 1.1, section 6.1.2). A repeat's row is when its repeat is.
    pub fn is_read_only(&self, at: InstanceId) -> bool {
        match self.table.cell(&self.form, at) {
            Some(cell) => cell.read_only,
            None => {
                let whole = self.table.whole(&self.form, at);
                whole.is_some_and(|whole| self.is_read_only(whole))
            }
        }
    }

    /// Whether the warning is to be told.
    pub fn warning(&self, at: InstanceId) -> bool {
        self.is_relevant(at)
            && self
                .table
                .cell(&self.form, at)
                .is_some_and(|cell| cell.warns && !cell.value.is_empty())
    }

    /// What it may ask of the world around it.
    pub fn surroundings(&self) -> &Rc<dyn Surroundings> {
        &self.surroundings
    }

    /// The place of the language that everything is said in.
    pub fn language(&self) -> usize {
        self.language
    }

    /// Says everything in another language from now on. Besides what is told as changed, all texts
    /// are to be read again.
    pub fn speak(&mut self, language: usize) -> Vec<Change> {
        self.language = language;
        let mut work = Work::begun(Deed::Answer);
        for rule in self.form.graph.spoken.clone() {
            self.push_everywhere(rule, &mut work);
        }
        self.settle(work)
    }

    /// The question's words, outputs filled in.
    pub fn label(&self, at: InstanceId) -> Option<String> {
        self.words(at, self.form.node(at.node).label.as_ref()?)
    }

    /// The file that shows or says the same as the label.
    pub fn label_media(&self, at: InstanceId, medium: Medium) -> Option<&str> {
        self.form.node(at.node).extras.as_ref()?.media.file(medium, self.language)
    }

    /// The smaller words below it.
    pub fn hint(&self, at: InstanceId) -> Option<String> {
        self.words(at, self.form.node(at.node).hint.as_ref()?)
    }

    /// More help, shown when asked for.
    pub fn guidance(&self, at: InstanceId) -> Option<String> {
        self.words(at, self.form.node(at.node).guidance.as_ref()?)
    }

    /// The author's words for the present problem (`required_message`, `constraint_message`), if
    /// there is a problem and the author wrote any.
    pub fn message(&self, at: InstanceId) -> Option<String> {
        let node = self.form.node(at.node);
        let text = match self.problem(at)? {
            Problem::Missing => &node.required_message,
            Problem::Unfit => &node.constraint_message,
            _ => &None,
        };
        self.words(at, text.as_ref()?)
    }

    /// The author's words for the warning.
    pub fn warning_message(&self, at: InstanceId) -> Option<String> {
        let extras = self.form.node(at.node).extras.as_ref()?;
        self.words(at, extras.warning_message.as_ref()?)
    }

    /// Takes what the device recorded.
    ///
    /// # Errors
    /// See [`Refusal`]; then nothing changed.
    pub fn record(&mut self, at: InstanceId, value: &str) -> Result<Vec<Change>, Refusal> {
        match (&self.form.node(at.node).kind, self.table.cell(&self.form, at)) {
            (_, None) => Err(Refusal::Gone),
            (Kind::Recorded(_), Some(_)) => {
                let mut work = Work::begun(Deed::Answer);
                self.set_value(at, value, &mut work);
                Ok(self.settle(work))
            }
            _ => Err(Refusal::NotAQuestion),
        }
    }

    /// Takes an answer. An empty one takes the answer away. An answer that is not good is kept
    /// too, with its [`Problem`]: a person may stop in the middle.
    ///
    /// # Errors
    /// See [`Refusal`]; then nothing changed.
    pub fn answer(&mut self, at: InstanceId, value: &str) -> Result<Vec<Change>, Refusal> {
        if !self.form.node(at.node).is_question() {
            return Err(Refusal::NotAQuestion);
        }
        match self.table.cell(&self.form, at) {
            None => return Err(Refusal::Gone),
            Some(cell) if cell.read_only => return Err(Refusal::ReadOnly),
            Some(_) if !self.may_choose(at, value) => return Err(Refusal::NotOffered),
            Some(_) => {}
        }
        self.moment = whole_milliseconds(self.surroundings.now());
        let mut work = Work::begun(Deed::Answer);
        self.set_value(at, value, &mut work);
        Ok(self.settle(work))
    }

    /// Works again what reads the clock: called before the review.
    pub fn tick(&mut self) -> Vec<Change> {
        self.work_by_the_clock(&[])
    }

    /// The same right before the answers are delivered: when that was (`end`) is kept too.
    pub fn finish(&mut self) -> Vec<Change> {
        let form = self.form.clone();
        self.work_by_the_clock(&form.scopes[0].nodes)
    }

    /// What of `ends` is to keep the end is given it.
    fn work_by_the_clock(&mut self, ends: &[NodeId]) -> Vec<Change> {
        self.moment = whole_milliseconds(self.surroundings.now());
        let mut work = Work::begun(Deed::Answer);
        for rule in self.form.graph.timed.clone() {
            self.push_everywhere(rule, &mut work);
        }
        for node in ends {
            if self.form.node(*node).kind == Kind::Recorded(Recording::End) {
                let now = date::moment_text(self.moment);
                self.set_value(InstanceId { row: RowId::ROOT, node: *node }, &now, &mut work);
            }
        }
        self.settle(work)
    }

    /// How this filled form is called in a list: `instance_name`, else nothing.
    pub fn name(&self) -> Option<String> {
        let expression = self.form.expression(self.form.instance_name?);
        Some(Evaluation::new(&View(self), RowId::ROOT, "").text(expression).into_owned())
    }

    fn words(&self, at: InstanceId, text: &Text) -> Option<String> {
        let pieces = text.pieces(self.language);
        let view = View(self);
        // The words of a repeat are about the whole of it, seen from what holds it.
        let row = self.table.whole(&self.form, at).map_or(at.row, |whole| whole.row);
        let evaluation = Evaluation::new(&view, row, self.value(at));
        let mut words = String::new();
        for piece in pieces {
            match piece {
                Piece::Words(own) => words.push_str(own),
                Piece::Output(id) => words.push_str(&evaluation.text(self.form.expression(*id))),
            }
        }
        (!pieces.is_empty()).then_some(words)
    }
}

/// Answers keep milliseconds: what is recomputed from them must not differ by less.
fn whole_milliseconds(moment: Moment) -> Moment {
    moment.replace_millisecond(moment.millisecond()).unwrap_or(moment)
}
