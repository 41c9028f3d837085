//! The township changes a form while somebody is filling it in.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use e2e::browser::Engine;
use e2e::material;
use e2e::officer::Officer;
use e2e::pack::{Pack, TestItem};
use e2e::person::{Answer, Filling, Person};
use e2e::scene::Scene;

const ITEM: &str = "jtdj";

/// This year's form.
const OLDER: &str = "\
survey,,,,
,type,name,label,required
,begin group,home,家庭情况,
,text,who,户主姓名,yes
,integer,people,家庭人数,yes
,select_one water,drinks,饮水来源,yes
,end group,,,
,begin group,reach,住址,
,text,addr,家庭住址,yes
,image,door,门牌照片,yes
,end group,,,
choices,,,,
,list_name,name,label,
,water,tap,自来水,
,water,well,井水,
settings,,,,
,form_title,version,,
,家庭登记,2026,,
";

/// Next year's: a question is gone, a choice has another name, a telephone must be told.
const NEWER: &str = "\
survey,,,,
,type,name,label,required
,begin group,home,家庭情况,
,text,who,户主姓名,yes
,select_one water,drinks,平时喝什么水,yes
,end group,,,
,begin group,reach,住址,
,text,addr,家庭住址,yes
,text,tel,联系电话,yes
,image,door,门牌照片,yes
,end group,,,
choices,,,,
,list_name,name,label,
,water,tap,自来水,
,water,motor,机井,
settings,,,,
,form_title,version,,
,家庭登记,2027,,
";

/// The item with the form of a year.
fn write_item(pack: &Pack, year: &str, form: &str) -> Result<()> {
    let tagline = format!("{year} 年的表");
    let item =
        TestItem {
            name: "家庭登记", tagline: &tagline, code: "00099", form, person: Some("who")
        };
    pack.write_item(ITEM, &item)
}

/// A township with this year's form, and somebody who has filled in all that it asks.
async fn filled_in(engine: Engine) -> Result<(Scene, Pack, Person, BTreeSet<String>)> {
    let (scene, pack) = Scene::with_pack(engine, |pack| {
        write_item(pack, "2026", OLDER)?;
        pack.offer(ITEM)
    })
    .await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.begin(ITEM).await?;
    let door = scene.file("door.png", &material::png(3)?)?;
    let filling = Filling::default()
        .with("who", Answer::Text("王秀兰".to_owned()))
        .with("people", Answer::Text("5".to_owned()))
        .with("drinks", Answer::Choice("井水".to_owned()))
        .with("addr", Answer::Text("示例一村三组 18 号".to_owned()))
        .with("door", Answer::Files(vec![door]));
    let files = person.fill_in(&filling).await?;
    person.has_kept_all_answers().await?;
    Ok((scene, pack, person, files))
}

/// The township brings in next year's form; the person comes back, and the phone hears of it.
async fn hears_of_newer_form(pack: &Pack, person: Person) -> Result<Person> {
    write_item(pack, "2027", NEWER)?;
    // The phone asks for news when it starts, and the server looks at its folder from time to time.
    person.is_served("/api/pack", "2027 年的表").await?;
    let person = person.close_and_come_back().await?;
    person.reads("2027 年的表").await?;
    Ok(person)
}

/// The person goes on with the newer form, sees what could not be carried, fills in what is new,
/// and the office has it on the newer form.
pub(crate) async fn a_draft_goes_on_with_the_townships_newer_form(engine: Engine) -> Result<()> {
    let (scene, pack, person, files) = filled_in(engine).await?;
    let person = hears_of_newer_form(&pack, person).await?;
    person.open_draft().await?;
    person.until_screen("renewal").await?;
    for words in ["镇里更新了这张表", "只有这 2 项带不过去", "家庭人数 5", "饮水来源 井水"]
    {
        person.reads(words).await?;
    }
    person.keep_picture("renewal").await?;
    person.act("take-new-form").await?;
    person.until_screen("form").await?;

    let tel = Answer::Text("13900000001".to_owned());
    // She was at the page of the address: that is where she goes on.
    person.fill_in(&Filling::default().with("tel", tel)).await?;
    person.reads("换成新表时，有 2 项没带过来").await?;
    person.reads("家庭人数 5").await?;
    person.reads("平时喝什么水 请选一项").await?;
    person.keep_picture("renewal-review").await?;
    person.act("understood").await?;
    person.sees_no_more("[data-renewed]").await?;
    let person = person.close_and_come_back().await?;
    person.go_on_with_draft().await?;
    person.fill_in(&Filling::default()).await?;
    person.sees_no_more("[data-renewed]").await?;
    person.act("mend").await?;
    person.until_screen("form").await?;
    let drinks = Answer::Choice("机井".to_owned());
    person.fill_in(&Filling::default().with("drinks", drinks)).await?;
    person.reads("1 张照片").await?;
    person.finish().await?;
    let officer = arrives(&scene, &person, &files).await?;
    ensure!(officer.answers("drinks").await? == ["机井"], "what was chosen anew");
    ensure!(officer.answers("tel").await? == ["13900000001"], "what is new");
    ensure!(officer.answers("people").await?.is_empty(), "nothing that is not asked any more");
    officer.reads("平时喝什么水").await
}

/// The person wants to go on as they began, is not asked again, and may change their mind both ways;
/// the office has the application on the older form.
///
/// enketo/enketo#1226: a record whose form had changed could be neither opened nor deleted by
/// itself.
pub(crate) async fn a_draft_stays_on_its_form_where_the_person_wants_that(
    engine: Engine,
) -> Result<()> {
    let (scene, pack, person, files) = filled_in(engine).await?;
    let person = hears_of_newer_form(&pack, person).await?;
    person.open_draft().await?;
    person.until_screen("renewal").await?;
    person.act("keep-old-form").await?;
    person.until_screen("form").await?;
    person.has_kept_all_answers().await?;
    let person = person.close_and_come_back().await?;
    person.go_on_with_draft().await?;
    person.fill_in(&Filling::default()).await?;
    person.reads("饮水来源 井水").await?;

    person.act("see-new-form").await?;
    person.until_screen("renewal").await?;
    person.act("take-new-form").await?;
    person.until_screen("form").await?;
    let tel = Answer::Text("13900000001".to_owned());
    person.fill_in(&Filling::default().with("tel", tel)).await?;
    person.act("go-back").await?;
    person.reads("换表后填的带不回去").await?;
    person.act("go-back-really").await?;
    person.until_screen("form").await?;
    person.fill_in(&Filling::default()).await?;
    person.sees_no_more("[data-renewed]").await?;
    for words in ["家庭人数 5", "饮水来源 井水", "1 张照片"] {
        person.reads(words).await?;
    }
    person.finish().await?;
    let officer = arrives(&scene, &person, &files).await?;
    ensure!(officer.answers("people").await? == ["5"], "the older form asks it");
    ensure!(officer.answers("drinks").await? == ["井水"], "in the older form's words");
    officer.reads("饮水来源").await
}

/// Everything arrives, and an officer opens it.
async fn arrives(scene: &Scene, person: &Person, files: &BTreeSet<String>) -> Result<Officer> {
    person.reads("回执已经存在这部手机里").await?;
    person.look_at_mine().await?;
    person.sees_delivered(1).await?;
    let officer = scene.officer("公共服务中心").await?;
    let cases = officer.cases().await?;
    ensure!(cases == person.receipts().await?, "one case, with the phone's receipt: {cases:?}");
    for case in &cases {
        officer.open(case).await?;
    }
    let arrived = officer.download_files().await?;
    ensure!(arrived == *files, "the picture came along: {arrived:?}");
    Ok(officer)
}
