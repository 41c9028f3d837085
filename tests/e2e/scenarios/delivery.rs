//! Delivery: nothing lost, nothing doubled, whatever the network and the server do.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use e2e::browser::Engine;
use e2e::material;
use e2e::officer::Officer;
use e2e::scene::Scene;
use tokio::time::{Duration, Instant};

use crate::household;

/// How soon everything must have arrived after the network returns, with no one touching the phone.
const SOON: Duration = Duration::from_secs(60);

/// Two applications are filled without network; the server is killed while a file is on its way.
///
/// enketo/enketo#1584: a service worker that took in hand what was sent spoilt submissions on iOS.
/// kobotoolbox/enketo-express#776: of several large photos the text arrived and the later photos
/// did not, without a word.
pub(crate) async fn two_applications_filled_without_network_arrive_once(
    engine: Engine,
) -> Result<()> {
    let mut scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    let person = person.close_and_come_back().await?;

    person.begin("ybcb").await?;
    let mut files = person.fill_in(&household::insurance(&scene)?).await?;
    person.reads(&format!("本户应缴合计 {} 元", household::TOTAL)).await?;
    person.finish().await?;
    person.open_app().await?;
    person.begin("bxsj").await?;
    files.append(&mut person.fill_in(&household::dark_lamp(&scene)?).await?);
    ensure!(files.len() == 7, "four papers, a signature, a picture, a recording: {files:?}");
    let recording = material::digest(&household::recording()?);
    ensure!(files.contains(&recording), "the recording is kept as it was attached");
    person.finish().await?;

    person.look_at_mine().await?;
    person.is_told_that_wait(2).await?;
    // Neither is said to be delivered.
    person.sees_states(&["waiting", "waiting"]).await?;
    person.reads("没有网 · 2 件待送").await?;
    person.keep_picture("outbox").await?;

    scene.network.hold_file_at(20_000);
    scene.network.mend();
    let mended = Instant::now();
    scene.network.is_holding().await?;
    scene.township.kill().await?;
    scene.network.let_go();
    scene.township.start_again().await?;
    person.sees_delivered(2).await?;
    ensure!(mended.elapsed() < SOON, "it took {:?}", mended.elapsed());
    let receipts = person.receipts().await?;
    ensure!(receipts.len() == 2, "each has a receipt of its own: {receipts:?}");

    let mut cases = BTreeSet::new();
    let mut arrived = BTreeSet::new();
    for office in ["公共服务中心", "综合办公室"] {
        let officer = scene.officer(office).await?;
        for case in officer.cases().await? {
            officer.open(&case).await?;
            match office {
                "公共服务中心" => sees_insurance(&officer).await?,
                _ => sees_lamp(&officer).await?,
            }
            arrived.append(&mut officer.download_files().await?);
            ensure!(cases.insert(case), "each case is in one office's queue");
        }
        officer.browser.close().await?;
    }
    ensure!(cases == receipts, "the cases {cases:?} are those that the phone has receipts of");
    ensure!(arrived == files, "the files are those that the phone took, byte for byte");
    Ok(())
}

async fn sees_insurance(officer: &Officer) -> Result<()> {
    ensure!(officer.answers("m_name").await? == household::names(), "the household is there");
    let total = officer.calculated("total").await?;
    ensure!(total == household::TOTAL, "the server calculates what the phone did: {total}");
    ensure!(officer.sees_pictures().await? == 5, "four papers and a signature");
    officer.keep_picture("console").await
}

async fn sees_lamp(officer: &Officer) -> Result<()> {
    ensure!(officer.answers("mark").await? == [household::LANDMARK], "the lamp is there");
    ensure!(officer.sees_pictures().await? == 1, "its picture");
    Ok(())
}

/// The township receives an envelope, but its answer is lost ten times in a row.
///
/// opencrvs/opencrvs-core#2936: the answer was lost: the first record kept loading though the
/// server had it, and then was there twice.
pub(crate) async fn ten_lost_answers_make_one_case(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.lose_answers(10);
    person.begin("bxsj").await?;
    person.fill_in(&household::dark_lamp(&scene)?).await?;
    person.finish().await?;
    person.look_at_mine().await?;
    while let left @ 1.. = scene.network.answers_to_lose() {
        // The phone waits longer each time, unless it hears of a network.
        person.finds_network().await?;
        scene.network.loses_answer(left).await?;
    }
    person.finds_network().await?;
    person.sees_delivered(1).await?;
    let receipts = person.receipts().await?;
    ensure!(receipts.len() == 1, "there is one receipt: {receipts:?}");
    let officer = scene.officer("综合办公室").await?;
    ensure!(officer.cases().await? == receipts, "there is one case, and it is that of the receipt");
    Ok(())
}
