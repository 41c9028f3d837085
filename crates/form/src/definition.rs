//! A form as its author declares it: names and expressions are still texts.
//!
//! Readers of spreadsheets and of XForms make a [`Definition`]; [`compile`](crate::compile()) makes
//! a form of it, or tells everything that is wrong.

use crate::model::{Bounds, Language, Medium, Question, Recording};

/// Words in some of the form's languages: the place of the language, and the words in it.
pub type Words = Vec<(usize, String)>;

/// Files in some of the form's languages.
pub type MediaFiles = Vec<(Medium, Words)>;

/// A form as declared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definition {
    /// What machines call it.
    pub id: String,
    /// Which wording.
    pub version: String,
    /// What people call it.
    pub title: Words,
    /// What its answers are called in paths; `data` where nothing is said.
    pub root: String,
    /// The languages; the first is the default.
    pub languages: Vec<Language>,
    /// The top level of the survey.
    pub declarations: Vec<Declaration>,
    /// The choice lists, and the files beside the form.
    pub lists: Vec<ListDefinition>,
    /// `instance_name`
    pub instance_name: Option<String>,
    /// The entities sheet.
    pub entities: Vec<EntityDefinition>,
    /// Texts that expressions call by an id.
    pub texts: Vec<(String, Words)>,
    /// What else the settings sheet says, for others who run the form: `style`, `public_key`,
    /// `submission_url` …
    pub settings: Vec<(String, String)>,
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
    /// `image`, `audio` …
    pub media: MediaFiles,
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
    /// `trigger`: the names whose changes work the calculation, as `${name}` or paths.
    pub trigger: Vec<String>,
    /// `default`
    pub default: Option<DeclaredDefault>,
    /// The words of `appearance`
    pub appearance: Vec<String>,
    /// See [`Extras::parameters`](crate::model::Extras::parameters).
    pub parameters: Vec<(String, String)>,
    /// `save_to`: the column of the entity; `list#column` where there are several.
    pub save_to: Option<String>,
    /// `prefill`
    pub prefill: Option<String>,
    /// `purpose`
    pub purpose: Words,
    /// `retention`
    pub retention: Option<String>,
    /// Attributes for others who run the form: the columns `bind::x`, `body::x` and `instance::x`,
    /// with that prefix.
    pub attributes: Vec<(String, String)>,
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
    /// `calculate`, `hidden` and what is known without asking
    Calculated,
    /// What the device keeps without asking
    Recorded(Recording),
    /// A question that is no select.
    Question(Question),
    /// `select_one LIST`, `select_multiple LIST`, `rank LIST`
    Select(Box<SelectDefinition>),
}

/// A question with choices.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectDefinition {
    /// How many may be chosen.
    pub kind: SelectKind,
    /// Where the choices come from.
    pub from: SelectFrom,
    /// `choice_filter`
    pub filter: Option<String>,
    /// `randomize=true`, and the `seed` where there is one.
    pub shuffle: Option<Option<String>>,
}

/// How many may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectKind {
    /// One.
    One,
    /// Any number.
    Multiple,
    /// All, put in order.
    Rank,
}

/// Where choices come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectFrom {
    /// A list by its name, the column that is stored and the one that people read; the labels of
    /// the choices sheet where none is named.
    List {
        /// Its name.
        list: String,
        /// The column that is stored.
        value: String,
        /// The column that people read.
        label: Option<String>,
    },
    /// The rows of a repeat, by questions in it: `${name}` or a path.
    Rows {
        /// What is stored.
        value: String,
        /// What people read, where it is something else.
        label: Option<String>,
    },
}

/// `default`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeclaredDefault {
    /// A value.
    Fixed(String),
    /// An expression.
    Computed(String),
    /// What whoever runs the form knows.
    Property(String),
}

/// A list of the choices sheet, or a file beside the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListDefinition {
    /// `list_name`, or the file's name without its ending; with [`Elements::item`] behind a slash
    /// where that is one of several.
    pub name: String,
    /// The row of the sheet, for faults; none for a file.
    pub row: Option<u32>,
    /// The file beside the form that it is read from, with its ending.
    pub file: Option<String>,
    /// What its elements are called in paths; as those of a sheet where nothing is said.
    pub elements: Option<Elements>,
    /// The names of the columns; of a list of the choices sheet the first is `name`.
    pub columns: Vec<String>,
    /// Columns of which a choice has several: which one is meant could not be said.
    pub several: Vec<String>,
    /// The choices, in order.
    pub choices: Vec<ChoiceDefinition>,
}

/// What the elements of a list are called, as in `instance('list')/root/item`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elements {
    /// The one that holds all others: `root` of a sheet, and of CSV and GeoJSON.
    pub root: String,
    /// A choice: `item`.
    pub item: String,
    /// Whether the same root holds others of other names, which are lists of their own.
    pub is_part: bool,
}

/// A row of the choices sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceDefinition {
    /// `label`
    pub label: Words,
    /// `image`, `audio` …
    pub media: MediaFiles,
    /// The values of [`ListDefinition::columns`].
    pub cells: Vec<String>,
}

/// A row of the entities sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntityDefinition {
    /// The row of the sheet, for faults; counted from 1.
    pub row: u32,
    /// `dataset` or `list_name`
    pub dataset: String,
    /// `entity_id`
    pub id: Option<String>,
    /// `create_if`
    pub create_if: Option<String>,
    /// `update_if`
    pub update_if: Option<String>,
    /// `label`
    pub label: Option<String>,
    /// The group whose answers are one, or the repeat of which each row is: by its path, or as
    /// `${name}`. The form as a whole where there is none.
    pub holder: Option<String>,
}

impl ListDefinition {
    /// What `instance()` calls it by.
    pub fn instance(&self) -> &str {
        let part = self.elements.as_ref().filter(|elements| elements.is_part);
        let instance =
            part.and_then(|elements| self.name.strip_suffix(&elements.item)?.strip_suffix('/'));
        instance.unwrap_or(&self.name)
    }

    /// The same list, called by another name in `instance()`.
    pub fn called(self, instance: &str) -> Self {
        let part = self.elements.as_ref().filter(|elements| elements.is_part);
        let name = match part {
            Some(part) => format!("{instance}/{}", part.item),
            None => instance.to_owned(),
        };
        Self { name, ..self }
    }

    /// What holds its elements, and what these are called, in paths.
    pub fn path(&self) -> (&str, &str) {
        match &self.elements {
            Some(Elements { root, item, .. }) => (root, item),
            None => ("root", "item"),
        }
    }

    /// The name of a choice: what the first column says.
    pub fn choice_name(&self, choice: &ChoiceDefinition) -> String {
        choice.cells.first().cloned().unwrap_or_default()
    }
}
