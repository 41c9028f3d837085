//! Pictures of all kinds, as people have them and as offices want them.

use anyhow::{Context, Result, ensure};
use e2e::browser::{Browser, Engine, Find};
use e2e::material::{self, STORED};
use e2e::pack::{Pack, TestItem};
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::{Value, json};

const ITEM: &str = "paizh";
const FORM: &str = include_str!("pictures/form.csv");
/// `max-pixels` of the form.
const LONG_EDGE: u64 = 900;

/// The pictures of an open case file, in the order of its questions: how large each is, and the
/// colours of its quarters.
const ARRIVED: &str = "
const nearest = ([r, g, b]) => r > 128 && g > 128 ? 'yellow' : r > 128 ? 'red' : g > 128 ? 'green' : b > 128 ? 'blue' : 'black';
const all = [];
for (const link of document.querySelectorAll('a[data-file]')) {
  const bytes = await (await fetch(link.href)).arrayBuffer();
  const image = new Image();
  image.src = link.href;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const quarters = [[1, 1], [3, 1], [1, 3], [3, 3]].map(([x, y]) =>
    nearest(context.getImageData(canvas.width * x >> 2, canvas.height * y >> 2, 1, 1).data));
  all.push({ bytes: bytes.byteLength, width: canvas.width, height: canvas.height, quarters });
}
return all;
";

fn write_item(pack: &Pack) -> Result<()> {
    let item = TestItem {
        name: "拍照的事",
        tagline: "各种照片",
        code: "00097",
        form: FORM,
        person: Some("who"),
    };
    pack.write_item(ITEM, &item)?;
    pack.offer(ITEM)
}

/// Photos held in all eight ways, a certificate photo of a picture full of grain and one of a flat
/// one, a thumbprint, a code: all come to the office the right way up and as large as it asks.
pub(crate) async fn pictures_arrive_as_offices_want_them(engine: Engine) -> Result<()> {
    let (scene, _pack) = Scene::with_pack(engine, write_item).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    person.begin(ITEM).await?;
    let browser = &person.browser;

    browser.write(&Find::selector("[data-question=who] input"), "王秀兰").await?;

    let turned: Result<Vec<_>> = (1..=8)
        .map(|way| scene.file(&format!("turned-{way}.jpg"), &material::turned(way)?))
        .collect();
    let turned = turned?;
    let paths: Vec<_> = turned.iter().map(std::path::PathBuf::as_path).collect();
    let (first, others) = paths.split_first().context("eight")?;
    browser.attach(&field("held"), &[first]).await?;
    has_kept(browser, "held", 1).await?;
    let first = "document.querySelector('[data-question=held] [data-file]')";
    browser.run(&format!("{first}.isOpened = true;"), Value::Null).await?;
    browser.attach(&field("held"), others).await?;
    has_kept(browser, "held", 8).await?;
    let stays = browser.run(&format!("return {first}.isOpened === true;"), Value::Null).await?;
    ensure!(stays == json!(true), "the first was not opened anew with each of the others");

    attach_unreadable(&scene, &person).await?;
    person.act("next").await?;

    for (question, content) in
        [("noisy", material::noise(1500, 1000)?), ("flat", material::flat(1000, 1500)?)]
    {
        let file = scene.file(&format!("{question}.jpg"), &content)?;
        browser.attach(&field(question), &[&file]).await?;
        person.sees(&format!("[data-sheet={question}] canvas")).await?;
        for action in ["zoom-in", "push-left", "push-up", "turn"] {
            tap_in(browser, question, action).await?;
        }
        person.keep_picture(&format!("crop-{question}")).await?;
        tap_in(browser, question, "keep-cut").await?;
        has_kept(browser, question, 1).await?;
    }
    person.act("next").await?;

    let thumb = scene.file("thumb.jpg", &material::jpeg(5)?)?;
    browser.attach(&field("sign"), &[&thumb]).await?;
    has_kept(browser, "sign", 1).await?;
    person.keep_picture("signed-by-thumb").await?;

    let code = scene.file("code.jpg", &material::qr_code("LD-0042")?)?;
    browser.attach(&field("code"), &[&code]).await?;
    says(browser, "LD-0042").await?;

    scene.network.mend();
    browser.tap(&Find::selector("[data-action=next], [data-action=review]")).await?;
    person.until_screen("review").await?;
    person.finish().await?;
    person.reads("回执已经存在这部手机里").await?;
    arrived(&scene).await
}

async fn arrived(scene: &Scene) -> Result<()> {
    let officer = scene.officer("公共服务中心").await?;
    for case in &officer.cases().await? {
        officer.open(case).await?;
    }
    let all = officer.browser.run(ARRIVED, Value::Null).await?;
    let all = all.as_array().context("pictures")?;
    ensure!(all.len() == 11, "eight photos, two that were cut, a thumbprint: {all:?}");
    let (held, cut) = all.split_at(8);
    let short_edge = LONG_EDGE * u64::from(STORED.1) / u64::from(STORED.0);
    for (photo, way) in held.iter().zip(1..) {
        let size = if way < 5 { (LONG_EDGE, short_edge) } else { (short_edge, LONG_EDGE) };
        ensure!(
            (photo["width"].as_u64(), photo["height"].as_u64()) == (Some(size.0), Some(size.1)),
            "held in way {way}: {photo}"
        );
        ensure!(photo["quarters"] == json!(material::seen(way)), "held in way {way}: {photo}");
    }
    for (cut, size, bytes) in
        [(&cut[0], (352, 440), 20_480..=50_000), (&cut[1], (358, 441), 9_216..=20_000)]
    {
        ensure!(
            cut["width"] == json!(size.0)
                && cut["height"] == json!(size.1)
                && cut["bytes"].as_u64().is_some_and(|length| bytes.contains(&length)),
            "{size:?}, {bytes:?}: {cut}"
        );
    }
    Ok(())
}

/// A browser that reads codes itself is asked first; the fake one reads every picture alike.
pub(crate) async fn a_browsers_own_reader_of_codes_is_used(engine: Engine) -> Result<()> {
    const FAKE: &str = "window.BarcodeDetector = class {
        static getSupportedFormats() { return Promise.resolve(['qr_code', 'ean_13']); }
        detect(picture) { return Promise.resolve(picture.width > 0 ? [{ rawValue: ' DG-0007 ' }] : []); }
    };";
    let (scene, _pack) = Scene::with_pack(engine, write_item).await?;
    let person = scene.person().await?;
    let tools = person.browser.dev_tools().context("only Chromium can be told")?;
    tools.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": FAKE })).await?;
    ask_for_code(&person).await?;
    let photo = scene.file("code.jpg", &material::jpeg(1)?)?;
    person.browser.attach(&field("code"), &[&photo]).await?;
    says(&person.browser, "DG-0007").await?;
    // Through the camera, which is the browser's own test picture.
    person
        .browser
        .write(&Find::selector("[data-question=code] input:not([type=file])"), "1")
        .await?;
    person.act("scan").await?;
    says(&person.browser, "DG-0007").await?;
    person.sees_no_more("dialog[open]").await
}

/// A camera that sees no code is looked through until it is closed, and what is no code is told.
pub(crate) async fn without_a_code_one_can_type(engine: Engine) -> Result<()> {
    let (scene, _pack) = Scene::with_pack(engine, write_item).await?;
    let person = scene.person().await?;
    ask_for_code(&person).await?;
    let photo = scene.file("no-code.jpg", &material::jpeg(1)?)?;
    person.browser.attach(&field("code"), &[&photo]).await?;
    person.reads("这张照片里没认出码").await?;
    person.act("scan").await?;
    person.sees("dialog[open] video").await?;
    let plays = "return document.querySelector('dialog[open] video').videoWidth > 0;";
    person.browser.until("the camera's picture", plays, Value::Null).await?;
    person.keep_picture("scan").await?;
    person.act("close").await?;
    person.sees_no_more("dialog[open]").await?;
    let line = Find::selector("[data-question=code] input:not([type=file])");
    person.browser.write(&line, "LD-1").await?;
    says(&person.browser, "LD-1").await
}

/// Opens the page that asks for a code.
async fn ask_for_code(person: &Person) -> Result<()> {
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.begin(ITEM).await?;
    let held = "document.querySelector('[data-action=skip], [data-action=next]')?.click();
        return document.querySelector('[data-question=code]') !== null;";
    person.browser.until("the question", held, Value::Null).await?;
    Ok(())
}

async fn says(browser: &Browser, code: &str) -> Result<()> {
    let line = "return document.querySelector('[data-question=code] input:not([type=file])')?.value === args;";
    browser.until(&format!("the code {code}"), line, json!(code)).await?;
    Ok(())
}

/// What few browsers read is told, and nothing is kept of it.
async fn attach_unreadable(scene: &Scene, person: &Person) -> Result<()> {
    let heic = scene.file("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1")?;
    person.attach("held", &heic).await?;
    person.reads("这张是 HEIC 格式").await?;
    has_kept(&person.browser, "held", 8).await
}

fn field(question: &str) -> Find {
    Find::selector(format!("[data-question={question}] input[type=file]"))
}

async fn tap_in(browser: &Browser, question: &str, action: &str) -> Result<()> {
    let button = format!("[data-sheet={question}] [data-action={action}]");
    browser.tap(&Find::selector(button)).await
}

async fn has_kept(browser: &Browser, question: &str, count: usize) -> Result<()> {
    let script = "const files = document.querySelectorAll(`[data-question=${args.question}] [data-file]`);
        return files.length === args.count && [...files].every((one) => one.dataset.file.length === 64);";
    let args = json!({ "question": question, "count": count });
    browser.until(&format!("{count} pictures of {question}"), script, args).await?;
    Ok(())
}
