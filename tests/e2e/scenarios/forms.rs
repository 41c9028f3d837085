//! Every form of the demonstration pack, filled in from the home page until it is sealed, while eyes
//! look at every page for what would keep somebody out.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use e2e::applicant::{Applicant, Given};
use e2e::browser::Engine;
use e2e::eyes::Eyes;
use e2e::person::Person;
use e2e::scene::Scene;

/// How the phone is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// As it is by itself.
    Usual,
    /// 长辈版: one question a page.
    Elder,
    /// In English.
    English,
    /// 长辈版 in English.
    ElderEnglish,
}

impl Way {
    fn preferences(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Usual => &[],
            Self::Elder => &[("mode", "elder")],
            Self::English => &[("language", "en")],
            Self::ElderEnglish => &[("mode", "elder"), ("language", "en")],
        }
    }
}

const EVERY_WAY: [Way; 4] = [Way::Usual, Way::Elder, Way::English, Way::ElderEnglish];

/// Somebody applies for the item in each of these ways, by the sheet of answers that is written for
/// it, and the township takes them all. In every way there is where `XST_EVERY_WAY` says so.
pub(crate) async fn is_filled_in(engine: Engine, item: &str, ways: &[Way]) -> Result<()> {
    let every_way = std::env::var_os("XST_EVERY_WAY").is_some();
    let ways = if every_way { &EVERY_WAY } else { ways };
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    let eyes = eyes(engine)?;
    for way in ways {
        apply(&scene, &person, eyes.as_ref(), item, *way).await?;
    }
    is_delivered(&person, ways.len()).await?;
    eyes.map_or(Ok(()), Eyes::tell)
}

/// Only Chromium can be made as narrow as the narrowest phone.
fn eyes(engine: Engine) -> Result<Option<Eyes>> {
    match engine {
        Engine::Chromium => Eyes::open().map(Some),
        _ => Ok(None),
    }
}

/// The same in every way; and of what was filled in first, the office of this name reads every answer.
pub(crate) async fn is_filled_in_and_read(office: &str, item: &str) -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    let eyes = Eyes::open()?;
    let [first, others @ ..] = EVERY_WAY;
    let given = apply(&scene, &person, Some(&eyes), item, first).await?;
    is_delivered(&person, 1).await?;
    reads_answers(&scene, office, &person, &given).await?;
    for way in others {
        apply(&scene, &person, Some(&eyes), item, way).await?;
    }
    is_delivered(&person, EVERY_WAY.len()).await?;
    eyes.tell()
}

async fn apply(
    scene: &Scene,
    person: &Person,
    eyes: Option<&Eyes>,
    item: &str,
    way: Way,
) -> Result<Vec<Given>> {
    if eyes.is_some() {
        person.wants_stillness().await?;
    }
    person.open_app().await?;
    person.prefers(way.preferences()).await?;
    if scene.engine == Engine::Chromium {
        person.is_somewhere().await?;
    }
    let applicant = Applicant::new(scene, person, item)?.watched_by(eyes);
    let given = applicant.apply().await;
    given.with_context(|| format!("{item} cannot be applied for in the way {way:?}"))
}

async fn is_delivered(person: &Person, count: usize) -> Result<()> {
    person.look_at_mine().await?;
    person.sees_delivered(count).await
}

async fn reads_answers(
    scene: &Scene,
    office: &str,
    person: &Person,
    given: &[Given],
) -> Result<()> {
    let receipts = person.receipts().await?;
    let officer = scene.officer(office).await?;
    officer.open(receipts.first().context("there is a receipt")?).await?;
    for (question, answers) in by_question(given) {
        let read = officer.answers(question).await?;
        ensure!(read == answers, "{question} was answered {answers:?}; the office reads {read:?}");
    }
    officer.browser.close().await
}

/// What was answered in words, by question, in the order of its rows.
fn by_question(given: &[Given]) -> BTreeMap<&str, Vec<String>> {
    let mut answers: BTreeMap<&str, Vec<(usize, String)>> = BTreeMap::new();
    for Given { question, row, words } in given.iter().filter(|given| !given.words.is_empty()) {
        let row = row.as_ref().map_or(0, |(_, row)| *row);
        answers.entry(question).or_default().push((row, words.join("、")));
    }
    let in_order = |mut rows: Vec<(usize, String)>| {
        rows.sort();
        rows.into_iter().map(|(_, words)| words).collect()
    };
    answers.into_iter().map(|(question, rows)| (question, in_order(rows))).collect()
}
