//! Reading aloud: prompts, and answers back, for those who do not read well. By a recording where the
//! form names one (`audio` of XLSForm) and the phone has it, else by the browser's own voice.

use form::model::Medium;
use leptos::prelude::*;
use protocol::ItemId;

use crate::device::object_url::media_type;
use crate::device::speech;
use crate::effect::loaded;
use crate::filling::value_words;
use crate::parts::Glyph;
use crate::phone::{Phone, phone};
use crate::preferences::preferences;
use crate::questions::Asked;
use crate::words;

/// As many choices are read out with a question.
const MOST_CHOICES: usize = 6;
/// A number with so many digits is read digit by digit.
const LONG_NUMBER: usize = 6;

/// The item whose form is on the screen: its recordings are looked for.
#[derive(Clone, Copy)]
pub(crate) struct OfItem(pub(crate) StoredValue<ItemId>);

/// The way to hear a question, which is also read by itself; nothing where this phone cannot.
pub(crate) fn prompt(asked: Asked) -> AnyView {
    let phone = phone();
    let item = expect_context::<OfItem>();
    let voice = loaded(move || Voice::of(phone, item, asked));
    on_cleanup(speech::hush);
    let show = move || {
        let voice = voice.get().flatten()?;
        voice.read(asked);
        let read = move |_| {
            speech::hush();
            voice.read(asked);
        };
        let button = view! {
            <button type="button" class="aloud" data-action="read-aloud" on:click=read>
                {Glyph::Speak.drawn()}
                {words::aloud().read()}
            </button>
        };
        Some(button.into_any())
    };
    show.into_any()
}

/// Says an answer back.
pub(crate) fn answered(asked: Asked) {
    if !untrack(|| preferences().reads_aloud()) {
        return;
    }
    let answer = asked.form.look(|session, _| value_words(session, asked.at));
    if let Some(answer) = answer {
        speech::hush();
        speech::say(&spoken(&words::aloud().answered(&answer)), words::in_use().code);
    }
}

/// How a question can be heard on this phone.
#[derive(Clone)]
enum Voice {
    Recorded { bytes: std::rc::Rc<Vec<u8>>, media_type: &'static str },
    Browser { language: &'static str },
}

impl Voice {
    async fn of(phone: Phone, item: OfItem, asked: Asked) -> Option<Self> {
        let recording = asked
            .form
            .look(|session, _| session.label_media(asked.at, Medium::Audio).map(str::to_owned));
        if let Some(name) = recording {
            let item = item.0.try_get_value()?;
            if let Some(bytes) = phone.delivery().media(&item, &name).await {
                return Some(Self::Recorded { bytes: bytes.into(), media_type: media_type(&name) });
            }
        }
        let language = words::in_use().code;
        speech::has_voice(language).await.then_some(Self::Browser { language })
    }

    fn read(&self, asked: Asked) {
        match self {
            Self::Recorded { bytes, media_type } => speech::play(bytes, media_type),
            Self::Browser { language } => speech::say(&question(asked), language),
        }
    }
}

/// The question, its hint and what there is to choose.
fn question(asked: Asked) -> String {
    let mut said = asked.form.look(|session, _| {
        let parts = [session.label(asked.at), session.hint(asked.at)];
        parts.into_iter().flatten().collect::<Vec<_>>()
    });
    let choices = untrack(|| asked.form.choices(asked.at));
    if (1..=MOST_CHOICES).contains(&choices.len()) {
        let names: Vec<_> = choices.into_iter().map(|(_, words)| words).collect();
        said.push(words::aloud().choices(&names.join(words::value().between())));
    }
    spoken(&said.join("。"))
}

/// As it is to be heard: without the marks of Markdown, long numbers digit by digit.
fn spoken(words: &str) -> String {
    let plain: String = words.chars().filter(|c| !matches!(c, '*' | '#' | '_' | '`')).collect();
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    if digits < LONG_NUMBER {
        return plain;
    }
    let mut said = String::new();
    for c in plain.chars() {
        said.push(c);
        if c.is_ascii_digit() {
            said.push(' ');
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_heard_digit_by_digit_and_marks_are_not_heard() {
        assert_eq!(spoken("**您多大年纪？** 满 80 岁"), "您多大年纪？ 满 80 岁");
        assert_eq!(spoken("138 0013"), "1 3 8  0 0 1 3 ");
    }
}
