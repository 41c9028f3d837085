//! Every language says everything, with the same arguments.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rustc_hash::FxHashMap;

use super::language::{LANGUAGES, Spoken, key, speak};
use super::{accounts, asking, controls, delivery, filling, pictures, pill, screens, value};

/// Which way it is written; no words.
const DIRECTION: &str = "direction";

fn file(language: &str) -> FxHashMap<String, String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = path.join("public/words").join(language).with_extension("json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn chinese() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let parts = [
        accounts::ALL,
        asking::ALL,
        controls::ALL,
        delivery::ALL,
        filling::ALL,
        pictures::ALL,
        screens::ALL,
    ];
    parts.into_iter().flatten()
}

/// What the first script says, by its keys: it has words of its own, because it speaks where the
/// app cannot.
fn boot() -> impl Iterator<Item = (String, &'static str)> {
    let (_, said) = include_str!("../../public/boot.js").split_once("var said = {").unwrap();
    let (said, _) = said.split_once("};").unwrap();
    said.trim().lines().map(|line| {
        let (name, words) = line.trim().split_once(": ").unwrap();
        (format!("boot.{name}"), words)
    })
}

/// How many lines there are, written with `\\n` or as they are.
fn lines(words: &str) -> usize {
    words.matches("\\n").count() + words.matches('\n').count()
}

/// The names in braces.
fn arguments(words: &str) -> BTreeSet<&str> {
    words.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_language_says_everything_with_the_same_arguments() {
    for language in &LANGUAGES[1..] {
        let words = file(language.code);
        assert!(["ltr", "rtl"].contains(&words[DIRECTION].as_str()));
        for (key, chinese) in chinese() {
            let said = words.get(*key).map(String::as_str);
            let said = said.unwrap_or_else(|| panic!("{}: {key} is missing", language.code));
            assert_eq!(arguments(said), arguments(chinese), "{}: {key}", language.code);
        }
        for (key, _) in boot() {
            assert!(words.contains_key(&key), "{}: {key} is missing", language.code);
        }
        for (key, said) in &words {
            let plain = key.split('#').next().unwrap_or_default();
            let same = chinese().find(|(known, _)| *known == plain);
            let is_known = key == DIRECTION
                || boot().any(|(name, chinese)| *key == name && lines(said) == lines(chinese))
                || same.is_some_and(|(_, chinese)| arguments(said) == arguments(chinese));
            assert!(is_known, "{}: nobody says {key}", language.code);
        }
    }
}

#[test]
fn no_two_keys_are_the_same() {
    let all: BTreeSet<_> = chinese().map(|(name, _)| key(name)).collect();
    assert_eq!(all.len(), chinese().count());
}

#[test]
fn boot_knows_the_same_languages() {
    let boot = include_str!("../../public/boot.js");
    let codes: Vec<String> = LANGUAGES[1..].iter().map(|it| format!("{:?}", it.code)).collect();
    assert!(boot.contains(&format!("var languages = [{}];", codes.join(", "))));
}

#[test]
fn numbers_choose_their_plural_and_chinese_fills_the_gaps() {
    assert_eq!(pill().attention(2), "2 件要您看看");
    let words = [("pill.attention", "{count} need you"), ("pill.attention#one", "one needs you")];
    let words = words.map(|(name, words)| (key(name), words.to_owned()));
    let category = |number| if number == 1 { "one" } else { "other" }.to_owned();
    speak(Spoken { language: LANGUAGES[1], words: words.into_iter().collect(), category });
    assert_eq!(pill().attention(1), "one needs you");
    assert_eq!(pill().attention(2), "2 need you");
    assert_eq!(value().none(), "没填");
}
