//! Words and files: in place, or in `itext` (specification, sections "Languages" and "Media").

use std::collections::HashMap;

use form::definition::{MediaFiles, Words};
use form::model::{Language, Medium};

use super::document::{Xml, attribute, child, elements};
use super::path::Names;

/// The texts of `itext`.
#[derive(Default)]
pub(super) struct Itext<'x> {
    /// The languages; the default first.
    pub(super) languages: Vec<Language>,
    texts: HashMap<&'x str, Vec<Value<'x>>>,
    /// The ids in the order of the document.
    ids: Vec<&'x str>,
}

struct Value<'x> {
    language: usize,
    form: &'x str,
    element: Xml<'x>,
}

/// `English (en)` is the language English with the code en.
fn language(written: &str) -> Language {
    match written.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((name, code)) => {
            Language { name: name.trim().to_owned(), code: Some(code.trim().to_owned()) }
        }
        None => Language { name: written.to_owned(), code: None },
    }
}

impl<'x> Itext<'x> {
    pub(super) fn of(model: Xml<'x>) -> Self {
        let mut translations: Vec<Xml<'x>> =
            child(model, "itext").map(|itext| elements(itext).collect()).unwrap_or_default();
        let default = translations.iter().position(|one| one.has_attribute("default"));
        if let Some(place) = default {
            translations[..=place].rotate_right(1);
        }
        let mut itext = Self::default();
        for (place, translation) in translations.into_iter().enumerate() {
            itext.languages.push(language(translation.attribute("lang").unwrap_or("default")));
            for text in elements(translation) {
                itext.add(place, text);
            }
        }
        if itext.languages.is_empty() {
            itext.languages.push(language("default"));
        }
        itext
    }

    fn add(&mut self, language: usize, text: Xml<'x>) {
        let Some(id) = text.attribute("id") else { return };
        let values = self.texts.entry(id).or_insert_with(|| {
            self.ids.push(id);
            Vec::new()
        });
        values.extend(elements(text).map(|element| {
            let form = element.attribute("form").unwrap_or_default();
            Value { language, form, element }
        }));
    }

    pub(super) fn ids(&self) -> &[&'x str] {
        &self.ids
    }

    /// The words of a form (`guidance`; empty for the text itself) under an id.
    pub(super) fn words(&self, id: &str, form: &str, names: &Names, context: &str) -> Words {
        let mut words = Words::new();
        let values = self.texts.get(id).map(Vec::as_slice).unwrap_or_default();
        // A text may have nothing but a long or a short form.
        let forms: &[&str] = if form.is_empty() { &["", "long", "short"] } else { &[form] };
        for form in forms {
            for value in values.iter().filter(|value| value.form == *form) {
                let content = content(value.element, names, context);
                let is_new = words.iter().all(|(own, _)| *own != value.language);
                // pyxform says `-` for what the author left empty.
                if is_new && !content.is_empty() && content != "-" {
                    words.push((value.language, content));
                }
            }
        }
        words.sort_by_key(|(language, _)| *language);
        words
    }

    /// The files under an id.
    pub(super) fn media(&self, id: &str) -> MediaFiles {
        let values = self.texts.get(id).map(Vec::as_slice).unwrap_or_default();
        let mut media = MediaFiles::new();
        for value in values {
            let medium = match value.form {
                "image" => Medium::Image,
                "big-image" => Medium::BigImage,
                "audio" => Medium::Audio,
                "video" => Medium::Video,
                _ => continue,
            };
            let address = super::document::text(value.element).trim().to_owned();
            let local = address.strip_prefix("jr://").and_then(|rest| rest.split_once('/'));
            let file = local.map_or(address.as_str(), |(_, file)| file).to_owned();
            if file == "-" {
                continue;
            }
            match media.iter_mut().find(|(own, _)| *own == medium) {
                Some((_, files)) => files.push((value.language, file)),
                None => media.push((medium, vec![(value.language, file)])),
            }
        }
        media
    }

    /// The words of an element: in it, or where its `ref` says.
    pub(super) fn words_of(&self, element: Xml<'x>, names: &Names, context: &str) -> Words {
        match (element.attribute("ref"), element.attribute("ref").and_then(id)) {
            (_, Some(id)) => self.words(id, "", names, context),
            (Some(source), None) if !source.trim().is_empty() => {
                plain(names.output(source, context))
            }
            _ => plain(content(element, names, context)),
        }
    }

    /// The words that an attribute says, itself or by their id.
    pub(super) fn words_at(
        &self,
        element: Option<Xml<'x>>,
        name: &str,
        names: &Names,
        context: &str,
    ) -> Words {
        let value = element.and_then(|element| attribute(element, name));
        match value.and_then(id) {
            Some(id) => self.words(id, "", names, context),
            None => plain(value.map(|value| escaped(value.trim())).unwrap_or_default()),
        }
    }
}

fn plain(words: String) -> Words {
    if words.is_empty() { Words::new() } else { vec![(0, words)] }
}

/// The id in `jr:itext('id')`.
pub(super) fn id(reference: &str) -> Option<&str> {
    let inner = reference.trim().strip_prefix("jr:itext(")?.strip_suffix(')')?.trim();
    let quoted = |quote| inner.strip_prefix(quote).and_then(|rest: &str| rest.strip_suffix(quote));
    let id = quoted('\'').or_else(|| quoted('"'))?;
    Some(id).filter(|id| !id.contains(['\'', '"']))
}

/// What is written in an element, outputs as `${name}` or `${=expression}`.
fn content(element: Xml<'_>, names: &Names, context: &str) -> String {
    let mut words = String::new();
    for part in element.descendants().skip(1) {
        if part.is_text() {
            words.push_str(&escaped(part.text().unwrap_or_default()));
        } else if part.tag_name().name() == "output" {
            let value = part.attribute("value").or_else(|| part.attribute("ref"));
            words.push_str(&names.output(value.unwrap_or_default(), context));
        }
    }
    words.trim().to_owned()
}

/// What looks like a reference but is none must be an output to stay what it is.
fn escaped(text: &str) -> String {
    text.replace("${", "${='${'}")
}
