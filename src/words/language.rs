//! The language that the app speaks, and its words.

use std::cell::Cell;

use rustc_hash::FxHashMap;

use crate::device::language;

/// A language that the app can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// BCP 47.
    pub(crate) code: &'static str,
    /// Its name, in itself.
    pub(crate) name: &'static str,
}

/// The language that the app is written in, and the law.
pub(crate) const CHINESE: &str = "zh";

/// The languages; those besides the first have a file in `public/words`. `public/boot.js` knows
/// them too, and which are written from right to left.
pub(crate) static LANGUAGES: [Language; 4] = [
    Language { code: CHINESE, name: "简体中文" },
    Language { code: "en", name: "English" },
    Language { code: "ko", name: "조선말" },
    Language { code: "ug", name: "ئۇيغۇرچە" },
];

/// Stands for a key such as `pill.waiting`: the keys themselves would be loaded by everybody.
pub(super) type Key = u32;

/// FNV-1a. That no two keys are the same is tested.
pub(super) const fn key(name: &str) -> Key {
    plural_key(0x811c_9dc5, name)
}

/// The key of `name#category`, from that of `name`.
const fn plural_key(key: Key, category: &str) -> Key {
    let bytes = category.as_bytes();
    let (mut key, mut place) = (key, 0);
    while place < bytes.len() {
        key = (key ^ bytes[place] as u32).wrapping_mul(0x0100_0193);
        place += 1;
    }
    key
}

/// A language besides Chinese, with its words.
pub(super) struct Spoken {
    pub(super) language: Language,
    /// By key. `key#category` are those for numbers of a plural category.
    pub(super) words: FxHashMap<Key, String>,
    /// The plural category of a number, as CLDR names it: `one`, `few`, `other`.
    pub(super) category: fn(u64) -> String,
}

thread_local! {
    static SPOKEN: Cell<Option<&'static Spoken>> = const { Cell::new(None) };
}

/// Takes up the words that came with the page, for as long as it lives.
pub(crate) fn take_up() {
    let code = language::of_page().unwrap_or_default();
    let known = LANGUAGES.iter().find(|language| language.code == code);
    if let (Some(language), Some(words)) = (known, language::words()) {
        let words = words.into_iter().map(|(name, words)| (key(&name), words)).collect();
        speak(Spoken { language: *language, words, category: language::plural });
    }
}

pub(super) fn speak(spoken: Spoken) {
    SPOKEN.set(Some(Box::leak(Box::new(spoken))));
}

/// The language that the app speaks.
pub(crate) fn in_use() -> Language {
    SPOKEN.get().map_or(LANGUAGES[0], |words| words.language)
}

/// What stands in the place of a name in words.
pub(super) enum Argument<'a> {
    Number(u64),
    Text(&'a str),
}

impl From<usize> for Argument<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<u32> for Argument<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// The words for `key`; the Chinese ones where the language has none.
pub(super) fn text(key: Key, chinese: &'static str) -> &'static str {
    let spoken = SPOKEN.get().and_then(|words| words.words.get(&key));
    spoken.map_or(chinese, String::as_str)
}

/// The words for `key` with the arguments in their places. The first number decides the plural.
pub(super) fn filled(key: Key, chinese: &'static str, arguments: &[(&str, Argument)]) -> String {
    let words = SPOKEN.get().and_then(|words| {
        let number = arguments.iter().find_map(|(_, argument)| match argument {
            Argument::Number(number) => Some(*number),
            Argument::Text(_) => None,
        });
        let plural = number.map(|number| {
            let category = (words.category)(number);
            plural_key(plural_key(key, "#"), &category)
        });
        plural.and_then(|key| words.words.get(&key)).or_else(|| words.words.get(&key))
    });
    let words = words.map_or(chinese, String::as_str);
    let mut filled = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match arguments.iter().find(|(argument, _)| *argument == name) {
            Some((_, Argument::Number(number))) => filled.push_str(&number.to_string()),
            Some((_, Argument::Text(text))) => filled.push_str(text),
            None => {}
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}
