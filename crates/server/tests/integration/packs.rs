//! Packs that change while the server runs.

use std::fs;

use protocol::pack::PhonePack;
use protocol::{Digest, Fact};

use crate::material::{filled, street_light};
use crate::phone::{received, signed_pack};
use crate::township::TestTownship;

pub(crate) async fn pack(address: &str) -> PhonePack {
    signed_pack(address).await.claim().unwrap()
}

async fn version(address: &str) -> Digest {
    pack(address).await.version
}

pub(crate) async fn until(address: &str, is_in_force: impl Fn(&PhonePack) -> bool) {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(30);
    while !is_in_force(&pack(address).await) {
        assert!(tokio::time::Instant::now() < deadline, "the new pack did not come into force");
    }
}

pub(crate) async fn until_changed(address: &str, from: Digest) {
    until(address, |pack| pack.version != from).await;
}

#[tokio::test]
async fn a_faulty_pack_leaves_the_old_one_in_force() {
    let township = TestTownship::start().await;
    let before = version(&township.address).await;
    let offices = township.pack().join("offices.toml");
    let good = fs::read_to_string(&offices).unwrap();
    fs::write(&offices, "[[office]]\nid = 3\n").unwrap();
    let items = township.pack().join("items/bxsj.toml");
    let item = fs::read_to_string(&items).unwrap();
    fs::write(&items, item.replace("路、水、电、路灯", "路、水、电")).unwrap();
    // Nothing tells when a folder was looked at and left: the server answers the same throughout
    // many looks.
    let looked = tokio::time::Instant::now() + std::time::Duration::from_millis(200);
    while tokio::time::Instant::now() < looked {
        assert_eq!(version(&township.address).await, before);
    }
    fs::write(&offices, good).unwrap();
    until_changed(&township.address, before).await;
}

#[tokio::test]
async fn a_pack_that_changes_while_the_server_starts_comes_into_force() {
    let township = TestTownship::start().await;
    // Nothing of the server has run since it read the pack.
    let items = township.pack().join("items/bxsj.toml");
    let item = fs::read_to_string(&items).unwrap();
    fs::write(&items, item.replace("路、水、电、路灯", "路、水、电")).unwrap();
    until(&township.address, |pack| pack.items.iter().any(|item| item.tagline == "路、水、电"))
        .await;
}

/// dhis2/dhis2-android-capture-app#1225: a choice got another code on the server, and what phones
/// held did not arrive any more.
#[tokio::test]
async fn a_form_of_an_earlier_pack_still_arrives() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let begun_before = phone.seal("bxsj", street_light(&form));
    // The item gets another form: the other item's.
    let items = township.pack().join("items/bxsj.toml");
    let item = fs::read_to_string(&items).unwrap();
    let (head, _) = item.split_once("[[route]]").unwrap();
    fs::write(&items, head.replace("F10_bxsj", "F01_ybcb")).unwrap();
    until_changed(&township.address, phone.pack.version).await;
    assert_eq!(phone.form("bxsj").await.id, form.id, "the old form is servable for ever");
    phone.deliver(&begun_before).await;
}

/// Last year's form: where the lamp is, and how many are out.
const OLD_FORM: &str = "\
survey,,,,,
,type,name,label,required,constraint
,text,name,您贵姓,yes,
,select_one yn,danger,有没有危险,yes,
,text,mark,在哪棵树旁边,yes,
,integer,count,几盏不亮,yes,. <= 10
choices,,,,,
,list_name,name,label,,
,yn,yes,有危险,,
,yn,no,没有危险,,
settings,,,,,
,form_title,version,,,
,路灯,2025,,,
";

/// This year's: one question is gone, one stands in a group, one is narrower, one is new.
const NEW_FORM: &str = "\
survey,,,,,
,type,name,label,required,constraint
,text,name,姓名,yes,
,begin group,safety,安全,,
,select_one yn,danger,是否危险,yes,
,end group,,,,
,integer,count,不亮的灯数,yes,. <= 3
,text,tel,电话,yes,
choices,,,,,
,list_name,name,label,,
,yn,yes,是,,
,yn,no,否,,
settings,,,,,
,form_title,version,,,
,路灯,2026,,,
";

/// An item that routes by an answer, and names others in its summary.
fn lamp_item(form: &str) -> String {
    format!(
        "name = \"{form}\"\ntagline = \"\"\nicon = \"wrench\"\ncode = \"00037\"\nform = \"{form}\"\n\
         keywords = []\noffice = \"zh\"\npromised = {{ workdays = 2 }}\nworkflow = \"baoxiu\"\n\
         [guide]\nsteps = []\nlimit = \"\"\nfee = \"\"\n[notice]\nanonymous = true\nkeep_years = 1\n\
         [[route]]\nwhen = {{ danger = [\"yes\"] }}\noffice = \"aj\"\npromised = {{ hours = 24 }}\n\
         [summary]\nperson = \"name\"\ndetails = [\"danger\", \"count\"]\n"
    )
}

/// enketo/enketo#1226: a record whose form had changed could be neither opened nor deleted by
/// itself.
#[tokio::test]
async fn an_application_on_an_older_form_is_judged_routed_and_shown_by_that_form() {
    let township = TestTownship::start().await;
    let bring_in = async |name: &str, form: &str| {
        fs::write(township.pack().join("forms").join(name), form).unwrap();
        fs::write(township.pack().join("items/bxsj.toml"), lamp_item(name)).unwrap();
        until(&township.address, |pack| pack.items.iter().any(|item| item.name == name)).await;
    };
    bring_in("lamp_2025.csv", OLD_FORM).await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let answers = [("name", "示例甲"), ("danger", "yes"), ("mark", "村口老槐树"), ("count", "7")];
    let begun_before = phone.seal("bxsj", filled(&form, &answers));
    bring_in("lamp_2026.csv", NEW_FORM).await;

    let answer = phone.sync(&[&begun_before.bytes], &[]).await;
    let number = received(&answer.verdicts[0]).claim().unwrap().case.0;
    let Fact::Case(state) = &answer.facts[0];
    assert_eq!(state.office, "安监站", "danger is found where the old form has it");

    let officer = township.officer("sunan").await;
    assert!(officer.get("/console").await.has("有危险 · 7"), "in the words that were chosen");
    let page = officer.get(&format!("/console/cases/{number}")).await;
    for words in ["在哪棵树旁边", "村口老槐树", "有没有危险", "有危险", "几盏不亮"]
    {
        assert!(page.has(words), "{words}: {}", page.html);
    }
    assert!(!page.has("是否危险") && !page.has("不亮的灯数"), "and nothing of the new form");
}

#[tokio::test]
async fn a_pack_that_the_township_wants_back_is_newer_than_the_one_that_it_takes_the_place_of() {
    let mut township = TestTownship::start().await;
    let items = township.pack().join("items/bxsj.toml");
    let first = pack(&township.address).await;
    let written = fs::read_to_string(&items).unwrap();
    fs::write(&items, written.replace("路、水、电、路灯", "路、水、电")).unwrap();
    until_changed(&township.address, first.version).await;
    let second = pack(&township.address).await;
    // Somebody has set the server's clock back by a year.
    township.clock.forward(-365 * 24 * 60);
    fs::write(&items, written).unwrap();
    until_changed(&township.address, second.version).await;
    let third = pack(&township.address).await;
    assert_eq!(third.version, first.version);
    assert!(first.serial < second.serial && second.serial < third.serial);

    township.restart_with_limit(None).await;
    assert_eq!(pack(&township.address).await, third, "the same after a restart");
}

#[tokio::test]
async fn packs_grow_newer_even_where_the_database_was_restored() {
    let mut township = TestTownship::start().await;
    let before = pack(&township.address).await;
    township.stop().await;
    township.lose_database().await;
    township.clock.forward(1);
    township.restart_with_limit(None).await;
    assert!(pack(&township.address).await.serial > before.serial);
}

#[tokio::test]
async fn an_unchanged_pack_is_not_sent_again() {
    let township = TestTownship::start().await;
    let client = reqwest::Client::new();
    let url = format!("{}/api/pack", township.address);
    let first = client.get(&url).send().await.unwrap();
    let tag = first.headers()["etag"].clone();
    let second = client.get(&url).header("if-none-match", tag).send().await.unwrap();
    assert_eq!(second.status(), 304);
}
