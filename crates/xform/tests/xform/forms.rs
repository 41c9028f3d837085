//! Definitions that have, together, everything that an XForm can say.

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredDefault, DeclaredKind, Definition, EntityDefinition,
    ListDefinition, SelectDefinition, SelectFrom, SelectKind, Words,
};
use form::expression::Number;
use form::model::{Bounds, Language, Medium, Question, Range, Recording, TextKind};

pub(crate) fn words(text: &str) -> Words {
    vec![(0, text.to_owned())]
}

pub(crate) fn both(one: &str, other: &str) -> Words {
    vec![(0, one.to_owned()), (1, other.to_owned())]
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub(crate) fn declared(name: &str, kind: DeclaredKind) -> Declaration {
    let label = match kind {
        DeclaredKind::Calculated | DeclaredKind::Recorded(_) => Words::new(),
        _ => words(&format!("{name}?")),
    };
    Declaration { row: 1, name: name.to_owned(), kind, label, ..Declaration::default() }
}

pub(crate) fn question(name: &str, question: Question) -> Declaration {
    declared(name, DeclaredKind::Question(question))
}

pub(crate) fn text(name: &str) -> Declaration {
    question(name, Question::Text(TextKind::Line))
}

pub(crate) fn calculated(name: &str, source: &str) -> Declaration {
    Declaration { calculation: some(source), ..declared(name, DeclaredKind::Calculated) }
}

pub(crate) fn select(
    name: &str,
    kind: SelectKind,
    list: &str,
    filter: Option<&str>,
) -> Declaration {
    let from = SelectFrom::List { list: list.into(), value: "name".into(), label: None };
    let filter = filter.map(str::to_owned);
    let select = SelectDefinition { kind, from, filter, shuffle: None };
    declared(name, DeclaredKind::Select(Box::new(select)))
}

pub(crate) fn holding(mut above: Declaration, children: Vec<Declaration>) -> Declaration {
    above.children = children;
    above
}

pub(crate) fn repeat(name: &str, count: Option<&str>) -> Declaration {
    let bounds = Bounds { min: 0, max: None };
    let count = count.map(str::to_owned);
    declared(name, DeclaredKind::Repeat { bounds, initial: 1, count })
}

pub(crate) fn fruits() -> ListDefinition {
    let choice = |name: &str, label: &str, colour: &str| ChoiceDefinition {
        label: words(label),
        cells: vec![name.to_owned(), colour.to_owned()],
        ..ChoiceDefinition::default()
    };
    ListDefinition {
        name: "fruits".into(),
        row: Some(2),
        file: None,
        elements: None,
        several: Vec::new(),
        columns: vec!["name".into(), "colour".into()],
        choices: vec![
            choice("apple", "Apple & <pear>", "red"),
            choice("cherry", "Cherry", "red"),
            choice("lemon", "Lemon", "yellow"),
        ],
    }
}

pub(crate) fn form(id: &str, declarations: Vec<Declaration>) -> Definition {
    Definition {
        id: id.into(),
        version: "2026-1".into(),
        title: words("A form"),
        root: "data".into(),
        languages: vec![Language { name: "default".into(), code: None }],
        declarations,
        lists: vec![fruits()],
        ..Definition::default()
    }
}

/// Every type of question, and what is not asked.
pub(crate) fn types() -> Definition {
    let number = |text: &str| Number::parse(text).expect("a number");
    let range = |start, end, step| {
        Question::Range(Range { start: number(start), end: number(end), step: number(step) })
    };
    let mut all = vec![
        text("line"),
        question("integer", Question::Integer),
        question("decimal", Question::Decimal),
        question("date", Question::Date),
        question("time", Question::Time),
        question("moment", Question::DateTime),
        question("place", Question::Place),
        question("trace", Question::Trace),
        question("shape", Question::Shape),
        question("barcode", Question::Barcode),
        question(
            "image",
            Question::Image { files: Bounds { min: 0, max: Some(1) }, max_pixels: Some(1600) },
        ),
        question(
            "images",
            Question::Image { files: Bounds { min: 2, max: None }, max_pixels: None },
        ),
        question("audio", Question::Audio { max_seconds: Some(60) }),
        question("video", Question::Video { max_seconds: None }),
        question("file", Question::File),
        question("ok", Question::Acknowledge),
        question("range", range("1", "5", "1")),
        question("slope", range("-1.5", "1.5", "0.5")),
        declared("note", DeclaredKind::Note),
        select("one", SelectKind::One, "fruits", None),
        select("many", SelectKind::Multiple, "fruits", Some("colour = ${line}")),
        select("rank", SelectKind::Rank, "fruits", None),
        declared("started", DeclaredKind::Recorded(Recording::StartPlace)),
        declared("heard", DeclaredKind::Recorded(Recording::Audio)),
        declared("audit", DeclaredKind::Recorded(Recording::Audit)),
    ];
    let mut lines = question("lines", Question::Text(TextKind::Lines));
    lines.appearance = vec!["multiline".into()];
    lines.parameters = vec![("rows".into(), "4".into())];
    let mut digits = question("digits", Question::Text(TextKind::Digits));
    digits.appearance = vec!["numbers".into(), "masked".into()];
    all.insert(1, lines);
    all.insert(2, digits);
    form("types", all)
}

/// Conditions, defaults, triggers, messages, and what only this project knows.
pub(crate) fn rules() -> Definition {
    let computed = |source: &str| Some(DeclaredDefault::Computed(source.into()));
    let preload =
        |name: &str, default| Declaration { default, ..declared(name, DeclaredKind::Calculated) };
    let age = Declaration {
        required: some("true()"),
        required_message: words("How old is ${name}?"),
        constraint: some(". >= 0 and . < 150 and . != ${limit}"),
        constraint_message: words("Not < ${limit}"),
        warning: some(". < 100"),
        warning_message: words("Really?"),
        default: computed("${limit} div 2"),
        prefill: some("age"),
        purpose: words("To know"),
        retention: some("1y"),
        attributes: vec![
            ("bind::saveIncomplete".into(), "true()".into()),
            ("body::jr:x".into(), "y".into()),
            ("instance::kept".into(), "z".into()),
        ],
        ..question("age", Question::Integer)
    };
    let fixed = Declaration {
        default: Some(DeclaredDefault::Fixed("two words".into())),
        relevant: some("${age} > 17 or ${name} = 'x'"),
        ..text("fixed")
    };
    let seen = Declaration { read_only: some("true()"), ..text("seen") };
    let told = Declaration {
        calculation: some("concat(${name}, '!')"),
        ..declared("told", DeclaredKind::Note)
    };
    let triggered = Declaration {
        trigger: vec!["${name}".into(), "${age}".into()],
        ..calculated("triggered", "concat(${name}, ${age})")
    };
    let here = Declaration {
        trigger: vec!["${name}".into()],
        ..declared("here", DeclaredKind::Recorded(Recording::Place))
    };
    let hidden =
        Declaration { label: words("In the review: ${age}"), ..calculated("hidden", "${age} * 2") };
    let place = Declaration {
        parameters: vec![
            ("allow-mock-accuracy".into(), "true".into()),
            ("capture-accuracy".into(), "10".into()),
            ("other thing".into(), "50% = half".into()),
        ],
        ..question("spot", Question::Place)
    };
    let last =
        Declaration { default: computed("instance('__last-saved')/data/name"), ..text("last") };
    let mut form = form(
        "rules",
        vec![
            preload("start", computed("now()")),
            preload("today", computed("today()")),
            preload("uid", computed("concat('uuid:', uuid())")),
            preload("who", Some(DeclaredDefault::Property("username".into()))),
            declared("end", DeclaredKind::Recorded(Recording::End)),
            text("name"),
            calculated("limit", "130"),
            age,
            fixed,
            seen,
            told,
            triggered,
            here,
            hidden,
            place,
            last,
        ],
    );
    form.instance_name = some("concat(${name}, ' ', ${age})");
    form.settings = [
        ("style", "pages"),
        ("submission_url", "https://example.org/submission"),
        ("auto_send", "true"),
        ("allow_choice_duplicates", "yes"),
        ("attribute::made", "by hand"),
        ("namespaces", "esri=\"http://esri.com/xforms\""),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec();
    form
}

/// Groups and repeats in each other, with references of every kind.
pub(crate) fn rows() -> Definition {
    let own = Declaration {
        relevant: some("${member} != '' and ${limit} > 0"),
        constraint: some(". <= ${limit}"),
        default: Some(DeclaredDefault::Computed("position(..) + ${limit}".into())),
        ..question("share", Question::Integer)
    };
    let fruit = Declaration {
        label: words("Fruit of ${member}, at most ${limit}"),
        ..select("fruit", SelectKind::One, "fruits", Some("colour = ${colour} and name != ${bad}"))
    };
    let inner = holding(
        declared("inner", DeclaredKind::Group),
        vec![
            text("colour"),
            fruit,
            calculated("price", "instance('fruits')/root/item[name = ${fruit}]/colour"),
            calculated("called", "jr:choice-name(${fruit}, '${fruit}')"),
        ],
    );
    let pets = holding(
        Declaration { relevant: some("${share} > 1"), ..repeat("pets", Some("${share}")) },
        vec![text("pet"), calculated("owner", "concat(${pet}, ' of ', ${member})")],
    );
    let heir = DeclaredKind::Select(Box::new(SelectDefinition {
        kind: SelectKind::One,
        from: SelectFrom::Rows { value: "${member}".into(), label: some("${called}") },
        filter: some("${share} > 1"),
        shuffle: Some(some("${limit}")),
    }));
    let family = holding(
        repeat("family", None),
        vec![
            text("member"),
            own,
            inner,
            pets,
            calculated("before", "indexed-repeat(${member}, ${family}, position(..) - 1)"),
            calculated("pets_here", "count(${pets}) + sum(${share})"),
        ],
    );
    let fixed = Declaration {
        kind: DeclaredKind::Repeat {
            bounds: Bounds { min: 2, max: Some(2) },
            initial: 2,
            count: None,
        },
        ..repeat("fixed", None)
    };
    let bounded = Declaration {
        kind: DeclaredKind::Repeat {
            bounds: Bounds { min: 0, max: Some(9) },
            initial: 0,
            count: None,
        },
        ..repeat("bounded", None)
    };
    form(
        "rows",
        vec![
            question("limit", Question::Integer),
            text("bad"),
            family,
            declared("heir", heir),
            calculated("total", "sum(${share}) + count(${family}[${share} > 1])"),
            holding(fixed, vec![text("leg")]),
            holding(bounded, vec![text("wheel")]),
            holding(repeat("counted", Some("${limit} + 1")), vec![text("seat")]),
        ],
    )
}

/// Two languages, pictures, guidance, outputs.
pub(crate) fn languages() -> Definition {
    let mut name = text("name");
    name.label = both("你叫什么？", "Your name?");
    name.hint = both("写全", "In full");
    name.guidance = both("看身份证", "See the card");
    name.media = vec![
        (Medium::Image, both("名.png", "name.png")),
        (Medium::BigImage, both("大.png", "big.png")),
        (Medium::Audio, words("name.mp3")),
    ];
    let mut pick = select("pick", SelectKind::One, "fruits", None);
    pick.label = both("${name}要什么？", "What does ${name} want?");
    pick.constraint = some(". != 'apple'");
    pick.constraint_message = both("不要苹果", "No apples");
    let mut group = holding(
        declared("group", DeclaredKind::Group),
        vec![Declaration { label: words("只有中文"), ..text("only") }],
    );
    group.label = both("组", "Group");
    group.appearance = vec!["field-list".into()];
    let mut fruits = fruits();
    for (choice, chinese) in fruits.choices.iter_mut().zip(["苹果", "樱桃", "柠檬 ${name}"]) {
        let english = choice.label[0].1.clone();
        choice.label = both(chinese, &english);
    }
    fruits.choices[1].media = vec![(Medium::Image, words("cherry.png"))];
    let language = |name: &str, code: &str| Language { name: name.into(), code: some(code) };
    Definition {
        title: both("一张表", "A form"),
        languages: vec![language("中文", "zh"), language("English", "en")],
        lists: vec![fruits],
        texts: vec![("greeting".into(), both("你好", "Hello"))],
        ..form("languages", vec![name, pick, group, calculated("hello", "jr:itext('greeting')")])
    }
}

/// Entities: one that is changed or made, and one from each row, from a group, and from a group in
/// each row.
pub(crate) fn entities() -> Definition {
    let saved = |name: &str, column: &str| Declaration { save_to: some(column), ..text(name) };
    let entity = |dataset: &str| EntityDefinition {
        row: 1,
        dataset: dataset.into(),
        label: some("${who}"),
        ..EntityDefinition::default()
    };
    let mut form = form(
        "entities",
        vec![
            text("id"),
            saved("who", "name_of"),
            holding(
                repeat("trees", None),
                vec![
                    saved("kind", "species"),
                    text("size"),
                    holding(declared("nest", DeclaredKind::Group), vec![saved("bird", "bird")]),
                ],
            ),
            holding(declared("home", DeclaredKind::Group), vec![saved("road", "road")]),
        ],
    );
    form.entities = vec![
        EntityDefinition {
            id: some("${id}"),
            create_if: some("${id} = ''"),
            update_if: some("${id} != ''"),
            ..entity("people")
        },
        EntityDefinition {
            holder: some("${trees}"),
            create_if: some("${size} > 1"),
            label: some("concat(${kind}, ' of ', ${who})"),
            ..entity("trees_list")
        },
        EntityDefinition {
            holder: some("${nest}"),
            label: some("concat(${bird}, ' in ', ${kind})"),
            ..entity("nests")
        },
        EntityDefinition { holder: some("${home}"), label: some("${road}"), ..entity("homes") },
    ];
    form
}

/// All of them that are compiled to the very same form when they are read again.
pub(crate) fn all() -> Vec<Definition> {
    vec![types(), rules(), rows(), languages(), entities()]
}

/// Choices from rows, from files, in no order, and conditions in conditions: the same to whoever
/// fills them in, but compiled from other paths.
pub(crate) fn choices() -> Definition {
    let from_rows = |name: &str, filter: Option<&str>| {
        let select = SelectDefinition {
            kind: SelectKind::Multiple,
            from: SelectFrom::Rows { value: "${member}".into(), label: None },
            filter: filter.map(str::to_owned),
            shuffle: None,
        };
        declared(name, DeclaredKind::Select(Box::new(select)))
    };
    let mut shuffled = select("shuffled", SelectKind::One, "fruits", None);
    if let DeclaredKind::Select(select) = &mut shuffled.kind {
        select.shuffle = Some(None);
    }
    let mut searched = select("searched", SelectKind::One, "fruits", None);
    searched.appearance = vec!["search('fruits')".into()];
    let village =
        SelectFrom::List { list: "villages".into(), value: "code".into(), label: some("title") };
    let village = SelectDefinition {
        kind: SelectKind::One,
        from: village,
        filter: some("town = ${town}"),
        shuffle: None,
    };
    let later = Declaration {
        trigger: vec!["${hidden}".into()],
        ..calculated("later", "concat(${town}, '!')")
    };
    let family = holding(
        repeat("family", None),
        vec![
            text("member"),
            question("age", Question::Integer),
            calculated("elder", "count(${family}[${member} != ''][position() < 3])"),
            calculated("others", "count(/data/family[age > current()/../age])"),
        ],
    );
    let mut form = form(
        "choices",
        vec![
            text("town"),
            calculated("hidden", "string-length(${town})"),
            later,
            family,
            from_rows("any", None),
            from_rows("old", Some("${age} > string-length(${town})")),
            shuffled,
            searched,
            declared("village", DeclaredKind::Select(Box::new(village))),
            calculated("first", "${family}[1]/member"),
            calculated("mayor", "pulldata('villages', 'title', 'code', ${village})"),
        ],
    );
    let columns = ["code", "title", "town"].map(str::to_owned).to_vec();
    let choice = |cells: [&str; 3]| ChoiceDefinition {
        cells: cells.map(str::to_owned).to_vec(),
        ..ChoiceDefinition::default()
    };
    form.lists.insert(
        0,
        ListDefinition {
            name: "villages".into(),
            row: None,
            file: some("villages.csv"),
            elements: None,
            several: Vec::new(),
            columns,
            choices: vec![choice(["1", "One", "x"]), choice(["2", "Two", "apple"])],
        },
    );
    form
}
