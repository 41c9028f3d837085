//! A phone with the app as it is given away, a quarter as fast as this machine, on which somebody
//! has begun a lot.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use e2e::browser::Engine;
use e2e::pack::{Pack, TestItem};
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::{Value, json};

use crate::page::{FORM, IS_THERE, folder};
use crate::start::{call, slow_processor};

/// The item of a form of our own.
pub(crate) const ITEM: &str = "own";

/// `measure(event, isShown)` adds to `took` the milliseconds from when the browser had the event to
/// when a frame that shows what it brought was handed on to be painted.
const MEASURE: &str = "
    window.took = [];
    window.measure = (event, isShown) => {
        const look = () => requestAnimationFrame(() => {
            if (!isShown()) return look();
            const painted = new MessageChannel();
            painted.port1.onmessage = () => window.took.push(performance.now() - event.timeStamp);
            painted.port2.postMessage(null);
        });
        look();
    };";

/// Keeps the app's memory as `memory`, which the app itself shows nobody.
const MEMORY: &str = "
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...all) => {
        const made = await instantiate.apply(WebAssembly, all);
        window.memory ??= made.instance.exports.memory;
        return made;
    };";

/// What was begun.
#[derive(Clone, Copy)]
pub(crate) struct Begun {
    /// Of which item.
    pub(crate) item: &'static str,
    /// How many rows every list has.
    pub(crate) rows: usize,
    /// How often.
    pub(crate) times: usize,
}

/// A phone, and the township that it belongs to.
pub(crate) struct Phone {
    pub(crate) scene: Scene,
    pub(crate) person: Person,
}

impl Phone {
    /// With the demonstration township's items.
    pub(crate) async fn with(begun: Begun) -> Result<Self> {
        Self::prepare(Scene::new(Engine::WholeChromium).await?, begun).await
    }

    /// With the item [`ITEM`] too, whose form is the lines `survey`, in the order of [`HEAD`].
    pub(crate) async fn with_form(survey: &str, begun: Begun) -> Result<Self> {
        let scene =
            Scene::with_pack(Engine::WholeChromium, |pack| write_item(pack, survey)).await?.0;
        Self::prepare(scene, begun).await
    }

    async fn prepare(mut scene: Scene, begun: Begun) -> Result<Self> {
        let app = scene.township.app().to_owned();
        serve(&mut scene, folder()?).await?;
        let person = scene.person().await?;
        person.go_to_app().await?;
        person.browser.until("the page of measures", IS_THERE, Value::Null).await?;
        // It takes longer than anybody waits for one script.
        let begin = format!(
            "const work = async () => {{
                {FORM}
                await page.keep_drafts(pack, form, args.item, args.rows, args.times);
                return true;
            }};
            window.kept = undefined;
            work().then(() => window.kept = '', (error) => window.kept = String(error));
            return true;"
        );
        let Begun { item, rows, times } = begun;
        let args = json!({ "item": item, "rows": rows, "times": times });
        person.browser.run(&begin, args).await?;
        let done = "return window.kept !== undefined && { trouble: window.kept };";
        let done = person.browser.until("the drafts to be kept", done, Value::Null).await?;
        ensure!(done["trouble"] == "", "no drafts: {}", done["trouble"]);
        serve(&mut scene, app).await?;
        call(&person, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": MEMORY })).await?;
        person.open_app().await?;
        person.has_everything_to_fill_in_offline().await?;
        slow_processor(&person).await?;
        person.browser.run(MEASURE, Value::Null).await?;
        Ok(Self { scene, person })
    }

    /// Goes to 我的 as people do, without loading the page again.
    pub(crate) async fn look_at_mine(&self) -> Result<()> {
        self.touch("[data-action=mine]").await?;
        self.person.sees("[data-screen=mine] [data-application]").await
    }

    /// Opens the draft that was begun last, and reads what is told before the first answer.
    pub(crate) async fn open_draft(&self) -> Result<()> {
        self.touch("[data-application]").await?;
        let screen = "return document.querySelector('[data-screen=notice], [data-screen=form] [data-question]')";
        let is_there = format!("{screen} !== null");
        self.person.browser.until("the form", &is_there, Value::Null).await?;
        let is_notice = format!("{screen}.dataset.screen === 'notice'");
        if self.person.browser.run(&is_notice, Value::Null).await? == true {
            self.touch("[data-action=understood]").await?;
        }
        self.person.sees("[data-screen=form][data-kept=yes] [data-question]").await
    }

    /// Touches something, once it is there, as a finger does: no pointer stays behind, which the
    /// browser would look under at every frame.
    pub(crate) async fn touch(&self, selector: &str) -> Result<()> {
        let click =
            "const found = document.querySelector(args); found?.click(); return found !== null;";
        self.person.browser.until(selector, click, json!(selector)).await?;
        Ok(())
    }

    /// What [`MEASURE`] took so far.
    pub(crate) async fn took(&self) -> Result<Vec<f64>> {
        let took = self.person.browser.run("return window.took;", Value::Null).await?;
        Ok(took.as_array().context("numbers")?.iter().filter_map(Value::as_f64).collect())
    }

    /// Waits until something more was measured than `before` things.
    pub(crate) async fn until_measured(&self, before: usize) -> Result<()> {
        let more = "return window.took.length > args;";
        self.person.browser.until("what was touched to be seen", more, json!(before)).await?;
        Ok(())
    }

    pub(crate) async fn end(self) -> Result<()> {
        self.person.browser.close().await
    }
}

async fn serve(scene: &mut Scene, app: PathBuf) -> Result<()> {
    scene.township.take_app(app);
    scene.township.end().await?;
    scene.township.start_again().await
}

/// The columns of a form of our own.
const HEAD: &str = "survey,,,,,,\n,type,name,label,relevant,calculation,max_files\n";
const SETTINGS: &str = "settings,,,,,,\n,form_title,version,,,,\n,量一量,1,,,,\n";

fn write_item(pack: &Pack, survey: &str) -> Result<()> {
    let form = format!("{HEAD}{survey}{SETTINGS}");
    let item = TestItem {
        name: "量一量",
        tagline: "看看快不快",
        code: "00097",
        form: &form,
        person: None,
    };
    pack.write_item(ITEM, &item)?;
    pack.offer(ITEM)
}
