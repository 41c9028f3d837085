//! What is written and read again is the same form.

use form::definition::{Declaration, DeclaredKind, Definition};
use form::model::Form;

use crate::forms;

fn read(xml: &str) -> Definition {
    match xform::read(xml) {
        Ok(read) => {
            assert_eq!(read.losses, [], "something was passed over");
            read.definition
        }
        Err(faults) => {
            panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        }
    }
}

fn compiled(definition: &Definition) -> Form {
    form::compile(definition).unwrap_or_else(|faults| {
        panic!("{}: {faults:#?}", definition.id);
    })
}

/// Without what the crate says is not kept.
fn plain(mut definition: Definition) -> Definition {
    definition.settings.sort();
    definition.declarations.iter_mut().for_each(without_row);
    definition.entities.iter_mut().for_each(|entity| entity.row = 0);
    definition.lists.iter_mut().for_each(|list| list.row = list.row.map(|_| 0));
    definition
}

fn without_row(declaration: &mut Declaration) {
    declaration.row = 0;
    declaration.parameters.sort();
    declaration.children.iter_mut().for_each(without_row);
}

#[test]
fn a_form_that_was_written_and_read_is_compiled_to_the_same() {
    for definition in forms::all() {
        let xml = xform::write(&definition);
        let again = read(&xml);
        let (one, other) = (compiled(&definition), compiled(&again));
        for (one, other) in one.nodes.iter().zip(&other.nodes) {
            assert_eq!(one, other, "{} {}", definition.id, one.name);
        }
        for (one, other) in one.expressions.iter().zip(&other.expressions) {
            assert_eq!(one, other, "{}", definition.id);
        }
        assert_eq!((&one.title, &one.texts), (&other.title, &other.texts));
        assert_eq!((&one.lists, &one.entities), (&other.lists, &other.entities));
        assert!(one == other, "{}\n{xml}", definition.id);
    }
}

#[test]
fn what_was_read_is_written_the_same_again() {
    for definition in forms::all() {
        let first = read(&xform::write(&definition));
        let second = read(&xform::write(&first));
        assert_eq!(plain(first), plain(second), "{}", definition.id);
    }
}

#[test]
fn only_expressions_read_differently() {
    for definition in forms::all() {
        let again = plain(read(&xform::write(&definition)));
        let mut own = plain(definition);
        for (one, other) in own.declarations.iter_mut().zip(&again.declarations) {
            take_expressions(one, other);
            assert_eq!(one, other);
        }
        own.instance_name.clone_from(&again.instance_name);
        for (one, other) in own.entities.iter_mut().zip(&again.entities) {
            one.id.clone_from(&other.id);
            one.create_if.clone_from(&other.create_if);
            one.update_if.clone_from(&other.update_if);
            one.label.clone_from(&other.label);
        }
        assert_eq!(own, again);
    }
}

fn take_expressions(one: &mut Declaration, other: &Declaration) {
    assert_eq!(one.name, other.name);
    for (one, other) in [
        (&mut one.relevant, &other.relevant),
        (&mut one.required, &other.required),
        (&mut one.read_only, &other.read_only),
        (&mut one.constraint, &other.constraint),
        (&mut one.warning, &other.warning),
        (&mut one.calculation, &other.calculation),
    ] {
        assert_eq!(one.is_some(), other.is_some());
        one.clone_from(other);
    }
    one.default.clone_from(&other.default);
    match (&mut one.kind, &other.kind) {
        (DeclaredKind::Select(one), DeclaredKind::Select(other)) => {
            one.filter.clone_from(&other.filter);
            one.shuffle.clone_from(&other.shuffle);
        }
        (DeclaredKind::Repeat { count: one, .. }, DeclaredKind::Repeat { count: other, .. }) => {
            one.clone_from(other);
        }
        _ => {}
    }
    for (one, other) in one.children.iter_mut().zip(&other.children) {
        take_expressions(one, other);
    }
}
