//! The headings of columns: canonical names, their other spellings, and languages.

mod columns;

pub(crate) use columns::Role;

/// A heading, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// As it stands in the sheet.
    pub(crate) written: String,
    /// The column's canonical name; `bind::x`, `body::x` or `instance::x` where it is an attribute
    /// for others; as written where it is unknown.
    pub(crate) name: String,
    /// The language behind `::`.
    pub(crate) language: Option<String>,
    /// Whether the column has a meaning.
    pub(crate) is_known: bool,
}

impl Heading {
    /// Reads a heading such as `label::English (en)`, `media::image`, `bind::relevant`, `hint` or
    /// `relevance`. Single colons part too, as pyxform has it, where `is_double` does not say that
    /// the sheet has headings with two.
    pub(crate) fn read(written: &str, role: Role, is_double: bool) -> Self {
        let known = |name: &str, language: Option<String>| Self {
            written: written.to_owned(),
            name: name.to_owned(),
            language: language.filter(|language| !language.is_empty()),
            is_known: true,
        };
        if let Some(name) = role.canonical(&snake(written)) {
            return known(name, None);
        }
        let parts = parts(written, role, is_double);
        let (first, rest) =
            parts.split_first().map_or((written, &[][..]), |(one, rest)| (*one, rest));
        let first = snake(first);
        match (first.as_str(), rest) {
            ("media", [medium, language @ ..]) if role.has_words() => {
                if let Some(name) = role.canonical(&snake(medium)) {
                    return known(name, Some(language.join("::")));
                }
            }
            (group @ ("bind" | "body" | "control" | "instance"), [name, language @ ..])
                if role == Role::Survey =>
            {
                return match attribute(group, name) {
                    Attribute::Column(name) => known(name, Some(language.join("::"))),
                    Attribute::Other(name) => known(&name, None),
                };
            }
            ("attribute", [_, ..]) if role == Role::Settings => return known(written, None),
            (_, [_, ..]) => {
                if let Some(name) = role.canonical(&first).filter(|name| is_translated(name)) {
                    return known(name, Some(rest.join("::")));
                }
            }
            _ => {}
        }
        let (written, name) = (written.to_owned(), written.to_owned());
        Self { written, name, language: None, is_known: false }
    }

    /// Whether it is words for people, or files for them.
    pub(crate) fn is_translated(&self) -> bool {
        self.is_known && is_translated(&self.name)
    }
}

fn is_translated(name: &str) -> bool {
    columns::TRANSLATED.contains(&name)
}

/// `Form  Title` is `form_title`.
fn snake(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase()
}

/// A heading at its colons.
fn parts(written: &str, role: Role, is_double: bool) -> Vec<&str> {
    if written.contains("::") {
        return written.split("::").map(str::trim).collect();
    }
    let Some((first, rest)) = written.split_once(':') else { return vec![written] };
    let first_name = snake(first);
    let is_group =
        matches!(first_name.as_str(), "media" | "bind" | "body" | "control" | "instance");
    let takes_part = is_group || role.canonical(&first_name).is_some_and(is_translated);
    match (takes_part, is_group && !is_double) {
        (false, _) => vec![written],
        (true, false) => vec![first.trim(), rest.trim()],
        // The colon of `jr:constraintMsg` parts nothing.
        (true, true) => {
            let inner = rest.trim();
            let from = if inner.starts_with("jr:") { 3 } else { 0 };
            match inner[from..].split_once(':') {
                Some((name, language)) => {
                    vec![first.trim(), &inner[..from + name.len()], language.trim()]
                }
                None => vec![first.trim(), inner],
            }
        }
    }
}

/// What a column of a group such as `bind` is.
enum Attribute {
    /// A column of ours, under another name.
    Column(&'static str),
    /// For others.
    Other(String),
}

fn attribute(group: &str, name: &str) -> Attribute {
    let group = if group == "control" { "body" } else { group };
    let lower = name.to_lowercase();
    let known = columns::ATTRIBUTES.iter().find(|(own, known, _)| *own == group && *known == lower);
    match known {
        Some((_, _, column)) => Attribute::Column(column),
        None => Attribute::Other(format!("{group}::{name}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(written: &str) -> (String, Option<String>) {
        let heading = Heading::read(written, Role::Survey, false);
        (heading.name, heading.language)
    }

    /// pyxform: `aliases.survey_header`, `tests/test_sheet_columns.py`, `tests/test_translations.py`.
    #[test]
    fn spellings_of_pyxform_are_the_columns_that_they_mean() {
        let cases = [
            ("Relevance", "relevant", None),
            ("bind::relevant", "relevant", None),
            ("bind:relevant", "relevant", None),
            ("Read Only", "read_only", None),
            ("constraining message", "constraint_message", None),
            ("bind::jr:constraintMsg", "constraint_message", None),
            ("bind:jr:constraintMsg:French", "constraint_message", Some("French")),
            ("bind::jr:requiredMsg::French (fr)", "required_message", Some("French (fr)")),
            ("requiredMsg", "required_message", None),
            ("caption::English", "label", Some("English")),
            ("Label : English (en)", "label", Some("English (en)")),
            ("media::image::English (en)", "image", Some("English (en)")),
            ("media:audio:Deutsch", "audio", Some("Deutsch")),
            ("image::中文", "image", Some("中文")),
            ("big-image", "big-image", None),
            ("control::appearance", "appearance", None),
            ("body::jr:count", "repeat_count", None),
            ("jr:count", "repeat_count", None),
            ("body::accuracyThreshold", "body::accuracyThreshold", None),
            ("bind::odk:length", "bind::odk:length", None),
            ("instance::odk:tag", "instance::odk:tag", None),
            ("compact_tag", "instance::odk:tag", None),
            ("noAppErrorString", "bind::jr:noAppErrorString", None),
            ("command", "type", None),
            ("tag", "name", None),
            ("Guidance Hint::English", "guidance_hint", Some("English")),
        ];
        for (written, name, language) in cases {
            let language = language.map(str::to_owned);
            assert_eq!(survey(written), (name.to_owned(), language), "{written}");
            assert!(Heading::read(written, Role::Survey, false).is_known, "{written}");
        }
    }

    #[test]
    fn what_is_unknown_stays_as_it_is_written() {
        for written in ["Province Code", "x::y", "note: see below", "appearance::English"] {
            let heading = Heading::read(written, Role::Survey, true);
            assert_eq!((heading.name.as_str(), heading.is_known), (written, false));
        }
        let heading = Heading::read("Province", Role::Choices, false);
        assert_eq!((heading.name.as_str(), heading.is_known), ("Province", false));
    }
}
