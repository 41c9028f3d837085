//! Pictures and films that an author put beside a question or a choice (`image`, `big-image` and
//! `video` of XLSForm): who does not read well sees what is meant.

use form::model::Medium;
use leptos::prelude::*;

use super::Asked;
use crate::aloud::OfItem;
use crate::parts::{LargePicture, Source, film, picture};

/// What stands beside the words of a question; nothing where its author put nothing there.
pub(super) fn illustration(asked: Asked) -> AnyView {
    let file = |medium| {
        let name =
            asked.form.look(|session, _| session.label_media(asked.at, medium).map(str::to_owned));
        name.and_then(of_form)
    };
    if let Some(source) = file(Medium::Video) {
        return film(source);
    }
    match (file(Medium::Image), file(Medium::BigImage)) {
        (None, None) => ().into_any(),
        (Some(small), None) => picture(small, "illustration"),
        (small, Some(large)) => {
            let (small, words) = (small.unwrap_or_else(|| large.clone()), label(asked));
            view! { <LargePicture small large words /> }.into_any()
        }
    }
}

/// As it is now: a picture is not to be fetched again because a word beside it has changed.
fn label(asked: Asked) -> String {
    asked.form.look(|session, _| session.label(asked.at)).unwrap_or_default()
}

/// What stands on a choice: its picture before its words.
pub(super) fn face(asked: Asked, name: &str, words: String) -> AnyView {
    let file = asked
        .form
        .look(|session, _| session.choice_file(asked.at, name, Medium::Image).map(str::to_owned));
    match file.and_then(of_form) {
        None => words.into_any(),
        Some(source) => {
            view! { {picture(source, "choice__picture")} <span>{words}</span> }.into_any()
        }
    }
}

/// A file of the form that is open.
fn of_form(name: String) -> Option<Source> {
    let OfItem(item) = expect_context();
    item.try_get_value().map(|item| Source::OfForm(item, name))
}
