//! Paths into lists: XPath 1.0, section 2.3 (a step names what it leads to), and ODK XForms,
//! "Secondary Instances". What would be silently empty, or one of several, is refused.

use std::rc::Rc;

use form::Session;
use form::compile;
use form::definition::{ChoiceDefinition, Definition, Elements, ListDefinition};
use form::model::Language;
use form::surroundings::Fixed;
use time::macros::datetime;

fn list(name: &str, elements: Option<(&str, &str, bool)>, rows: &[&[&str]]) -> ListDefinition {
    let elements = elements.map(|(root, item, is_part)| {
        let (root, item) = (root.to_owned(), item.to_owned());
        Elements { root, item, is_part }
    });
    let choices = rows.iter().map(|cells| ChoiceDefinition {
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        ..ChoiceDefinition::default()
    });
    let list = ListDefinition {
        elements,
        columns: ["name", "age", "place/town"].map(str::to_owned).to_vec(),
        several: vec!["toy".to_owned()],
        choices: choices.collect(),
        ..ListDefinition::default()
    };
    list.called(name)
}

/// What an expression comes to, or what is told of it.
fn value(expression: &str) -> String {
    let definition = Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        instance_name: Some(format!("string({expression})")),
        lists: vec![
            list("pets", Some(("zoo", "dog", true)), &[&["Rex", "1", "A"], &["Bello", "2", "B"]]),
            list("pets", Some(("zoo", "cat", true)), &[&["Tom", "3", "C"]]),
            list("towns", Some(("towns", "town", false)), &[&["X", "4", "D"]]),
            list("plain", None, &[&["Y", "5", "E"]]),
        ],
        ..Definition::default()
    };
    match compile(&definition) {
        Ok(form) => {
            let world = Rc::new(Fixed::at(datetime!(2026-11-23 09:00 UTC)));
            Session::start(Rc::new(form), world).name().unwrap_or_default()
        }
        Err(faults) => {
            let told = faults.iter().map(|fault| format!("{} {}", fault.kind, fault.kind.remedy()));
            told.collect::<Vec<_>>().join(" / ")
        }
    }
}

#[test]
fn a_path_leads_to_the_elements_that_it_names() {
    let cases = [
        ("instance('pets')/zoo/dog[name = 'Bello']/age", "2"),
        ("instance('pets')/zoo/cat[1]/name", "Tom"),
        ("instance('pets')/zoo/dog[2]/name", "Bello"),
        ("count(instance('pets')/zoo/dog)", "2"),
        ("count(instance('pets')/*/cat)", "1"),
        ("instance('pets')/zoo/dog[place/town = 'B']/name", "Bello"),
        ("instance('pets')/zoo/dog[./age = 1]/./place/town", "A"),
        ("instance('towns')/towns/town/name", "X"),
        ("instance('towns')/towns/*/name", "X"),
        ("instance('plain')/root/item/age", "5"),
        ("pulldata('towns', 'age', 'name', 'X')", "4"),
    ];
    for (expression, expected) in cases {
        assert_eq!(value(expression), expected, "{expression}");
    }
}

#[test]
fn names_that_a_list_does_not_have_are_told() {
    let cases = [
        (
            "instance('plain')/root/items/age",
            "“plain”里没有 root/items 写成 instance('plain')/root/item",
        ),
        ("instance('plain')/roots/item/age", "里没有 roots/item"),
        ("instance('towns')/root/item/name", "写成 instance('towns')/towns/town"),
        (
            "instance('pets')/zoo/cow/name",
            "写成 instance('pets')/zoo/dog 或 instance('pets')/zoo/cat",
        ),
        ("instance('pets')/zoo/*/name", "“pets”里没有 zoo/*"),
        ("instance('plain')//item/age", "里没有 /item"),
    ];
    for (expression, told) in cases {
        assert!(value(expression).contains(told), "{expression}: {}", value(expression));
    }
}

#[test]
fn what_cannot_be_said_of_a_list_is_told_and_not_passed_over() {
    let several = "的一行里有几个“toy”，不知道取哪一个 让每一行只有一个";
    let no_column = "只能一层层写名字";
    let cases = [
        ("instance('plain')/root/item/toy", several),
        ("instance('plain')/root/item[toy = 1]/name", several),
        ("instance('plain')/root/item/place[town = 'E']/town", no_column),
        ("instance('plain')/root/item/../item/name", no_column),
        ("instance('plain')/root/item/*", no_column),
        ("instance('plain')/root/item[../name = 'Y']/name", no_column),
        ("instance('plain')/root/item[. = 'Y']/name", no_column),
        ("instance('plain')/root[1]/item/name", "instance() 后面要写全"),
        ("instance('plain')/root", "instance() 后面要写全"),
    ];
    for (expression, told) in cases {
        assert!(value(expression).contains(told), "{expression}: {}", value(expression));
    }
}
