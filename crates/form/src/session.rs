//! A form being filled in: takes one answer at a time, recomputes only what that answer can
//! reach, and tells exactly which facts about which node instances changed.
//!
//! # Invariants
//! * After every call all facts are settled: no rule would decide differently if worked again.
//! * [`Change`]s name every fact that differs from before the call, and no other.
//! * A node that is not relevant keeps its value, but every expression sees it as empty, it has
//!   no [`Problem`], and it is not among the [`Answers`] that are delivered.

use std::rc::Rc;

use crate::answers::Answers;
use crate::model::{Choice, Form, NodeId};
use crate::surroundings::Surroundings;

/// Which row of which scope. Stays the same while the session lasts; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(u32);

/// One instance of one node: the node, in a row of its scope (or, for the group that a repeat's
/// row is, the repeat's node in that very row).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceId {
    /// The row.
    pub row: RowId,
    /// The node.
    pub node: NodeId,
}

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
}

impl Session {
    /// Begins with an empty form: defaults are set, the least number of rows is there, everything
    /// that can be computed is computed.
    pub fn start(form: Rc<Form>, surroundings: Rc<dyn Surroundings>) -> Self {
        todo!()
    }

    /// Goes on with `answers`. What has no place in this form any more comes back as its path.
    pub fn resume(
        form: Rc<Form>,
        surroundings: Rc<dyn Surroundings>,
        answers: &Answers,
    ) -> (Self, Vec<String>) {
        todo!()
    }

    /// The form.
    pub fn form(&self) -> &Rc<Form> {
        &self.form
    }

    /// The group that holds everything.
    pub fn root(&self) -> InstanceId {
        todo!()
    }

    /// What a group, or one row of a repeat, holds, in order; relevant or not. A repeat among it
    /// appears once: [`Session::rows`] tells its rows.
    pub fn children(&self, at: InstanceId) -> Vec<InstanceId> {
        todo!()
    }

    /// The rows of a repeat, in order. Their [`Session::children`] are the questions.
    pub fn rows(&self, repeat: InstanceId) -> Vec<InstanceId> {
        todo!()
    }

    /// Where `node` is in the same row as `near`, or in a row that holds that row. None where
    /// `node` is inside a repeat that does not hold `near`.
    pub fn nearest(&self, near: InstanceId, node: NodeId) -> Option<InstanceId> {
        todo!()
    }

    /// The group or row that holds `at`.
    pub fn parent(&self, at: InstanceId) -> Option<InstanceId> {
        todo!()
    }

    /// The value; empty where there is none. What an irrelevant question keeps is told too.
    pub fn value(&self, at: InstanceId) -> &str {
        todo!()
    }

    /// Whether it is to be asked: its own condition and those of all groups around it hold.
    pub fn is_relevant(&self, at: InstanceId) -> bool {
        todo!()
    }

    /// Whether it must be answered.
    pub fn is_required(&self, at: InstanceId) -> bool {
        todo!()
    }

    /// Whether its answer cannot be changed by a person.
    pub fn is_read_only(&self, at: InstanceId) -> bool {
        todo!()
    }

    /// What is wrong with the answer now, if anything is. Nothing ever is with one that is not
    /// relevant.
    pub fn problem(&self, at: InstanceId) -> Option<Problem> {
        todo!()
    }

    /// Whether the warning is to be told.
    pub fn warning(&self, at: InstanceId) -> bool {
        todo!()
    }

    /// The question's words, outputs filled in.
    pub fn label(&self, at: InstanceId, language: usize) -> Option<String> {
        todo!()
    }

    /// The smaller words below it.
    pub fn hint(&self, at: InstanceId, language: usize) -> Option<String> {
        todo!()
    }

    /// The author's words for the present problem (`required_message`, `constraint_message`), if
    /// there is a problem and the author wrote any.
    pub fn message(&self, at: InstanceId, language: usize) -> Option<String> {
        todo!()
    }

    /// The author's words for the warning.
    pub fn warning_message(&self, at: InstanceId, language: usize) -> Option<String> {
        todo!()
    }

    /// The choices now on offer, as places in the question's list, in order.
    pub fn choices(&self, at: InstanceId) -> Vec<u32> {
        todo!()
    }

    /// A choice of the question's list.
    pub fn choice(&self, at: InstanceId, place: u32) -> Option<&Choice> {
        todo!()
    }

    /// The words of a choice.
    pub fn choice_label(&self, at: InstanceId, place: u32, language: usize) -> String {
        todo!()
    }

    /// Takes an answer. An empty one takes the answer away. An answer that is not good is kept
    /// too, with its [`Problem`]: a person may stop in the middle.
    ///
    /// # Errors
    /// See [`Refusal`]; then nothing changed.
    pub fn answer(&mut self, at: InstanceId, value: &str) -> Result<Vec<Change>, Refusal> {
        todo!()
    }

    /// Adds a row at the end of a repeat and tells which instance it is.
    ///
    /// # Errors
    /// See [`Refusal`]; then nothing changed.
    pub fn add_row(&mut self, repeat: InstanceId) -> Result<(InstanceId, Vec<Change>), Refusal> {
        todo!()
    }

    /// Removes a row of a repeat.
    ///
    /// # Errors
    /// See [`Refusal`]; then nothing changed.
    pub fn remove_row(&mut self, row: InstanceId) -> Result<Vec<Change>, Refusal> {
        todo!()
    }

    /// Works again what reads the clock: called before the review, and when a day has passed.
    pub fn tick(&mut self) -> Vec<Change> {
        todo!()
    }

    /// Everything that is wrong, in document order.
    pub fn problems(&self) -> Vec<(InstanceId, Problem)> {
        todo!()
    }

    /// All answers as they are kept while filling in, with those that are not relevant.
    pub fn draft(&self) -> Answers {
        todo!()
    }

    /// The answers to deliver: relevant ones only, calculations included.
    pub fn answers(&self) -> Answers {
        todo!()
    }

    /// How this filled form is called in a list: `instance_name`, else nothing.
    pub fn name(&self) -> Option<String> {
        todo!()
    }
}
