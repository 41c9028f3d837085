//! Starting, with network and without, and being killed.

use anyhow::Result;
use e2e::browser::Engine;
use e2e::scene::Scene;

use crate::household;

/// A first visit with network is enough for ever after.
///
/// opencrvs/opencrvs-core#2790: a reload without a network showed a white page: the settings were
/// asked of the network.
/// medic/cht-core#5621, medic/cht-core#1558, kobotoolbox/enketo-express#538,
/// kobotoolbox/enketo-express#1116: one file that had not been kept broke the whole app without a
/// network.
pub(crate) async fn the_app_starts_again_without_network(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.reads("没有待送的").await?;
    person.keep_picture("phone").await?;
    scene.network.cut();
    let person = person.close_and_come_back().await?;
    person.begin("ybcb").await?;
    person.reads("办理方式").await
}

/// The browser process is killed in the middle of filling: every answered question is still there.
///
/// getodk/collect#3379: the app hung and was ended, and all answers since it was started were lost.
pub(crate) async fn a_killed_browser_loses_no_answer(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    person.begin("bxsj").await?;
    let lamp = household::dark_lamp(&scene)?;
    person.fill_in_up_to(&lamp, "mark").await?;
    let person = person.is_killed_and_comes_back().await?;
    person.go_on_with_draft().await?;
    // Goes on where the draft ends; what was answered before is not answered again.
    person.fill_in(&lamp.from("vil")).await?;
    household::reads_lamp(&person).await?;
    person.reads("1 张照片").await?;
    // The files too are still what they were when they were taken, or they would not arrive whole.
    person.finish().await?;
    person.look_at_mine().await?;
    scene.network.mend();
    person.sees_delivered(1).await
}

/// A first visit over a weak link: what the first question does not need is still on its way. That
/// is said, and when the network breaks, what to do; with a network it comes.
///
/// medic/cht-core#7419, medic/cht-core#1270: a first download that was interrupted was taken for
/// whole; on slow links nine of ten failed.
pub(crate) async fn what_is_still_on_its_way_says_so_and_comes(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    scene.network.hold_requests_for("/later-");
    person.open_app().await?;
    person.act("mine").await?;
    person.reads("正在打开").await?;
    scene.network.is_holding().await?;
    scene.network.cut();
    person.reads("这一部分还没有下载完").await?;
    scene.network.let_go();
    scene.network.mend();
    person.act("try-again").await?;
    person.until_screen("mine").await?;
    person.has_everything_to_fill_in_offline().await
}
