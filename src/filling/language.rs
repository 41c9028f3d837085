//! In which of its languages a form speaks.

use form::Form;

/// The place of the form's language that is nearest to the app's `code` (BCP 47): one of that code,
/// or of a variant of it, else the form's first.
pub(crate) fn language_of(form: &Form, code: &str) -> usize {
    let is_same = |other: &str| {
        let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        base(other) == base(code)
    };
    let own = |language: &form::model::Language| language.code.as_deref().is_some_and(is_same);
    form.languages.iter().position(own).unwrap_or(0)
}
