//! The app's own parts on a page of their own: answers, saving, delivery.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use e2e::browser::Engine;
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::{Value, json};

use crate::start::{slow_processor, strong_link, weak_link};
use crate::{Figure, median, stores};

/// Fetches the pack and the form of an item, as the app does.
pub(crate) const FORM: &str = "
    const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
    const pack = await bytes('/api/pack');
    const form = await bytes(page.form_path(pack, args.item));";

/// Whether the page of measures is ready.
pub(crate) const IS_THERE: &str = "return window.page !== undefined;";

/// How often a household is kept.
const SAVES: u32 = 100;

/// The median over all questions of what one answer takes, all others being answered.
pub(crate) async fn answer(item: &str, rows: u32) -> Result<Figure> {
    let (_scene, person) = page().await?;
    let script = format!("{FORM} return Array.from(page.answers(form, args.rows));");
    let took = numbers(&person, &script, json!({ "item": item, "rows": rows })).await?;
    person.browser.close().await?;
    Ok(Figure::beside(median(took), None, 1.0))
}

/// The median of keeping a household of four after each answer, durable and sealed.
pub(crate) async fn save() -> Result<Figure> {
    let (_scene, person) = page().await?;
    let script = format!("{FORM} return Array.from(await page.saves(form, 4, {SAVES}));");
    let took = numbers(&person, &script, json!({ "item": "ybcb" })).await?;
    let ours = Figure::beside(median(took), None, 5.0);
    let figure = stores::beside_saves(ours, &person, SAVES).await?;
    person.browser.close().await?;
    Ok(figure)
}

/// The median of opening an account by its PIN, on a processor four times as slow.
pub(crate) async fn unlock() -> Result<Figure> {
    let (_scene, person) = page().await?;
    slow_processor(&person).await?;
    let took = numbers(&person, "return Array.from(await page.unlocks(9));", Value::Null).await?;
    person.browser.close().await?;
    Ok(Figure::beside(median(took), None, 1000.0))
}

/// The median of listing everything that was sent, which is so much.
pub(crate) async fn list(count: u32) -> Result<Figure> {
    let (_scene, person) = page().await?;
    // In parts: no script may take minutes.
    let fill =
        format!("{FORM} await page.fill_outbox(pack, form, args.item, args.count); return true;");
    for _ in 0..count / 500 {
        person.browser.run(&fill, json!({ "item": "bxsj", "count": 500 })).await?;
    }
    let list = "
        const took = [];
        for (let turn = 0; turn < 5; turn++) took.push(await page.list());
        return took;";
    let took = numbers(&person, list, Value::Null).await?;
    let ours = Figure::beside(median(took), None, 500.0);
    let figure = stores::beside_lists(ours, &person, count).await?;
    person.browser.close().await?;
    Ok(figure)
}

/// From the network's return to the last receipt, over the weak link.
pub(crate) async fn deliver(count: u32) -> Result<Figure> {
    let (_scene, person) = page().await?;
    let fill =
        format!("{FORM} await page.fill_outbox(pack, form, args.item, args.count); return true;");
    person.browser.run(&fill, json!({ "item": "bxsj", "count": count })).await?;
    weak_link(&person).await?;
    let script = "
        const begun = performance.now();
        const delivery = await page.deliver();
        while (delivery.left() !== 0) await new Promise((go) => requestAnimationFrame(go));
        return performance.now() - begun;";
    let took = person.browser.run(script, Value::Null).await?;
    let ours = Figure::beside(took.as_f64().context("a number")?, None, 3000.0);
    strong_link(&person).await?;
    let figure = stores::beside_delivery(ours, &person, count).await?;
    person.browser.close().await?;
    Ok(figure)
}

/// Where the page of measures is.
pub(crate) fn folder() -> Result<PathBuf> {
    let folder = std::env::var_os("XST_BENCH_PAGE").map(PathBuf::from);
    folder.context("XST_BENCH_PAGE is not set: call `cargo xtask bench`")
}

/// A phone that shows the page of measures.
pub(crate) async fn page() -> Result<(Scene, Person)> {
    let folder = folder()?;
    let mut scene = Scene::new(Engine::WholeChromium).await?;
    scene.township.take_app(folder);
    scene.township.end().await?;
    scene.township.start_again().await?;
    let person = scene.person().await?;
    person.go_to_app().await?;
    person.browser.until("the page of measures", IS_THERE, Value::Null).await?;
    Ok((scene, person))
}

/// What comes of the body of an asynchronous function that takes longer than anybody waits for one
/// script: numbers.
pub(crate) async fn work(person: &Person, body: &str, args: Value) -> Result<Vec<f64>> {
    let begin = format!(
        "const work = async () => {{ {body} }};
         window.took = work().catch(String);
         return true;"
    );
    person.browser.run(&begin, args).await?;
    let look = "
        const patience = new Promise((go) => setTimeout(go, 10_000, null));
        return Promise.race([window.took, patience]);";
    loop {
        match person.browser.run(look, Value::Null).await? {
            Value::Null => {}
            Value::String(error) => bail!(error),
            took => return read(&took),
        }
    }
}

async fn numbers(person: &Person, script: &str, args: Value) -> Result<Vec<f64>> {
    read(&person.browser.run(script, args).await?)
}

/// A list of numbers.
pub(crate) fn read(value: &Value) -> Result<Vec<f64>> {
    Ok(value.as_array().context("numbers")?.iter().filter_map(Value::as_f64).collect())
}
