//! A household in which everything can wait for something else, and what a person may do with it.

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredDefault, DeclaredKind, Definition, ListDefinition,
    SelectDefinition, SelectFrom, SelectKind,
};
use form::model::{Bounds, Kind, Language, Question, TextKind};
use form::{Change, Fact, InstanceId, Session};
use proptest::prelude::*;

pub(crate) fn declare(name: &str, kind: DeclaredKind) -> Declaration {
    Declaration { name: name.to_owned(), kind, ..Declaration::default() }
}

fn calculated(name: &str, calculation: &str) -> Declaration {
    Declaration {
        calculation: Some(calculation.to_owned()),
        ..declare(name, DeclaredKind::Calculated)
    }
}

pub(crate) fn integer(name: &str) -> Declaration {
    declare(name, DeclaredKind::Question(Question::Integer))
}

pub(crate) fn some(expression: &str) -> Option<String> {
    Some(expression.to_owned())
}

/// The other people who are of age.
fn friends() -> SelectDefinition {
    SelectDefinition {
        kind: SelectKind::One,
        from: SelectFrom::Rows { value: "${age}".to_owned(), label: some("${job}") },
        filter: some("age >= 18 and age != current()/../age"),
        shuffle: None,
    }
}

/// A household with people and, for each of them, payments: everything that can wait for
/// something else is in it.
pub(crate) fn household() -> Definition {
    let select = |list: &str, filter: &str| {
        DeclaredKind::Select(Box::new(SelectDefinition {
            kind: SelectKind::One,
            from: SelectFrom::List { list: list.to_owned(), value: "name".to_owned(), label: None },
            filter: some(filter),
            shuffle: None,
        }))
    };
    let repeat = |initial| DeclaredKind::Repeat {
        bounds: Bounds { min: 1, max: Some(4) },
        initial,
        count: None,
    };
    let payment = Declaration {
        children: vec![
            integer("amount"),
            calculated("share", "if(${adult} = 'true', ${amount} div ${people}, 0)"),
        ],
        relevant: some("${adult} = 'true'"),
        read_only: some("${strict} = 17"),
        ..declare("payment", repeat(0))
    };
    let person = Declaration {
        children: vec![
            Declaration {
                constraint: some(". >= 0 and . < ${limit}"),
                required: some("${strict} = 1"),
                ..integer("age")
            },
            calculated("adult", "${age} >= 18"),
            declare("job", select("jobs", "who = ${adult}")),
            payment,
            calculated("paid", "sum(${share})"),
            // What the row before has, added up: rows that read each other.
            calculated(
                "so_far",
                "${paid} + coalesce(${person}[position() = position(current()/..) - 1]/so_far, 0)",
            ),
            calculated("place", "concat(position(..), '/', count(${person}))"),
            Declaration {
                trigger: vec!["${age}".to_owned()],
                ..calculated("times", "coalesce(${times}, 0) + 1")
            },
            calculated("job_of", "instance('jobs')/root/item[name = ${job}]/who"),
            calculated("called", "jr:choice-name(${job}, '${job}')"),
            declare("friend", DeclaredKind::Select(Box::new(friends()))),
        ],
        ..declare("person", repeat(2))
    };
    let eldest = Declaration {
        children: vec![
            calculated("elders", "count(${person}[${age} >= ${limit} div 3])"),
            calculated("last_age", "${person}[position() = last()]/age"),
            calculated("second", "indexed-repeat(${age}, ${person}, 2)"),
            calculated("lots", "if(${people} > 2, random(), '')"),
        ],
        ..declare("eldest", DeclaredKind::Group)
    };
    let totals = Declaration {
        children: vec![
            calculated("total", "sum(${paid})"),
            Declaration {
                label: vec![(0, "共 ${total} 元".to_owned())],
                ..declare("told", DeclaredKind::Note)
            },
        ],
        relevant: some("${people} > 1"),
        ..declare("totals", DeclaredKind::Group)
    };
    Definition {
        languages: vec![Language { name: "default".to_owned(), code: None }],
        lists: vec![ListDefinition {
            name: "jobs".to_owned(),
            columns: vec!["name".to_owned(), "who".to_owned()],
            choices: [("farm", "true"), ("shop", "true"), ("school", "false")]
                .map(|(name, who)| ChoiceDefinition {
                    cells: vec![name.to_owned(), who.to_owned()],
                    ..ChoiceDefinition::default()
                })
                .to_vec(),
            ..ListDefinition::default()
        }],
        declarations: vec![
            Declaration {
                default: Some(DeclaredDefault::Fixed("120".to_owned())),
                ..integer("limit")
            },
            integer("strict"),
            calculated("people", "count(${person})"),
            person,
            eldest,
            totals,
            calculated("double", "${total} * 2"),
            Declaration {
                read_only: some("${double} > 10"),
                ..declare("why", DeclaredKind::Question(Question::Text(TextKind::Line)))
            },
        ],
        ..Definition::default()
    }
}

/// What a person does, at places counted among those that are there.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    Answer(usize, String),
    Add(usize),
    Remove(usize),
}

pub(crate) fn deed() -> impl Strategy<Value = Deed> {
    let value = prop_oneof![
        Just(""),
        Just("1"),
        Just("17"),
        Just("18"),
        Just("40"),
        Just("farm"),
        Just("school"),
        Just("x")
    ];
    prop_oneof![
        6 => (any::<usize>(), value).prop_map(|(at, value)| Deed::Answer(at, value.to_owned())),
        2 => any::<usize>().prop_map(Deed::Add),
        1 => any::<usize>().prop_map(Deed::Remove),
    ]
}

fn everywhere(session: &Session, at: InstanceId, found: &mut Vec<InstanceId>) {
    found.push(at);
    session
        .children(at)
        .into_iter()
        .chain(session.rows(at))
        .for_each(|inner| everywhere(session, inner, found));
}

pub(crate) fn all(session: &Session) -> Vec<InstanceId> {
    let mut found = Vec::new();
    everywhere(session, session.root(), &mut found);
    found
}

fn offered(session: &Session, at: InstanceId) -> Vec<(String, String)> {
    let choices = session.choices(at).into_iter();
    let told = |choice| {
        let name = session.choice_name(at, choice).to_owned();
        (name, session.choice_label(at, choice).into_owned())
    };
    choices.map(told).collect()
}

/// Every fact about an instance, as text.
pub(crate) fn facts(session: &Session, at: InstanceId) -> Vec<(Fact, String)> {
    vec![
        (Fact::Value, session.value(at).to_owned()),
        (Fact::Relevant, session.is_relevant(at).to_string()),
        (Fact::Required, session.is_required(at).to_string()),
        (Fact::ReadOnly, session.is_read_only(at).to_string()),
        (Fact::Problem, format!("{:?}", session.problem(at))),
        (Fact::Choices, format!("{:?}", offered(session, at))),
        (Fact::Texts, format!("{:?}", session.label(at))),
        (Fact::Rows, session.rows(at).len().to_string()),
    ]
}

fn pick(
    session: &Session,
    place: usize,
    wanted: impl Fn(&Session, InstanceId) -> bool,
) -> Option<InstanceId> {
    let found: Vec<_> = all(session).into_iter().filter(|at| wanted(session, *at)).collect();
    (!found.is_empty()).then(|| found[place % found.len()])
}

fn is_row(session: &Session, at: InstanceId) -> bool {
    session.parent(at).is_some_and(|parent| parent.node == at.node)
}

pub(crate) fn act(session: &mut Session, deed: &Deed) -> Vec<Change> {
    let is_question =
        |session: &Session, at: InstanceId| session.form().node(at.node).is_question();
    let is_repeat = |session: &Session, at: InstanceId| {
        matches!(session.form().node(at.node).kind, Kind::Repeat { .. }) && !is_row(session, at)
    };
    match deed {
        Deed::Answer(place, value) => {
            let at = pick(session, *place, is_question).expect("there are questions");
            session.answer(at, value).unwrap_or_default()
        }
        Deed::Add(place) => {
            let at = pick(session, *place, is_repeat).expect("there is a repeat");
            session.add_row(at).map(|(_, changes)| changes).unwrap_or_default()
        }
        Deed::Remove(place) => match pick(session, *place, is_row) {
            Some(at) => session.remove_row(at).unwrap_or_default(),
            None => Vec::new(),
        },
    }
}
