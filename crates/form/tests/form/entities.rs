//! What answers do to the township's lists. The facts are those of ODK Collect's `EntitiesTest`
//! (getodk/collect, `entities/src/test/java/org/odk/collect/entities/javarosa/EntitiesTest.kt`) and of
//! ODK's specification of entities 2025.1.

use std::rc::Rc;

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredKind, Definition, EntityDefinition, ListDefinition,
};
use form::model::{Bounds, Language, Question, TextKind};
use form::surroundings::Fixed;
use form::{EntityDeed, EntityState, InstanceId, Session, compile};
use time::macros::datetime;

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn text(name: &str, save_to: &str) -> Declaration {
    Declaration {
        name: name.to_owned(),
        kind: DeclaredKind::Question(Question::Text(TextKind::Line)),
        save_to: some(save_to).filter(|column| !column.is_empty()),
        ..Declaration::default()
    }
}

fn holding(name: &str, kind: DeclaredKind, children: Vec<Declaration>) -> Declaration {
    Declaration { name: name.to_owned(), kind, children, ..Declaration::default() }
}

fn rows(name: &str, children: Vec<Declaration>) -> Declaration {
    let bounds = Bounds { min: 0, max: None };
    holding(name, DeclaredKind::Repeat { bounds, initial: 1, count: None }, children)
}

fn entity(dataset: &str, label: &str) -> EntityDefinition {
    EntityDefinition {
        dataset: dataset.to_owned(),
        label: some(label),
        ..EntityDefinition::default()
    }
}

fn form(declarations: Vec<Declaration>, entities: Vec<EntityDefinition>) -> Definition {
    Definition {
        root: "data".to_owned(),
        languages: vec![Language { name: "default".to_owned(), code: None }],
        declarations,
        entities,
        ..Definition::default()
    }
}

fn begun(definition: &Definition) -> Session {
    let form = compile(definition).expect("a form");
    Session::start(Rc::new(form), Rc::new(Fixed::at(datetime!(2026-11-23 09:00 UTC))))
}

/// The instance at a path such as `people[2]/cars[1]`.
fn at(session: &Session, path: &str) -> InstanceId {
    path.split('/').fold(session.root(), |around, step| {
        let (name, row) = step.split_once('[').unwrap_or((step, ""));
        let mut children = session.children(around).into_iter();
        let child = children.find(|child| session.form().node(child.node).name == name);
        let child = child.expect("a node of that name");
        match row.strip_suffix(']').and_then(|row| row.parse::<usize>().ok()) {
            Some(row) => session.rows(child)[row - 1],
            None => child,
        }
    })
}

fn set(session: &mut Session, path: &str, value: &str) {
    let at = at(session, path);
    session.answer(at, value).expect("it can be answered");
}

/// A line for each entity: where, what is done, the list, the id, the label, the columns.
fn told(session: &Session) -> Vec<String> {
    let mut count = 0;
    let changes = session.entities(&mut |at| {
        count += 1;
        format!("new-{count}@{at}")
    });
    let lines = changes.into_iter().map(|change| {
        let deed = match change.deed {
            EntityDeed::Create => "create",
            EntityDeed::Update(_) => "update",
        };
        let columns: Vec<_> =
            change.columns.iter().map(|(column, value)| format!("{column}={value}")).collect();
        let (at, list, id, label) = (change.at, change.dataset, change.id, change.label);
        format!("{at}: {deed} {list} {id} “{label}” {}", columns.join(" "))
    });
    lines.collect()
}

/// `filling form with create makes entity available`; the label need not be a column.
#[test]
fn a_form_makes_an_entity() {
    let person = entity("people", "concat(${name}, '!')");
    let mut session = begun(&form(vec![text("name", "full_name"), text("note", "")], vec![person]));
    set(&mut session, "name", "Tom");
    assert_eq!(told(&session), [": create people new-1@ “Tom!” full_name=Tom"]);
}

/// `filling form without create does not create any entities`, `filling form with dynamic create
/// expression conditionally creates entities`.
#[test]
fn an_entity_is_made_while_its_condition_holds() {
    let person = EntityDefinition { create_if: some("${join} = 'yes'"), ..entity("people", "'P'") };
    let mut session = begun(&form(vec![text("join", "")], vec![person]));
    assert_eq!(told(&session), [""; 0]);
    set(&mut session, "join", "yes");
    assert_eq!(told(&session), [": create people new-1@ “P” "]);
    set(&mut session, "join", "no");
    assert_eq!(told(&session), [""; 0]);
    assert_eq!(told(&begun(&form(vec![text("join", "")], Vec::new()))), [""; 0]);
}

/// `filling form with update makes entity available`, `… and no label …`, `… with null id …`.
#[test]
fn an_entity_is_changed_by_its_id() {
    let person = EntityDefinition { id: some("${id}"), label: None, ..entity("people", "") };
    let mut session = begun(&form(vec![text("id", ""), text("name", "called")], vec![person]));
    set(&mut session, "name", "Tom");
    assert_eq!(told(&session), [": update people  “” called=Tom"]);
    set(&mut session, "id", "123");
    assert_eq!(told(&session), [": update people 123 “” called=Tom"]);
}

/// Specification, "Declaring that a form updates entities": an author may have both.
#[test]
fn an_entity_is_made_where_there_is_none_yet() {
    let person = EntityDefinition {
        id: some("${id}"),
        create_if: some("${id} = '' or starts-with(${id}, 'own')"),
        update_if: some("${id} != ''"),
        ..entity("people", "'P'")
    };
    let mut session = begun(&form(vec![text("id", "")], vec![person]));
    assert_eq!(told(&session), [": create people new-1@ “P” "]);
    set(&mut session, "id", "123");
    assert_eq!(told(&session), [": update people 123 “P” "]);
    set(&mut session, "id", "own-id");
    assert_eq!(told(&session), [": create people own-id “P” "]);
}

/// `filling form with create in repeats …`, `… in nested repeats makes entities available`.
#[test]
fn every_row_is_an_entity_of_its_own() {
    let people = EntityDefinition { holder: some("${people}"), ..entity("people", "${name}") };
    let cars = EntityDefinition {
        holder: some("${cars}"),
        label: some("concat(${model}, ' of ', ${name})"),
        ..entity("cars", "")
    };
    let car = rows("cars", vec![text("model", "car_model")]);
    let person = rows("people", vec![text("name", "full_name"), car]);
    let mut session = begun(&form(vec![person], vec![people, cars]));
    let repeat = at(&session, "people");
    session.add_row(repeat).expect("another row");
    let second = at(&session, "people[2]/cars");
    session.add_row(second).expect("another row");
    for (path, value) in [
        ("people[1]/name", "Tom"),
        ("people[1]/cars[1]/model", "Range Rover"),
        ("people[2]/name", "Shiv"),
        ("people[2]/cars[2]/model", "Audi A8"),
    ] {
        set(&mut session, path, value);
    }
    let made = [
        "people[1]: create people new-1@people[1] “Tom” full_name=Tom",
        "people[2]: create people new-2@people[2] “Shiv” full_name=Shiv",
        "people[1]/cars[1]: create cars new-3@people[1]/cars[1] “Range Rover of Tom” car_model=Range Rover",
        "people[2]/cars[1]: create cars new-4@people[2]/cars[1] “ of Shiv” car_model=",
        "people[2]/cars[2]: create cars new-5@people[2]/cars[2] “Audi A8 of Shiv” car_model=Audi A8",
    ];
    assert_eq!(told(&session), made);
    session.remove_row(at(&session, "people[1]")).expect("a row less");
    let left = told(&session);
    assert_eq!(left[0], "people[1]: create people new-1@people[1] “Shiv” full_name=Shiv");
    assert_eq!(left.len(), 3);
}

/// Specification, "Multiple Entity declarations in a form": the root, a group, a repeat; a column
/// belongs to the nearest around it.
#[test]
fn a_group_is_an_entity_while_it_is_asked() {
    let home = EntityDefinition { holder: some("/data/people/home"), ..entity("homes", "${road}") };
    let group = Declaration {
        relevant: some("${name} != ''"),
        ..holding("home", DeclaredKind::Group, vec![text("road", "road")])
    };
    let people = rows("people", vec![text("name", "town#mayor"), group]);
    let town = EntityDefinition { holder: some("${people}"), ..entity("town", "${name}") };
    let mut session = begun(&form(vec![people], vec![town, home]));
    assert_eq!(told(&session), ["people[1]: create town new-1@people[1] “” mayor="]);
    set(&mut session, "people[1]/name", "Tom");
    set(&mut session, "people[1]/home/road", "Main");
    let made = [
        "people[1]: create town new-1@people[1] “Tom” mayor=Tom",
        "people[1]/home: create homes new-2@people[1]/home “Main” road=Main",
    ];
    assert_eq!(told(&session), made);
}

/// `when saveTo question is not answered entity property is empty string`; in
/// `EntityFormFinalizationProcessor`, what is not relevant is not among the properties.
#[test]
fn what_is_not_asked_is_left_as_it_is_and_what_is_empty_is_emptied() {
    let road = Declaration { relevant: some("${name} = 'Tom'"), ..text("road", "road") };
    let person = EntityDefinition { id: some("'1'"), ..entity("people", "${name}") };
    let mut session = begun(&form(vec![text("name", "called"), road], vec![person]));
    assert_eq!(told(&session), [": update people 1 “” called="]);
    set(&mut session, "name", "Tom");
    assert_eq!(told(&session), [": update people 1 “Tom” called=Tom road="]);
}

/// Specification, "Declaring that a form updates entities": `baseVersion`, `trunkVersion`,
/// `branchId`.
#[test]
fn the_state_of_an_entity_is_what_its_list_says() {
    let choice = |cells: [&str; 4]| ChoiceDefinition {
        cells: cells.map(str::to_owned).to_vec(),
        ..ChoiceDefinition::default()
    };
    let columns = ["name", "__version", "__trunkVersion", "__branchId"];
    let people = ListDefinition {
        name: "people".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        choices: vec![choice(["a", "1", "", ""]), choice(["b", "3", "2", "branch"])],
        ..ListDefinition::default()
    };
    let person = EntityDefinition { id: some("${id}"), ..entity("people", "'P'") };
    let mut definition = form(vec![text("id", "")], vec![person]);
    definition.lists = vec![people];
    let mut session = begun(&definition);
    let cases = [
        ("a", [some("1"), None, None]),
        ("b", [some("3"), some("2"), some("branch")]),
        ("c", [None, None, None]),
    ];
    for (id, [base_version, trunk_version, branch_id]) in cases {
        set(&mut session, "id", id);
        let changes = session.entities(&mut |_| unreachable!("none is made"));
        let state = EntityState { base_version, trunk_version, branch_id };
        assert_eq!(changes[0].deed, EntityDeed::Update(state), "{id}");
    }
}

/// Specification: "If no ancestor container has an Entity declaration, the form is invalid", and so
/// it is if the nearest one is outside the repeat.
#[test]
fn what_is_saved_has_an_entity_in_its_own_rows() {
    let faults = |declarations, entities| {
        let faults = compile(&form(declarations, entities)).expect_err("faults");
        faults.into_iter().map(|fault| fault.kind.to_string()).collect::<Vec<_>>()
    };
    let inside = || vec![rows("people", vec![text("name", "called")])];
    let told = faults(inside(), vec![entity("people", "'P'")]);
    assert_eq!(told, ["“called”和它要存到的台账不在同一个重复组里"]);
    let told = faults(inside(), Vec::new());
    assert_eq!(told, ["写了 save_to，但 entities 表里没有要存到的台账"]);
    let told = faults(vec![text("name", "x#y")], vec![entity("people", "'P'")]);
    assert_eq!(told, ["entities 表里没有台账“x”"]);
    let no_group = EntityDefinition { holder: some("${name}"), ..entity("people", "'P'") };
    let told = faults(vec![text("name", "")], vec![no_group]);
    assert_eq!(told, ["“name”不是分组，也不是重复组"]);
}
