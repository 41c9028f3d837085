//! Words: plain where the form has one language that nobody named, else in `itext` (specification,
//! sections "Languages" and "Media").

use std::collections::HashMap;

use form::definition::{Definition, MediaFiles, Words};
use form::model::{Language, Medium};

use super::expression::About;
use super::outline::Outline;
use crate::xml::{Child, Element};

/// The texts of `itext`, gathered while everything else is written.
pub(crate) struct Itext {
    languages: Vec<String>,
    /// Whether plain words would lose their language.
    is_needed: bool,
    texts: Vec<(String, Vec<Value>)>,
    /// Where the texts stand, by their ids.
    places: HashMap<String, usize>,
}

struct Value {
    language: usize,
    form: Option<&'static str>,
    content: Vec<Child>,
}

/// What pyxform says in a language that lacks a text: JavaRosa takes no form without.
const MISSING: &str = "-";

/// How a language stands in the attribute `lang`: as in the headings of the sheet.
pub(crate) fn language(language: &Language) -> String {
    match &language.code {
        Some(code) => format!("{} ({code})", language.name),
        None => language.name.clone(),
    }
}

impl Itext {
    pub(crate) fn of(definition: &Definition) -> Self {
        let mut languages: Vec<_> = definition.languages.iter().map(language).collect();
        if languages.is_empty() {
            languages.push("default".to_owned());
        }
        let is_needed = languages != ["default"];
        Self { languages, is_needed, texts: Vec::new(), places: HashMap::new() }
    }

    /// Whether plain words would lose their language.
    pub(crate) fn is_needed(&self) -> bool {
        self.is_needed
    }

    /// Keeps words under an id.
    pub(crate) fn keep(
        &mut self,
        id: &str,
        form: Option<&'static str>,
        words: &Words,
        mut content: impl FnMut(&str) -> Vec<Child>,
    ) {
        let values = words.iter().filter(|(language, _)| *language < self.languages.len());
        let values = values.map(|(language, words)| Value {
            language: *language,
            form,
            content: content(words),
        });
        let values: Vec<_> = values.collect();
        match self.places.get(id) {
            Some(place) => self.texts[*place].1.extend(values),
            None => {
                self.places.insert(id.to_owned(), self.texts.len());
                self.texts.push((id.to_owned(), values));
            }
        }
    }

    /// Keeps the files of the node at a path.
    pub(crate) fn keep_media_of(&mut self, path: &str, media: &MediaFiles) {
        self.keep_media(&format!("{path}:label"), media);
    }

    /// Keeps files under an id.
    pub(crate) fn keep_media(&mut self, id: &str, media: &MediaFiles) {
        for (medium, files) in media {
            let (form, folder) = match medium {
                Medium::Image => ("image", "images"),
                Medium::BigImage => ("big-image", "images"),
                Medium::Audio => ("audio", "audio"),
                Medium::Video => ("video", "video"),
            };
            let address = |file: &str| vec![Child::Text(format!("jr://{folder}/{file}"))];
            self.keep(id, Some(form), files, address);
        }
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    /// The element; none where there is nothing in it.
    pub(crate) fn element(&self) -> Option<Element> {
        if self.texts.is_empty() {
            return None;
        }
        let mut itext = Element::new("itext");
        for (language, name) in self.languages.iter().enumerate() {
            let mut translation = Element::new("translation").with("lang", name);
            if language == 0 {
                translation.set("default", "true()");
            }
            for (id, values) in &self.texts {
                let mut text = Element::new("text").with("id", id);
                let own = values.iter().filter(|value| value.language == language);
                text.extend(own.map(|value| {
                    let element = Element::new("value").with_some("form", value.form);
                    element.holding(value.content.iter().cloned())
                }));
                if text.is_idle() && values.iter().any(|value| value.form.is_none()) {
                    text.push(Element::new("value").text(MISSING));
                }
                if !text.is_idle() {
                    translation.push(text);
                }
            }
            itext.push(translation);
        }
        Some(itext)
    }
}

/// Words with `output`s for what is computed in them.
pub(crate) fn content(outline: &Outline<'_>, about: &About, words: &str) -> Vec<Child> {
    let mut content = Vec::new();
    let mut rest = words;
    while let Some((before, (inside, after))) =
        rest.split_once("${").and_then(|(before, inner)| Some((before, inner.split_once('}')?)))
    {
        if !before.is_empty() {
            content.push(Child::Text(before.to_owned()));
        }
        let source = match inside.strip_prefix('=') {
            Some(expression) => expression.to_owned(),
            None => format!("${{{inside}}}"),
        };
        let value = outline.expression(&source, about);
        content.push(Child::Element(Element::new("output").with("value", value)));
        rest = after;
    }
    if !rest.is_empty() {
        content.push(Child::Text(rest.to_owned()));
    }
    content
}

/// The words of a form without languages.
pub(crate) fn only(words: &Words) -> Option<&str> {
    words.first().map(|(_, words)| words.as_str())
}

/// How a text is referred to.
pub(crate) fn reference(id: &str) -> String {
    format!("jr:itext('{id}')")
}
