//! The `type` column.

use form::definition::SelectKind;

use form::compile::nearest::nearest;

mod plain;

pub(crate) use plain::Plain;

/// What a `type` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// `begin group` and `begin repeat`
    Begin(Container),
    /// `begin loop over LIST`: the list, empty where none is named
    Loop(String),
    /// `end group` and `end repeat`
    End(Container),
    /// `select_one LIST` and its kin
    Select(SelectType),
    /// What is a single word, or several fixed ones.
    Plain(Plain),
    /// A setting on the survey sheet: its name.
    Setting(&'static str),
}

/// What can hold other rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    Group,
    Repeat,
    /// Once for each choice of a list.
    Loop,
}

impl Container {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Repeat => "repeat",
            Self::Loop => "loop",
        }
    }
}

/// A question with choices, as its `type` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SelectType {
    pub(crate) kind: SelectKind,
    pub(crate) from: Source,
    pub(crate) or_other: bool,
}

/// Where the choices come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A list of the choices sheet.
    List(String),
    /// A list of the external_choices sheet.
    External(String),
    /// A file beside the form.
    File(String),
    /// The rows of a repeat.
    Rows(String),
}

/// Why a `type` says nothing.
pub(crate) struct UnknownType {
    pub(crate) what: String,
    pub(crate) remedy: String,
}

/// What begins a select, and what it begins; longer ones before their own beginnings.
const SELECTS: [(&str, SelectKind, From); 16] = [
    ("add select multiple prompt using", SelectKind::Multiple, From::Choices),
    ("add select one prompt using", SelectKind::One, From::Choices),
    ("select all that apply from", SelectKind::Multiple, From::Choices),
    ("select all that apply", SelectKind::Multiple, From::Choices),
    ("select multiple from file", SelectKind::Multiple, From::Files),
    ("select multiple from", SelectKind::Multiple, From::Choices),
    ("select multiple using", SelectKind::Multiple, From::Choices),
    ("select multiple", SelectKind::Multiple, From::Choices),
    ("select one from file", SelectKind::One, From::Files),
    ("select one external", SelectKind::One, From::ExternalChoices),
    ("select one from", SelectKind::One, From::Choices),
    ("select one using", SelectKind::One, From::Choices),
    ("select one", SelectKind::One, From::Choices),
    ("select1", SelectKind::One, From::Choices),
    ("rank from", SelectKind::Rank, From::Choices),
    ("rank", SelectKind::Rank, From::Choices),
];

#[derive(Clone, Copy)]
enum From {
    Choices,
    ExternalChoices,
    Files,
}

/// The endings of files that choices are read from.
pub(crate) const ENDINGS: [&str; 3] = [".csv", ".xml", ".geojson"];

const OR_OTHER: [&str; 3] = [" or specify other", " or other", " or_other"];

const SETTINGS: [(&str, &str); 5] = [
    ("form title", "form_title"),
    ("set form title", "form_title"),
    ("form id", "form_id"),
    ("set form id", "form_id"),
    ("prefix", "prefix"),
];

/// Reads a `type`. Small and large letters, blanks and underscores make no difference but in names.
pub(crate) fn read(written: &str) -> Result<Type, UnknownType> {
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    // As long as what was written, so that places in one are places in the other.
    let folded = written.to_ascii_lowercase().replace('_', " ");
    if let Some(list) = looped(&written, &folded) {
        return Ok(Type::Loop(list));
    }
    if let Some(kind) = container(&folded) {
        return Ok(kind);
    }
    if let Some(select) = select(&written, &folded) {
        return select.map(Type::Select);
    }
    if let Some(plain) = plain::find(&folded) {
        return Ok(Type::Plain(plain));
    }
    match SETTINGS.iter().find(|(own, _)| *own == folded) {
        Some((_, setting)) => Ok(Type::Setting(setting)),
        None => Err(unknown(&written)),
    }
}

fn looped(written: &str, folded: &str) -> Option<String> {
    let rest = folded.strip_prefix("begin loop")?;
    let list = rest.strip_prefix(" over").unwrap_or(rest);
    let is_apart = |text: &str| text.is_empty() || text.starts_with(' ');
    let list = if is_apart(list) { list } else { rest };
    is_apart(list).then(|| written[written.len() - list.len()..].trim().to_owned())
}

fn container(folded: &str) -> Option<Type> {
    let (is_begin, rest) = match folded.strip_prefix("begin ") {
        Some(rest) => (true, rest),
        None => (false, folded.strip_prefix("end ")?),
    };
    const NAMES: [(&str, Container); 5] = [
        ("group", Container::Group),
        ("repeat", Container::Repeat),
        ("lgroup", Container::Repeat),
        ("looped group", Container::Repeat),
        ("loop", Container::Loop),
    ];
    let (_, container) = NAMES.iter().find(|(name, _)| {
        let after = rest.strip_prefix(name);
        after.is_some_and(|after| after.is_empty() || (is_begin && after.starts_with(' ')))
    })?;
    Some(if is_begin { Type::Begin(*container) } else { Type::End(*container) })
}

fn select(written: &str, folded: &str) -> Option<Result<SelectType, UnknownType>> {
    let begins = |name: &str| {
        folded.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let (name, kind, from) = SELECTS.iter().find(|(name, ..)| begins(name))?;
    let mut rest = &written[name.len()..];
    let or_other = OR_OTHER
        .iter()
        .find(|end| rest.len() > end.len() && folded.ends_with(&end.replace('_', " ")));
    if let Some(end) = or_other {
        rest = &rest[..rest.len() - end.len()];
    }
    let list = rest.trim();
    if list.is_empty() || list.split("${").next().is_some_and(|plain| plain.contains(' ')) {
        let what = format!("“{written}”没有写清楚选项表");
        return Some(Err(UnknownType {
            what,
            remedy: format!("写成 {} 选项表的名字", spelt(name)),
        }));
    }
    let is_file = ENDINGS.iter().any(|ending| list.to_ascii_lowercase().ends_with(ending));
    let from = match from {
        From::Files if !is_file => {
            let what = format!("文件“{list}”不是 {} 文件", ENDINGS.join("、"));
            return Some(Err(UnknownType { what, remedy: "文件名要带上结尾".to_owned() }));
        }
        From::ExternalChoices => Source::External(list.to_owned()),
        _ if is_file => Source::File(list.to_owned()),
        _ if list.starts_with("${") => Source::Rows(list.to_owned()),
        _ => Source::List(list.to_owned()),
    };
    Some(Ok(SelectType { kind: *kind, from, or_other: or_other.is_some() }))
}

fn spelt(name: &str) -> String {
    match name {
        "select one" | "select multiple" | "select one external" => name.replace(' ', "_"),
        "select one from file" | "select multiple from file" => name.replace(' ', "_"),
        other => other.to_owned(),
    }
}

fn unknown(written: &str) -> UnknownType {
    let first = written.split(' ').next().unwrap_or_default();
    let known = || plain::KNOWN.iter().copied();
    let similar = nearest(written, known()).or_else(|| nearest(first, known()));
    let remedy = match similar {
        Some(similar) if similar.starts_with("select") || similar == "rank" => {
            format!("是不是想写 {similar} 选项表？")
        }
        Some(similar) => format!("是不是想写 {similar}？"),
        None => format!("可用的有：{}", plain::COMMON),
    };
    let shown: String = written.chars().take(60).collect();
    UnknownType { what: format!("没有“{shown}”这种 type"), remedy }
}
