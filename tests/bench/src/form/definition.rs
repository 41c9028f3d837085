//! The forms that engines are measured with, as ODK's engine was measured when the figures to reach
//! were set.

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredKind, Definition, ListDefinition, SelectDefinition,
    SelectFrom, SelectKind,
};
use form::model::{Bounds, Language, Question, TextKind};

fn form(id: &str, declarations: Vec<Declaration>, lists: Vec<ListDefinition>) -> Definition {
    Definition {
        id: id.to_owned(),
        version: "1".to_owned(),
        title: vec![(0, id.to_owned())],
        languages: vec![Language { name: "default".to_owned(), code: None }],
        declarations,
        lists,
        ..Definition::default()
    }
}

fn declared(name: String, kind: DeclaredKind) -> Declaration {
    Declaration { label: vec![(0, name.clone())], name, kind, ..Declaration::default() }
}

fn integer(name: String) -> Declaration {
    declared(name, DeclaredKind::Question(Question::Integer))
}

fn calculated(name: String, calculation: String) -> Declaration {
    Declaration {
        label: Vec::new(),
        calculation: Some(calculation),
        ..declared(name, DeclaredKind::Calculated)
    }
}

/// So many integers; each shows while the one before is less than 1000, and has a constraint; sums
/// of a hundred each, and their sum.
pub(crate) fn flat(count: usize) -> Definition {
    let question = |place: usize| Declaration {
        constraint: Some(". >= 0 and . <= 1000000".to_owned()),
        relevant: (place > 0).then(|| format!("${{q{}}} < 1000", place - 1)),
        ..integer(format!("q{place}"))
    };
    let sum = |names: Vec<String>| {
        let terms: Vec<_> = names.iter().map(|name| format!("coalesce(${{{name}}}, 0)")).collect();
        terms.join(" + ")
    };
    let parts = count.div_ceil(100);
    let part = |part: usize| {
        let own = part * 100..count.min(part * 100 + 100);
        calculated(format!("part{part}"), sum(own.map(|place| format!("q{place}")).collect()))
    };
    let total = sum((0..parts).map(|part| format!("part{part}")).collect());
    let declarations = (0..count)
        .map(question)
        .chain((0..parts).map(part))
        .chain([calculated("total".to_owned(), total)]);
    form("flat", declarations.collect(), Vec::new())
}

/// A repeat of people with ten questions and two calculations each, and four calculations over all.
pub(crate) fn family() -> Definition {
    let text = |name: &str| {
        declared(name.to_owned(), DeclaredKind::Question(Question::Text(TextKind::Line)))
    };
    let amount = |name: &str| integer(name.to_owned());
    let children = vec![
        text("name"),
        amount("age"),
        amount("wage"),
        amount("pension"),
        amount("rent"),
        amount("other"),
        text("work"),
        text("school"),
        text("health"),
        text("remark"),
        calculated(
            "income".to_owned(),
            "coalesce(${wage}, 0) + coalesce(${pension}, 0) + coalesce(${rent}, 0) + coalesce(${other}, 0)"
                .to_owned(),
        ),
        calculated("adult".to_owned(), "if(${age} >= 18, 1, 0)".to_owned()),
    ];
    let bounds = Bounds { min: 0, max: None };
    let kind = DeclaredKind::Repeat { bounds, initial: 1, count: None };
    let person = Declaration { children, ..declared("person".to_owned(), kind) };
    let declarations = vec![
        person,
        calculated("people".to_owned(), "count(${person})".to_owned()),
        calculated("income_total".to_owned(), "sum(${income})".to_owned()),
        calculated("adults".to_owned(), "sum(${adult})".to_owned()),
        calculated("per_head".to_owned(), "round(${income_total} div ${people}, 2)".to_owned()),
    ];
    form("family", declarations, Vec::new())
}

/// A number, and as many rows of three questions.
pub(crate) fn counted() -> Definition {
    let bounds = Bounds { min: 0, max: None };
    let kind = DeclaredKind::Repeat { bounds, initial: 0, count: Some("${n}".to_owned()) };
    let children = vec![
        integer("a".to_owned()),
        integer("b".to_owned()),
        calculated("place".to_owned(), "position(..)".to_owned()),
        calculated("both".to_owned(), "coalesce(${a}, 0) + coalesce(${b}, 0)".to_owned()),
    ];
    let row = Declaration { children, ..declared("row".to_owned(), kind) };
    let declarations =
        vec![integer("n".to_owned()), row, calculated("all".to_owned(), "sum(${both})".to_owned())];
    form("counted", declarations, Vec::new())
}

/// Province, county, town and village: each level narrowed by the one above, ten below each, five
/// provinces.
pub(crate) fn cascade() -> Definition {
    const LEVELS: [&str; 4] = ["province", "county", "town", "village"];
    let mut lists = Vec::new();
    let mut above: Vec<String> = vec![String::new()];
    for (level, name) in LEVELS.into_iter().enumerate() {
        let each = if level == 0 { 5 } else { 10 };
        let below = |parent: &String| {
            let parent = parent.clone();
            (0..each).map(move |place| (format!("{parent}{place}x"), parent.clone()))
        };
        let all: Vec<(String, String)> = above.iter().flat_map(below).collect();
        above = all.iter().map(|(own, _)| own.clone()).collect();
        let choice = |(own, parent): (String, String)| ChoiceDefinition {
            label: vec![(0, own.clone())],
            cells: vec![own, parent],
            ..ChoiceDefinition::default()
        };
        lists.push(ListDefinition {
            name: name.to_owned(),
            row: Some(level as u32 + 2),
            columns: vec!["name".to_owned(), "parent".to_owned()],
            choices: all.into_iter().map(choice).collect(),
            ..ListDefinition::default()
        });
    }
    let select = |level: usize| {
        let select = SelectDefinition {
            kind: SelectKind::One,
            from: SelectFrom::List {
                list: LEVELS[level].to_owned(),
                value: "name".to_owned(),
                label: None,
            },
            filter: (level > 0).then(|| format!("parent = ${{{}_}}", LEVELS[level - 1])),
            shuffle: None,
        };
        declared(format!("{}_", LEVELS[level]), DeclaredKind::Select(Box::new(select)))
    };
    form("cascade", (0..LEVELS.len()).map(select).collect(), lists)
}

/// A list of so many villages, narrowed by the town that somebody writes.
pub(crate) fn villages(count: usize) -> Definition {
    let choice = |place: usize| ChoiceDefinition {
        label: vec![(0, format!("第 {place} 村"))],
        cells: vec![format!("v{place}"), format!("t{}", place / 20)],
        ..ChoiceDefinition::default()
    };
    let list = ListDefinition {
        name: "villages".to_owned(),
        row: Some(2),
        columns: vec!["name".to_owned(), "town".to_owned()],
        choices: (0..count).map(choice).collect(),
        ..ListDefinition::default()
    };
    let select = SelectDefinition {
        kind: SelectKind::One,
        from: SelectFrom::List {
            list: "villages".to_owned(),
            value: "name".to_owned(),
            label: None,
        },
        filter: Some("town = ${town}".to_owned()),
        shuffle: None,
    };
    let town = declared("town".to_owned(), DeclaredKind::Question(Question::Text(TextKind::Line)));
    let village = declared("village".to_owned(), DeclaredKind::Select(Box::new(select)));
    form("villages", vec![town, village], vec![list])
}
