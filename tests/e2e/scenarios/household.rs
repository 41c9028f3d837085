//! What people fill in: made-up people in a made-up township.

use anyhow::Result;
use e2e::material;
use e2e::person::{Answer, Filling, Person};
use e2e::scene::Scene;

/// The people of the household: name, id, relation to the head, kind of insured person.
const MEMBERS: [(&str, &str, &str, &str); 4] = [
    ("王秀兰", "529999197001010247", "户主", "成年居民"),
    ("王大山", "529999194508070018", "父亲", "成年居民"),
    ("王小军", "529999199911123733", "子", "成年居民"),
    ("王小雨", "529999201806301155", "女", "未成年居民"),
];

/// What 2026's contribution of 400 for each of four comes to.
pub(crate) const TOTAL: &str = "1600";

/// What stands by the lamp.
pub(crate) const LANDMARK: &str = "村口老槐树";

/// The names of the household, the head first.
pub(crate) fn names() -> [&'static str; 4] {
    MEMBERS.map(|(name, ..)| name)
}

/// What is said about the lamp.
pub(crate) fn recording() -> Result<Vec<u8>> {
    material::wav(3)
}

/// F01, medical insurance, for a household of four with a picture of each one's papers.
pub(crate) fn insurance(scene: &Scene) -> Result<Filling> {
    let mut filling = Filling::default()
        .with("mode", choice("本人办理"))
        .with("app_name", text(MEMBERS[0].0))
        .with("app_id", text(MEMBERS[0].1))
        .with("app_hasphone", choice("是"))
        .with("app_phone", text("13900000001"))
        .with("app_village", choice("示例一村"))
        .with("app_addr", text("示例一村三组 18 号"))
        .with("promise", choice("是"))
        .with("sign_kind", choice("手写签名"))
        .with("sign", Answer::Signature);
    for (row, (name, id, relation, kind)) in (1..).zip(MEMBERS) {
        let number = u32::try_from(row)?;
        let picture = scene.file(&format!("papers-{row}.jpg"), &material::jpeg(number)?)?;
        filling = filling
            .with_in_row(row, "m_name", text(name))
            .with_in_row(row, "m_id", text(id))
            .with_in_row(row, "m_rel", choice(relation))
            .with_in_row(row, "m_type", choice(kind))
            .with_in_row(row, "m_act", choice("续保"))
            .with_in_row(row, "m_idphoto", Answer::Files(vec![picture]));
    }
    Ok(filling)
}

/// F10, a street lamp that does not light, with a picture and a recording, by name.
pub(crate) fn dark_lamp(scene: &Scene) -> Result<Filling> {
    dark_lamp_at(scene, LANDMARK, 7)
}

/// The same with another landmark and another picture.
pub(crate) fn dark_lamp_at(scene: &Scene, landmark: &str, picture: u32) -> Result<Filling> {
    let picture = scene.file("lamp.png", &material::png(picture)?)?;
    let recording = scene.file("lamp.wav", &recording()?)?;
    Ok(Filling::default()
        .with("cat", choice("路灯"))
        .with("sub", choice("灯不亮"))
        .with("danger", choice("否"))
        .with("say", Answer::Files(vec![recording]))
        .with("ph", Answer::Files(vec![picture]))
        .with("mark", text(landmark))
        .with("vil", choice("示例二村"))
        .with("hh", text("12"))
        .with("found", Answer::Now)
        .with("anon", choice("实名"))
        .with("name", text("王秀兰"))
        .with("tel", text("13900000001"))
        .with("open", choice("是")))
}

fn text(words: &str) -> Answer {
    Answer::Text(words.to_owned())
}

fn choice(words: &str) -> Answer {
    Answer::Choice(words.to_owned())
}

/// The review says what was answered of the lamp, whatever happened meanwhile.
pub(crate) async fn reads_lamp(person: &Person) -> Result<()> {
    for words in ["路灯", "灯不亮", "1 段录音", LANDMARK, "示例二村"] {
        person.reads(words).await?;
    }
    Ok(())
}

/// Reports the dark lamp, with its picture and recording, and looks at what became of it.
pub(crate) async fn reports_the_dark_lamp(person: &Person, scene: &Scene) -> Result<()> {
    person.begin("bxsj").await?;
    person.fill_in(&dark_lamp(scene)?).await?;
    person.finish().await?;
    person.look_at_mine().await
}
