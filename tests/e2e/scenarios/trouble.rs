//! What goes wrong on the phone itself.

use anyhow::{Result, ensure};
use e2e::browser::Engine;
use e2e::material;
use e2e::scene::Scene;

use crate::household;

/// The phone has no room any more: that is said at once, in words, and what was kept stays. With
/// room again everything goes on.
///
/// enketo/enketo-legacy#318: with the quota used up, an edit was not stored.
pub(crate) async fn a_full_phone_says_so_and_loses_nothing(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    person.begin("bxsj").await?;
    let lamp = household::dark_lamp(&scene)?;
    person.fill_in_up_to(&lamp, "say").await?;

    let person = person.comes_back_to_full_phone().await?;
    person.go_on_with_draft().await?;
    person.attach("ph", &scene.file("papers.jpg", &material::jpeg(1)?)?).await?;
    person.reads("手机空间不够").await?;
    person.answer_up_to(&lamp.from("mark"), "mark").await?;
    person.reads("刚才填的还没有存住").await?;
    person.reads("手机空间不够").await?;

    person.makes_room().await?;
    person.tries_again_until_kept().await?;
    let person = person.close_and_come_back().await?;
    person.go_on_with_draft().await?;
    person.fill_in(&lamp.from("vil")).await?;
    household::reads_lamp(&person).await?;
    person.finish().await?;
    person.look_at_mine().await?;
    scene.network.mend();
    person.sees_delivered(1).await
}

/// Records on the phone are damaged: each is shown and kept, and what can be read is filled in and
/// delivered as ever.
///
/// dimagi/commcare-android#1807, dimagi/commcare-android#1823, dimagi/commcare-android#2289: one
/// form that could not be read made the phone useless, or was deleted.
pub(crate) async fn damaged_records_are_shown_and_hold_up_no_other(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    let lamp = household::dark_lamp(&scene)?;
    person.begin("bxsj").await?;
    person.fill_in(&lamp).await?;
    person.finish().await?;
    person.open_app().await?;
    person.begin("ybcb").await?;
    person.fill_in_up_to(&household::insurance(&scene)?, "app_name").await?;
    for store in ["envelopes", "drafts", "draft_index"] {
        person.has_records_damaged(store).await?;
    }

    let person = person.close_and_come_back().await?;
    person.begin("bxsj").await?;
    person.fill_in(&lamp).await?;
    person.finish().await?;
    person.look_at_mine().await?;
    person.reads("有 1 条记录读不出来").await?;
    scene.network.mend();
    person.sees_delivered(1).await?;
    person.sees_states(&["damaged", "delivered"]).await?;
    person.reads("它没有删掉").await?;
    person.reads("1 件要您看看").await?;
    person.reads("送不出去，要您看看").await?;
    person.keep_picture("damaged").await?;
    for store in ["envelopes", "drafts", "draft_index"] {
        ensure!(person.count_records(store).await? == 1, "the damaged record is kept in {store}");
    }
    Ok(())
}
