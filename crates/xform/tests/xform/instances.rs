//! Answers survive being written as an instance.

use std::rc::Rc;

use form::answers::{Answers, Content, Entry};
use form::model::{Form, Kind, NodeId};
use form::surroundings::Fixed;
use form::{Session, compile};
use proptest::prelude::*;
use time::macros::datetime;
use xform::{Meta, read_instance, write_instance};

use crate::forms;

fn family() -> Answers {
    let value = |name: &str, value: &str| Entry {
        name: name.into(),
        content: Content::Value(value.into()),
    };
    let row = |member: &str| {
        Answers(vec![
            value("member", member),
            value("share", "2"),
            Entry {
                name: "inner".into(),
                content: Content::Group(Answers(vec![value("colour", "red"), value("fruit", "")])),
            },
            Entry {
                name: "pets".into(),
                content: Content::Rows(vec![
                    Answers(vec![value("pet", "旺财 & <co>")]),
                    Answers::default(),
                ]),
            },
        ])
    };
    Answers(vec![
        value("limit", "5"),
        Entry {
            name: "family".into(), content: Content::Rows(vec![row("王"), row(" 李\n明 ")])
        },
    ])
}

#[test]
fn an_instance_is_what_central_takes() {
    let form = compile(&forms::rows()).expect("a form");
    let meta = Meta {
        root: "data".into(),
        instance_id: Some("uuid:1".into()),
        instance_name: Some("王家".into()),
        deprecated_id: None,
    };
    let xml = write_instance(&form, &meta, &family());
    insta::assert_snapshot!(xml);
    let read = read_instance(&form, &xml).expect("an instance");
    assert_eq!((read.form.as_str(), read.version.as_str()), ("rows", "2026-1"));
    assert_eq!((read.meta, read.answers), (meta, family()));
}

#[test]
fn a_filled_form_goes_on_where_it_was() {
    for definition in forms::all() {
        let form = Rc::new(compile(&definition).expect("a form"));
        let world = Rc::new(Fixed::at(datetime!(2026-05-01 08:00 +8)));
        let draft = Session::start(form.clone(), world.clone()).draft();
        let xml = write_instance(&form, &Meta::default(), &draft);
        let read = read_instance(&form, &xml).expect("an instance").answers;
        let (session, leftovers) = Session::resume(form, world, &read);
        assert_eq!(leftovers, Vec::<String>::new());
        assert_eq!(session.draft(), draft, "{}", definition.id);
    }
}

#[test]
fn what_the_form_does_not_know_is_kept() {
    let form = compile(&forms::types()).expect("a form");
    let xml = "<data id=\"types\"><line>x</line><note/><old><a>1</a></old><row><a>1</a></row>\
               <row><a>2</a></row><meta><instanceID>uuid:2</instanceID></meta></data>";
    let answers = read_instance(&form, xml).expect("an instance").answers;
    let values = answers.values();
    let values: Vec<_> = values.iter().map(|(path, value)| (path.as_str(), *value)).collect();
    assert_eq!(values, [("line", "x"), ("old/a", "1"), ("row[1]/a", "1"), ("row[2]/a", "2")]);
}

#[test]
fn what_is_encrypted_is_told() {
    let form = compile(&forms::types()).expect("a form");
    let xml = "<data id=\"types\"><encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>";
    let fault = read_instance(&form, xml).expect_err("encrypted");
    assert_eq!(fault.what, "这份答案是加密的");
}

/// Answers to a form: any of its nodes, any words.
fn answers(form: &Form, node: NodeId) -> BoxedStrategy<Answers> {
    let mut all = Just(Answers::default()).boxed();
    for child in form.node(node).children.clone() {
        let name = form.node(child).name.clone();
        let content = match form.node(child).kind {
            Kind::Note => continue,
            Kind::Group => answers(form, child).prop_map(Content::Group).boxed(),
            Kind::Repeat { .. } => {
                prop::collection::vec(answers(form, child), 1..4).prop_map(Content::Rows).boxed()
            }
            _ => "[^\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{fffe}\u{ffff}]{0,8}"
                .prop_map(Content::Value)
                .boxed(),
        };
        let entry = prop::option::of(content)
            .prop_map(move |content| content.map(|content| Entry { name: name.clone(), content }));
        all = (all, entry)
            .prop_map(|(mut all, entry)| {
                all.0.extend(entry);
                all
            })
            .boxed();
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_answers_survive(answers in answers(&compile(&forms::rows()).expect("a form"), Form::ROOT)) {
        let form = compile(&forms::rows()).expect("a form");
        let xml = write_instance(&form, &Meta::default(), &answers);
        prop_assert_eq!(read_instance(&form, &xml).expect("an instance").answers, answers);
    }
}
