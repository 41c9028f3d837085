//! Somebody who lets the app use nothing: no camera, no microphone, no place.

use anyhow::Result;
use e2e::browser::Engine;
use e2e::scene::Scene;

use crate::household;

/// Each is asked for when its button is touched, the refusal is told with what to do instead, and
/// the form is filled in all the same.
pub(crate) async fn a_repair_is_reported_though_everything_is_refused(
    engine: Engine,
) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.allows_nothing().await?;
    scene.network.cut();
    person.begin("bxsj").await?;
    let lamp = household::dark_lamp(&scene)?;
    for (before, button, words) in [
        ("danger", "record", "没有打开话筒"),
        ("ph", "take-place", "没有允许取位置"),
        ("vil", "scan", "手机没让用相机"),
    ] {
        person.answer_up_to(&lamp, before).await?;
        person.until_asked(button).await?;
        person.act(button).await?;
        person.reads(words).await?;
        person.keep_picture(&format!("refused-{button}")).await?;
    }
    person.fill_in(&lamp.from("hh")).await?;
    person.finish().await?;
    scene.network.mend();
    person.look_at_mine().await?;
    person.sees_delivered(1).await
}
