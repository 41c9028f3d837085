//! A form as its author declares it: names and expressions are still texts.
//!
//! Readers of spreadsheets (and, later, of XForms) make a [`Definition`]; [`compile`](crate::compile())
//! makes a form of it, or tells everything that is wrong.

use crate::model::{Bounds, Language, Question};

/// Words in some of the form's languages: the place of the language, and the words in it.
pub type Words = Vec<(usize, String)>;

/// A form as declared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definition {
    /// What machines call it.
    pub id: String,
    /// Which wording.
    pub version: String,
    /// What people call it.
    pub title: Words,
    /// The languages; the first is the default.
    pub languages: Vec<Language>,
    /// The top level of the survey.
    pub declarations: Vec<Declaration>,
    /// The choice lists.
    pub lists: Vec<ListDefinition>,
    /// `instance_name`
    pub instance_name: Option<String>,
}

/// One row of the survey sheet; a group or a repeat with all rows up to its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declaration {
    /// The row of the sheet, for faults; counted from 1.
    pub row: u32,
    /// `name`
    pub name: String,
    /// `type`
    pub kind: DeclaredKind,
    /// `label`
    pub label: Words,
    /// `hint`
    pub hint: Words,
    /// `guidance_hint`
    pub guidance: Words,
    /// `constraint_message`
    pub constraint_message: Words,
    /// `required_message`
    pub required_message: Words,
    /// `warning_message`
    pub warning_message: Words,
    /// `relevant`
    pub relevant: Option<String>,
    /// `required`, as an expression
    pub required: Option<String>,
    /// `read_only`, as an expression
    pub read_only: Option<String>,
    /// `constraint`
    pub constraint: Option<String>,
    /// `warning`
    pub warning: Option<String>,
    /// `calculation`
    pub calculation: Option<String>,
    /// `choice_filter`
    pub choice_filter: Option<String>,
    /// `default`
    pub default: Option<DeclaredDefault>,
    /// The words of `appearance`
    pub appearance: Vec<String>,
    /// What it holds, if it is a group or a repeat.
    pub children: Vec<Declaration>,
}

/// What a declaration declares.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DeclaredKind {
    /// `begin group`
    #[default]
    Group,
    /// `begin repeat`
    Repeat {
        /// `min_count` and `max_count`
        bounds: Bounds,
        /// How many rows a new form begins with.
        initial: u32,
        /// `repeat_count`
        count: Option<String>,
    },
    /// `note`
    Note,
    /// `calculate`
    Calculated,
    /// A question that is no select.
    Question(Question),
    /// `select_one LIST` and `select_multiple LIST`
    Select {
        /// The list.
        list: String,
        /// Whether any number may be chosen.
        multiple: bool,
    },
}

/// `default`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeclaredDefault {
    /// A value.
    Fixed(String),
    /// An expression.
    Computed(String),
}

/// A list of the choices sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListDefinition {
    /// `list_name`
    pub name: String,
    /// The names of the extra columns.
    pub columns: Vec<String>,
    /// The choices, in order.
    pub choices: Vec<ChoiceDefinition>,
}

/// A row of the choices sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceDefinition {
    /// `name`
    pub name: String,
    /// `label`
    pub label: Words,
    /// The values of [`ListDefinition::columns`].
    pub cells: Vec<String>,
}
