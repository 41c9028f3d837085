//! PINs, accounts, and what becomes of a phone that the township takes back.

use anyhow::{Context as _, Result, ensure};
use e2e::browser::{Engine, Find};
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::json;

use crate::household;

const PIN: &str = "284619";

/// Somebody locks the phone with a PIN and puts it away with something in the outbox. Who finds it
/// reads nothing; when there is a network again, what was finished is delivered all the same.
///
/// enketo/enketo#1127: after logging out the next person opened the form of the one before; what
/// that one had queued was nobody's.
pub(crate) async fn a_locked_phone_shows_nothing_and_delivers_all_the_same(
    engine: Engine,
) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    person.begin("bxsj").await?;
    person.fill_in(&household::dark_lamp(&scene)?).await?;
    person.finish().await?;
    person.chooses_pin(PIN).await?;

    let person = person.close_and_come_back().await?;
    person.until_screen("gate").await?;
    person.keep_picture("gate").await?;
    let text = person.browser.run("return document.body.innerText;", json!(null)).await?;
    ensure!(!text.to_string().contains("报修"), "a locked phone tells what was sent: {text}");
    person.types_pin("284618").await?;
    person.reads("密码不对").await?;

    scene.network.mend();
    let delivered =
        "return document.querySelector('[data-pill]')?.dataset.pill === 'delivered' || null;";
    person.browser.until("delivered behind the lock", delivered, json!(null)).await?;
    person.types_pin(PIN).await?;
    person.sees_no_more("[data-screen=gate]").await?;
    look_at_mine(&person).await?;
    person.sees_delivered(1).await
}

/// Two people share a phone: neither sees the other's, and what the township has is erased where
/// somebody wants that.
pub(crate) async fn who_shares_a_phone_leaves_nothing_on_it() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.begin("bxsj").await?;
    person.open_path("accounts").await?;
    person.adds("二婶").await?;
    person.keep_picture("accounts").await?;

    person.open_app().await?;
    person.until_screen("gate").await?;
    person.keep_picture("who").await?;
    is_second_aunt(&person).await?;
    look_at_mine(&person).await?;
    person.reads("这里还没有东西").await?;
    go(&person, "/accounts").await?;
    is_second_aunt(&person).await?;
    person.act("erase").await?;
    person.sees("[data-action=erase][aria-checked=true]").await?;
    go(&person, "/").await?;
    is_second_aunt(&person).await?;
    person.begin("bxsj").await?;
    person.fill_in(&household::dark_lamp(&scene)?).await?;
    person.finish().await?;
    person.sees("[data-erased]").await?;
    person.reads("办件编号").await?;
    person.keep_picture("erased").await?;
    look_at_mine(&person).await?;
    person.reads("这里还没有东西").await
}

/// Neither is the PIN taken away, nor does somebody who is added go without one.
async fn nobody_opens_it_without_a_pin(person: &Person) -> Result<()> {
    go(person, "/accounts").await?;
    person.types_pin(PIN).await?;
    person.sees("[data-pin=yes]").await?;
    person.sees_no_more("[data-action=no-pin]").await?;
    person.adds("二婶").await?;
    go(person, "/").await?;
    person.browser.tap(&Find::selector("[data-account='1']")).await?;
    person.reads("先设密码").await
}

async fn is_second_aunt(person: &Person) -> Result<()> {
    person.browser.tap(&Find::selector("[data-screen=gate] [data-account='1']")).await?;
    person.sees_no_more("[data-screen=gate]").await
}

/// By the pill, without loading the page anew, which would lock it.
async fn look_at_mine(person: &Person) -> Result<()> {
    person.browser.tap(&Find::selector("[data-pill]")).await?;
    person.until_screen("mine").await
}

async fn go(person: &Person, path: &str) -> Result<()> {
    let load = "location.assign(args);";
    person.browser.run(load, json!(path)).await?;
    person.until_screen("gate").await
}

/// A clerk forgot the PIN. The township lets the phone have another one, and nothing is lost.
pub(crate) async fn a_clerk_who_forgot_the_pin_gets_another_one_from_the_township() -> Result<()> {
    const ANOTHER: &str = "730958";
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.begin("ybcb").await?;
    let number = is_given_to_a_clerk(&scene, &person).await?;
    person.types_pin(PIN).await?;
    person.reads("再输一遍").await?;
    person.types_pin(PIN).await?;
    person.sees_no_more("[data-screen=gate]").await?;

    go(&person, "/").await?;
    person.act("forgot").await?;
    person.reads("镇里能帮您设新密码").await?;
    person.keep_picture("forgot").await?;
    scene.network.cut();
    person.act("recover").await?;
    person.reads("连不上镇里").await?;
    scene.network.mend();
    person.act("recover").await?;
    person.reads("镇里还没有同意").await?;
    let known = scene.township.operate(&["device", "list"]).await?;
    ensure!(known.contains("忘了密码"), "the operator does not see who asks: {known}");
    scene.township.operate(&["device", "recover", &number]).await?;
    person.act("recover").await?;
    person.reads("输新密码").await?;
    person.types_pin(ANOTHER).await?;
    person.reads("再输一遍").await?;
    person.types_pin(ANOTHER).await?;
    person.sees_no_more("[data-screen=gate]").await?;
    look_at_mine(&person).await?;
    person.reads("没填完的").await?;

    go(&person, "/").await?;
    person.types_pin(PIN).await?;
    person.reads("密码不对").await?;
    person.types_pin(ANOTHER).await?;
    person.sees_no_more("[data-screen=gate]").await
}

/// Who does not want to type a PIN each time lets the phone's own lock open the app.
pub(crate) async fn the_phones_own_lock_opens_the_app_beside_the_pin() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person_by_name().await?;
    let reader = person.has_a_finger_reader().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.begin("bxsj").await?;
    person.chooses_pin(PIN).await?;
    person.act("authenticator").await?;
    person.types_pin(PIN).await?;
    person.sees("[data-action=authenticator][aria-checked=true]").await?;
    person.keep_picture("finger").await?;

    // It needs no network.
    scene.network.cut();
    go(&person, "/").await?;
    person.keep_picture("gate-finger").await?;
    person.act("authenticator").await?;
    person.sees_no_more("[data-screen=gate]").await?;
    look_at_mine(&person).await?;
    person.reads("没填完的").await?;

    // With a wet finger, the PIN.
    go(&person, "/").await?;
    person.shows_a_finger(&reader, false).await?;
    person.act("authenticator").await?;
    person.reads("没认出来").await?;
    person.types_pin(PIN).await?;
    person.sees_no_more("[data-screen=gate]").await
}

/// The township gives the phone to a clerk, and the gate asks for a PIN. Gives the phone's number.
async fn is_given_to_a_clerk(scene: &Scene, person: &Person) -> Result<String> {
    is_given_to(scene, person, ["--label", "一村文书"]).await
}

/// The same of whomever.
async fn is_given_to(scene: &Scene, person: &Person, whom: [&str; 2]) -> Result<String> {
    person.open_path("accounts").await?;
    let number = "return document.querySelector('[data-device]')?.dataset.device;";
    let number = person.browser.until("the phone's number", number, json!(null)).await?;
    let number = number.as_str().context("the number is text")?;
    let [kind, name] = whom;
    scene.township.operate(&["device", "certify", number, kind, name]).await?;
    person.open_app().await?;
    person.until_screen("gate").await?;
    Ok(number.to_owned())
}

/// The township gives a phone to a clerk, who has to choose a PIN. It is lost, the township takes it
/// out of use, and at the next contact nothing is on it any more.
pub(crate) async fn a_clerks_phone_asks_for_a_pin_and_a_lost_one_is_emptied() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.begin("bxsj").await?;
    person.fill_in(&household::dark_lamp(&scene)?).await?;
    person.finish().await?;
    person.open_app().await?;
    person.begin("ybcb").await?;
    let number = is_given_to_a_clerk(&scene, &person).await?;
    person.reads("这部手机登记给了一村文书").await?;
    person.types_pin(PIN).await?;
    person.reads("再输一遍").await?;
    person.types_pin(PIN).await?;
    person.sees_no_more("[data-screen=gate]").await?;
    look_at_mine(&person).await?;
    person.reads("没填完的").await?;
    nobody_opens_it_without_a_pin(&person).await?;

    scene.township.operate(&["device", "revoke", &number, "--reason", "丢了"]).await?;
    go(&person, "/").await?;
    person.sees("[data-dropped=revoked]").await?;
    person.keep_picture("revoked").await?;
    person.act("understood").await?;
    // A phone that is taken away in this moment says it once more.
    person.sees_no_more("[data-screen=gate]").await?;
    person.look_at_mine().await?;
    person.reads("这里还没有东西").await
}

/// An office brings its table of the township's people. The clerk's phone gets those of its village,
/// sealed, and fills in with them without a network; those of the next village it does not know.
pub(crate) async fn a_clerks_phone_knows_its_own_village_and_no_other() -> Result<()> {
    const TABLE: &str = "户编号,姓名,证件号码,村（社区）\n\
        1,示例甲,529999197001010247,示例一村\n2,示例丙,529999199911123733,示例二村\n";
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    let table = scene.file("people.csv", TABLE.as_bytes())?;
    let table = table.to_str().context("a path")?;
    let told = scene.township.operate(&["roster", "bring", table]).await?;
    ensure!(told.contains("新增 2 户"), "{told}");
    is_given_to(&scene, &person, ["--account", "cun1"]).await?;
    person.types_pin(PIN).await?;
    person.types_pin(PIN).await?;
    person.sees_no_more("[data-screen=gate]").await?;
    person.has_record("settings", "roster").await?;
    scene.network.cut();
    person.begin("ybcb").await?;
    person.tap("本人办理").await?;
    person.act("open-roster").await?;
    person.sees("dialog[open] [data-choice=\"示例甲\"]").await?;
    person.sees_no_more("dialog[open] [data-choice=\"示例丙\"]").await?;
    person.sees_no_more("dialog[open] [data-choice=\"王秀兰\"]").await?;
    person.keep_picture("own-village").await?;
    person.browser.tap(&Find::selector("dialog[open] [data-choice=\"示例甲\"]")).await?;
    person.reads("示例甲").await
}
