//! Round after round in bad weather: the invariants of the simulation, in real browsers.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use e2e::browser::Engine;
use e2e::material;
use e2e::person::Person;
use e2e::scene::Scene;
use protocol::Suite;
use simulation::history;
use tokio::time::sleep;

use crate::household;

/// So many rounds, each an application, where `XST_ROUNDS` says nothing else.
const ROUNDS: u64 = 6;
/// After so many the weather is good for a while, and everything is looked at.
const TOGETHER: u64 = 6;
/// What every application says somewhere, and nobody on the way may read.
const SECRET: &str = "背阴处的老井";

/// Somebody reports one thing after the other while what they send is cut, delayed, repeated and
/// altered, the browser is killed, and the township too. Each report is one case with its files, byte
/// for byte, and nobody on the way reads a word.
pub(crate) async fn each_report_is_one_case_whatever_the_network_does(
    engine: Engine,
) -> Result<()> {
    let rounds = std::env::var("XST_ROUNDS").ok().map_or(Ok(ROUNDS), |rounds| rounds.parse())?;
    let mut scene = Scene::new(engine).await?;
    let mut person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    let mut chance = fastrand::Rng::with_seed(engine as u64 + 1);
    let mut kept = BTreeSet::new();
    let mut befallen = 0;
    scene.network.storms(chance.u64(..), SECRET);
    for round in 1..=rounds {
        let place = format!("{SECRET}{round}");
        let report = household::dark_lamp_at(&scene, &place, u32::try_from(round)?)?;
        person.begin("bxsj").await?;
        kept.append(&mut person.fill_in(&report).await?);
        person.finish().await?;
        person = befalls(&mut chance, &mut scene, person).await?;
        if round % TOGETHER == 0 || round == rounds {
            let (fates, leaks) = scene.network.calms_down();
            befallen += fates;
            ensure!(leaks == 0, "round {round}: {leaks} requests tell what was written");
            all_is_there(&scene, &person, round, &kept)
                .await
                .with_context(|| format!("round {round}"))?;
            scene.network.storms(chance.u64(..), SECRET);
        }
        person.open_app().await?;
    }
    ensure!(befallen as u64 > rounds, "the weather was good: {befallen}");
    Ok(())
}

/// Now and then the browser is killed, or closed, or the server, or there is no network for a while.
async fn befalls(chance: &mut fastrand::Rng, scene: &mut Scene, person: Person) -> Result<Person> {
    // Nothing is waited for: this is the moment, anywhere in a delivery, at which it strikes.
    sleep(Duration::from_millis(chance.u64(0..1_500))).await;
    match chance.u32(0..10) {
        0 => return person.is_killed_and_comes_back().await,
        1 => return person.close_and_come_back().await,
        2 | 3 => {
            scene.township.kill().await?;
            scene.township.start_again().await?;
            scene.network.lead_to(scene.township.address());
        }
        4 => {
            scene.network.cut();
            sleep(Duration::from_millis(chance.u64(0..1_500))).await;
            scene.network.mend();
        }
        _ => {}
    }
    Ok(person)
}

/// In good weather everything arrives; then everything is where it belongs.
async fn all_is_there(
    scene: &Scene,
    person: &Person,
    rounds: u64,
    kept: &BTreeSet<String>,
) -> Result<()> {
    person.open_app().await?;
    let delivered =
        "return document.querySelector('[data-pill]')?.dataset.pill === 'delivered' || null;";
    person.browser.until("everything to be delivered", delivered, serde_json::json!(null)).await?;
    let (data, kept) = (scene.township.data().to_owned(), kept.clone());
    tokio::task::spawn_blocking(move || is_where_it_belongs(&data, rounds, &kept)).await?
}

fn is_where_it_belongs(data: &Path, rounds: u64, kept: &BTreeSet<String>) -> Result<()> {
    let keys = history::keys(data);
    let keys = keys.ring(Suite::One).context("it has keys")?;
    let mut marks = BTreeSet::new();
    let mut arrived = BTreeSet::new();
    let cases = history::cases(data);
    for case in &cases {
        case.check(keys);
        let submission = case.submission(keys);
        let values = submission.answers.values();
        let values = values.iter().map(|(_, value)| (*value).to_owned());
        marks.extend(values.filter(|value| value.contains(SECRET)));
        ensure!(submission.files.len() == 2, "a picture and a recording");
        for (entry, file) in submission.files.iter().zip(history::files(data, &submission.files)) {
            ensure!(protocol::Digest::of(&file) == entry.digest, "a file is another");
            arrived.insert(material::digest(&file));
        }
    }
    ensure!(cases.len() as u64 == rounds, "{} cases of {rounds} reports", cases.len());
    ensure!(marks.len() as u64 == rounds, "{rounds} reports say {} things", marks.len());
    ensure!(arrived == *kept, "the files are not those that the phone took");
    Ok(())
}
