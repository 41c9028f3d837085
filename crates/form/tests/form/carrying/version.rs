//! Versions of forms, in few words.

use std::rc::Rc;

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredDefault, DeclaredKind, Definition, ListDefinition,
    SelectDefinition, SelectFrom, SelectKind,
};
use form::model::{Bounds, Language, Question, TextKind};
use form::session::Carried;
use form::surroundings::Fixed;
use form::{Form, Session, compile};
use time::macros::datetime;

use crate::household::{declare, some};

pub(super) const LINE: Question = Question::Text(TextKind::Line);
pub(super) const PICTURE: Question =
    Question::Image { files: Bounds { min: 0, max: Some(3) }, max_pixels: None };

pub(super) fn question(name: &str, question: Question) -> Declaration {
    Declaration {
        label: vec![(0, format!("「{name}」"))],
        ..declare(name, DeclaredKind::Question(question))
    }
}

pub(super) fn text(name: &str) -> Declaration {
    question(name, LINE)
}

pub(super) fn choose(kind: SelectKind, name: &str, list: &str) -> Declaration {
    let from = SelectFrom::List { list: list.to_owned(), value: "name".to_owned(), label: None };
    let select = SelectDefinition { kind, from, filter: None, shuffle: None };
    declare(name, DeclaredKind::Select(Box::new(select)))
}

pub(super) fn one(name: &str, list: &str) -> Declaration {
    choose(SelectKind::One, name, list)
}

pub(super) fn several(name: &str, list: &str) -> Declaration {
    choose(SelectKind::Multiple, name, list)
}

pub(super) fn group(name: &str, children: Vec<Declaration>) -> Declaration {
    Declaration { children, ..declare(name, DeclaredKind::Group) }
}

pub(super) fn rows(name: &str, most: Option<u32>, children: Vec<Declaration>) -> Declaration {
    let bounds = Bounds { min: 0, max: most };
    Declaration {
        children,
        ..declare(name, DeclaredKind::Repeat { bounds, initial: 0, count: None })
    }
}

pub(super) fn calculated(name: &str, calculation: &str) -> Declaration {
    Declaration { calculation: some(calculation), ..declare(name, DeclaredKind::Calculated) }
}

pub(super) fn with_default(default: &str, declaration: Declaration) -> Declaration {
    let default = Some(DeclaredDefault::Fixed(default.to_owned()));
    Declaration { default, ..declaration }
}

pub(super) fn begun(default: &str, declaration: Declaration) -> Declaration {
    let default = Some(DeclaredDefault::Computed(default.to_owned()));
    Declaration { default, ..declaration }
}

pub(super) fn closed(declaration: Declaration) -> Declaration {
    Declaration { read_only: some("true()"), ..declaration }
}

/// A version of a form. Each choice of a list is `name label`.
pub(super) fn version(declarations: Vec<Declaration>, lists: &[(&str, &[&str])]) -> Definition {
    let choice = |choice: &&str| {
        let (name, label) = choice.split_once(' ').expect("a name and a label");
        ChoiceDefinition {
            label: vec![(0, label.to_owned())],
            cells: vec![name.to_owned()],
            ..ChoiceDefinition::default()
        }
    };
    let list = |(name, choices): &(&str, &[&str])| ListDefinition {
        name: (*name).to_owned(),
        columns: vec!["name".to_owned()],
        choices: choices.iter().map(choice).collect(),
        ..ListDefinition::default()
    };
    Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        lists: lists.iter().map(list).collect(),
        declarations,
        ..Definition::default()
    }
}

pub(super) fn compiled(definition: &Definition) -> Rc<Form> {
    match compile(definition) {
        Ok(form) => Rc::new(form),
        Err(faults) => panic!("{faults:?}"),
    }
}

/// Begins on a Monday.
pub(super) fn started(definition: &Definition) -> Session {
    Session::start(compiled(definition), Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8))))
}

/// Carries on the Friday.
pub(super) fn carried(session: &Session, definition: &Definition) -> Carried {
    let friday = Fixed { now: datetime!(2026-11-27 09:00 +8), random: [7; 16] };
    session.carry(compiled(definition), Rc::new(friday))
}
