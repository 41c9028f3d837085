//! Answers survive being written as an instance.

use std::rc::Rc;

use form::answers::{Answers, Content, Entry};
use form::definition::{ChoiceDefinition, DeclaredKind, EntityDefinition, ListDefinition};
use form::model::{Form, Kind, NodeId};
use form::surroundings::Fixed;
use form::{EntityChange, EntityDeed, EntityState, Session, compile};
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
    let xml = write_instance(&form, &meta, &family(), &[]);
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
        let xml = write_instance(&form, &Meta::default(), &draft, &[]);
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
        let xml = write_instance(&form, &Meta::default(), &answers, &[]);
        prop_assert_eq!(read_instance(&form, &xml).expect("an instance").answers, answers);
    }
}

/// A form of which every part is an entity, filled in.
fn planted() -> (Rc<Form>, Session) {
    let mut definition = forms::entities();
    let columns = ["name", "__version"].map(str::to_owned).to_vec();
    let known = ChoiceDefinition {
        cells: ["0a1b".to_owned(), "4".to_owned()].to_vec(),
        ..ChoiceDefinition::default()
    };
    definition.lists.push(ListDefinition {
        name: "people".into(),
        columns,
        choices: vec![known],
        ..ListDefinition::default()
    });
    let form = Rc::new(compile(&definition).expect("a form"));
    let world = Rc::new(Fixed::at(datetime!(2026-05-01 08:00 +8)));
    let value = |name: &str, value: &str| Entry {
        name: name.into(),
        content: Content::Value(value.into()),
    };
    let tree = |values: &[(&str, &str)], nest: &str| {
        let mut tree: Vec<_> = values.iter().map(|(name, text)| value(name, text)).collect();
        let nest = Answers(vec![value("bird", nest)]);
        tree.push(Entry { name: "nest".into(), content: Content::Group(nest) });
        Answers(tree)
    };
    let trees = vec![
        tree(&[("kind", "elm & oak"), ("size", "2")], ""),
        tree(&[("kind", "fir"), ("size", "1")], "owl"),
    ];
    let answers = Answers(vec![
        value("id", "0a1b"),
        value("who", "王"),
        Entry { name: "trees".into(), content: Content::Rows(trees) },
    ]);
    let (session, _) = Session::resume(form.clone(), world, &answers);
    (form, session)
}

fn planted_entities(session: &Session) -> Vec<EntityChange> {
    let mut count = 0;
    session.entities(&mut |_| {
        count += 1;
        format!("00000000-0000-4000-8000-{count:012}")
    })
}

/// ODK's specification of entities 2025.1: for the whole form, in groups, in rows.
#[test]
fn an_instance_says_what_it_does_to_entities() {
    let (form, session) = planted();
    let meta = Meta { instance_id: Some("uuid:1".into()), ..Meta::default() };
    let xml = write_instance(&form, &meta, &session.answers(), &planted_entities(&session));
    insta::assert_snapshot!(xml);
}

#[test]
fn entities_of_an_instance_are_read_again() {
    let (form, session) = planted();
    let entities = planted_entities(&session);
    let xml = write_instance(&form, &Meta::default(), &session.answers(), &entities);
    let read = read_instance(&form, &xml).expect("an instance");
    let in_order = |mut entities: Vec<EntityChange>| {
        entities.sort_by(|one, other| one.at.cmp(&other.at));
        entities
    };
    assert_eq!(in_order(read.entities), in_order(entities));
    let world = Rc::new(Fixed::at(datetime!(2026-05-01 08:00 +8)));
    let (again, leftovers) = Session::resume(form, world, &read.answers);
    assert_eq!(leftovers, Vec::<String>::new());
    assert_eq!(again.answers(), session.answers());
}

/// Specification: "1" or "true" make and change an entity, "any other value" does not. A client
/// writes both attributes where the form has conditions.
#[test]
fn what_others_write_of_entities_is_read() {
    let (form, _) = planted();
    let read = |entity: &str| {
        let xml = format!(
            "<data id=\"entities\"><who>王</who><meta><entity {entity}><label>L</label></entity></meta></data>"
        );
        let read = read_instance(&form, &xml).expect("an instance");
        assert_eq!(read.answers.values(), [("who".to_owned(), "王")]);
        read.entities
    };
    assert_eq!(read("dataset=\"people\" id=\"1\" create=\"0\" update=\"false\""), []);
    assert_eq!(read("dataset=\"people\" id=\"1\""), []);
    let made = &read("dataset=\"people\" id=\"1\" create=\"true\" update=\"\" baseVersion=\"\"")[0];
    assert_eq!((made.id.as_str(), &made.deed), ("1", &EntityDeed::Create));
    assert_eq!((made.label.as_str(), made.at.as_str()), ("L", ""));
    assert_eq!(made.columns, [("name_of".to_owned(), "王".to_owned())]);
    let changed =
        &read("dataset=\"people\" id=\"1\" update=\"1\" baseVersion=\"2\" branchId=\"b\"")[0];
    let state = EntityState {
        base_version: Some("2".into()),
        trunk_version: None,
        branch_id: Some("b".into()),
    };
    assert_eq!(changed.deed, EntityDeed::Update(state));
}

#[test]
fn an_entity_of_a_group_without_answers_is_written_all_the_same() {
    let home = forms::holding(forms::declared("home", DeclaredKind::Group), vec![forms::text("a")]);
    let mut definition = forms::form("homes", vec![home]);
    definition.entities = vec![EntityDefinition {
        dataset: "homes".into(),
        holder: Some("${home}".into()),
        label: Some("'Home'".into()),
        ..EntityDefinition::default()
    }];
    let form = Rc::new(compile(&definition).expect("a form"));
    let world = Rc::new(Fixed::at(datetime!(2026-05-01 08:00 +8)));
    let session = Session::start(form.clone(), world);
    let entities = planted_entities(&session);
    let xml = write_instance(&form, &Meta::default(), &session.answers(), &entities);
    assert_eq!(read_instance(&form, &xml).expect("an instance").entities, entities);
}
