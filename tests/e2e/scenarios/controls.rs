//! Everything that a form can ask, in every way that it can be shown.

use anyhow::{Result, ensure};
use e2e::browser::Engine;
use e2e::material;
use e2e::pack::{Pack, TestItem};
use e2e::person::{Answer, Filling, LunarDay};
use e2e::scene::Scene;

const ITEM: &str = "gyty";

/// Every question type and appearance; the villages of one question are added here.
const FORM: &str = include_str!("controls/form.csv");

const FAMILIES: [&str; 20] = [
    "李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗",
];
const PLACES: [&str; 10] =
    ["家村", "家坪", "家湾", "家营", "家寨", "家坝", "家冲", "家岭", "家沟", "家台"];
const GROUPS: [&str; 6] = ["一组", "二组", "三组", "四组", "五组", "六组"];

/// A way of three corners, and a field of 100 by 50 metres.
const WAY: [(f64, f64); 3] = [(26.1, 103.1), (26.1006, 103.1), (26.1006, 103.101)];
const FIELD: [(f64, f64); 4] =
    [(26.1, 103.1), (26.1, 103.101), (26.10045, 103.101), (26.10045, 103.1)];

fn write_item(pack: &Pack) -> Result<()> {
    let names = FAMILIES.iter().flat_map(|family| {
        PLACES.iter().flat_map(move |place| {
            GROUPS.iter().map(move |group| format!("{family}{place}{group}"))
        })
    });
    let villages: String = names
        .enumerate()
        .map(|(number, name)| format!(",village,v{number},{name},,,,,,\n"))
        .collect();
    let (before, settings) = FORM.split_at(FORM.find("settings,").unwrap_or(FORM.len()));
    let form = format!("{before}{villages}{settings}");
    let item = TestItem {
        name: "各样题目",
        tagline: "样样都问",
        code: "00098",
        form: &form,
        person: Some("numbers"),
    };
    pack.write_item(ITEM, &item)?;
    pack.offer(ITEM)
}

fn answers() -> Filling {
    let choice = |words: &str| Answer::Choice(words.to_owned());
    let text = |words: &str| Answer::Text(words.to_owned());
    Filling::default()
        .with("likert", choice("不满意"))
        .with("quick", Answer::QuickChoice("满意"))
        .with("columns", Answer::Choices(&["水稻", "茶叶"]))
        .with("packed", Answer::Choices(&["辣椒"]))
        .with("minimal", choice("玉米"))
        .with("village", Answer::Found { typed: "lijiachong", words: "李家冲一组" })
        .with("road", choice("差"))
        .with("water", choice("中"))
        .with("lamp", choice("好"))
        .with("rank", Answer::Taps("move-down", 1))
        .with("slider", Answer::Taps("step-up", 4))
        .with("stars", Answer::Named("4"))
        .with("picker", choice("2.5"))
        .with("vertical", Answer::Taps("step-up", 3))
        .with("labelled", Answer::Taps("step-up", 3))
        .with("year", Answer::Texts(&["1998"]))
        .with("month", Answer::Texts(&["2003", "9"]))
        .with("day", Answer::Texts(&["2020", "2", "29"]))
        .with("birthday", Answer::LunarDay(LunarDay { year: "1957", month: "闰八月", day: "初八" }))
        .with("trace", Answer::Corners(&WAY, false))
        .with("shape", Answer::Corners(&FIELD, true))
        .with("numbers", text("００１２３"))
        .with("multiline", text("路灯坏了"))
        .with("money", text("1234567"))
        .with("counter", Answer::Taps("step-up", 5))
        .with("masked", text("1234"))
        .with("url", text("https://a.example"))
        .with("read", choice("我知道了"))
}

/// A person answers it all; nothing is lost on the way, and the office reads what was meant.
pub(crate) async fn everything_that_a_form_can_ask_is_answered(engine: Engine) -> Result<()> {
    let (scene, _pack) = Scene::with_pack(engine, write_item).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    person.begin(ITEM).await?;
    let filling = answers()
        .with("audio", Answer::Files(vec![scene.file("say.wav", &material::wav(2)?)?]))
        .with("video", Answer::Files(vec![scene.file("road.webm", b"a film, to the phone")?]))
        .with("file", Answer::Files(vec![scene.file("letter.txt", b"a letter")?]));
    let files = person.fill_in(&filling).await?;
    for words in [
        "1957 年 10 月 1 日",
        "一九五七年闰八月初八",
        "已取 4 个点",
        "1,234,567",
        "****",
        "2003 年 9 月",
    ] {
        person.reads(words).await?;
    }
    person.keep_picture("controls-review").await?;
    scene.network.mend();
    person.finish().await?;
    person.reads("回执已经存在这部手机里").await?;

    let officer = scene.officer("公共服务中心").await?;
    for case in &officer.cases().await? {
        officer.open(case).await?;
    }
    for (name, answer) in [
        ("likert", "不满意"),
        ("quick", "满意"),
        ("columns", "水稻、茶叶"),
        ("packed", "辣椒"),
        ("minimal", "玉米"),
        ("village", "李家冲一组"),
        ("road", "差"),
        ("lamp", "好"),
        ("rank", "通水、修路、路灯、垃圾清运"),
        ("slider", "15"),
        ("stars", "4"),
        ("picker", "2.5"),
        ("vertical", "2"),
        ("labelled", "3"),
        ("year", "1998-01-01"),
        ("month", "2003-09-01"),
        ("day", "2020-02-29"),
        ("birthday", "1957-10-01"),
        ("numbers", "00123"),
        ("money", "1234567"),
        ("counter", "5"),
        ("masked", "1234"),
        ("url", "https://a.example"),
    ] {
        let arrived = officer.answers(name).await?;
        ensure!(arrived == [answer], "{name}: {arrived:?}, not {answer}");
    }
    let shape = officer.answers("shape").await?.join("");
    let corners: Vec<&str> = shape.split(';').collect();
    ensure!(corners.len() == 5 && corners[0] == corners[4], "a shape is closed: {shape}");
    ensure!(corners[0].starts_with("26.1000000 103.1000000 "), "where it was walked: {shape}");
    let arrived = officer.download_files().await?;
    ensure!(arrived == files, "every file came along: {arrived:?}");
    Ok(())
}
