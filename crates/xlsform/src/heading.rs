//! The headings of columns: canonical names, their other spellings, and languages.

/// A heading, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// As it stands in the sheet.
    pub(crate) written: String,
    /// The column's canonical name.
    pub(crate) name: String,
    /// The language behind `::`.
    pub(crate) language: Option<String>,
}

/// Columns whose heading may name a language.
const TRANSLATED: [&str; 6] =
    ["label", "hint", "guidance_hint", "constraint_message", "required_message", "warning_message"];

/// Spellings that pyxform accepts too, and their canonical names.
const ALIASES: [(&str, &str); 17] = [
    ("constraining_message", "constraint_message"),
    ("constraint message", "constraint_message"),
    ("constraint-msg", "constraint_message"),
    ("required message", "required_message"),
    ("requiredmsg", "required_message"),
    ("relevance", "relevant"),
    ("calculate", "calculation"),
    ("readonly", "read_only"),
    ("read only", "read_only"),
    ("count", "repeat_count"),
    ("jr:count", "repeat_count"),
    ("caption", "label"),
    ("list name", "list_name"),
    ("command", "type"),
    ("tag", "name"),
    ("value", "name"),
    ("title", "form_title"),
];

impl Heading {
    /// Reads a heading such as `label::English (en)`, `hint` or `relevance`.
    pub(crate) fn read(written: &str) -> Self {
        let split = written.split_once("::").or_else(|| {
            let (name, language) = written.split_once(':')?;
            TRANSLATED.contains(&canonical(name).as_str()).then_some((name, language))
        });
        let (name, language) = match split {
            Some((prefix, name)) if matches!(prefix.trim(), "bind" | "control") => (name, None),
            Some((name, language)) => (name, Some(language.trim().to_owned())),
            None => (written, None),
        };
        Self { written: written.trim().to_owned(), name: canonical(name), language }
    }

    /// Whether it is words for people.
    pub(crate) fn is_translated(&self) -> bool {
        TRANSLATED.contains(&self.name.as_str())
    }
}

fn canonical(name: &str) -> String {
    let name = name.trim();
    let lower = name.to_lowercase();
    let known = ALIASES.iter().find(|(alias, _)| *alias == lower);
    match known {
        Some((_, canonical)) => (*canonical).to_owned(),
        None if lower.is_ascii() && !lower.contains(':') => lower.replace(' ', "_"),
        None => name.to_owned(),
    }
}
