//! The form engine beside ODK's, in one page of one browser.

mod definition;

use anyhow::{Context, Result, bail, ensure};
use e2e::person::Person;
use form::compile;
use form::definition::Definition;
use serde_json::json;
use tokio::sync::OnceCell;

use crate::page::{folder, page, read, work};
use crate::{Figure, median};

/// What ODK's engine takes for one case is long: this many changes are enough.
const CHANGES: usize = 20;

/// Measures a case named `form.what`.
pub(crate) async fn measure(case: &str) -> Result<Figure> {
    match case {
        "engine.size" => size(),
        "flat.load" => load(&definition::flat(1_000), 20.0).await,
        "flat.fill" => flat(At::First, 200.0).await,
        "flat.change" => flat(At::Changes, 1.0).await,
        "flat.hide" => flat(At::Hide, f64::NAN).await,
        "flat.show" => flat(At::Show, f64::NAN).await,
        "family.grow" => family(At::First, f64::NAN).await,
        "family.fill" => family(At::Second, 15.0).await,
        "family.fill_first" => first_family(At::Second).await,
        "family.change" => family(At::Rest, f64::NAN).await,
        "cascade.level" => cascade().await,
        "villages.open" => villages(At::First, 100.0).await,
        "villages.filter" => villages(At::Second, 1.0).await,
        "flat_10000.change" => alone(&definition::flat(10_000), At::Changes, f64::NAN).await,
        "flat_100000.change" => alone(&definition::flat(100_000), At::Changes, f64::NAN).await,
        "flat_10000.memory" => memory(&definition::flat(10_000), 10.0).await,
        "counted_1000.grow" => counted(1_000).await,
        "counted_10000.grow" => counted(10_000).await,
        other => bail!("there is no case {other}"),
    }
}

/// The engine alone, with every function, compressed for the way to the phone.
fn size() -> Result<Figure> {
    let kilobytes = |file: &str| -> Result<f64> {
        Ok(std::fs::metadata(folder()?.join(file))?.len() as f64 / 1000.0)
    };
    Ok(Figure::beside(kilobytes("engine.br")?, kilobytes("peer.br").ok(), 90.0).of("kB"))
}

/// What a form that is filled in holds, with its definition: how much the module's memory grows,
/// divided by how many are open.
async fn memory(definition: &Definition, goal: f64) -> Result<Figure> {
    let measures = Measures::new(definition).await?;
    let script = "(() => {
        const before = memory.buffer.byteLength;
        const held = page.hold(form, 8);
        const grown = memory.buffer.byteLength - before;
        const count = held.count();
        held.free();
        return [grown / count / 1e6];
    })()";
    let took = measures.ours(script).await?;
    measures.end().await?;
    Ok(Figure::beside(median(took), None, goal).of("MB"))
}

/// A repeat that becomes so many rows by one answer.
async fn counted(rows: usize) -> Result<Figure> {
    let measures = Measures::new(&definition::counted()).await?;
    let took = measures.ours(&format!("[page.grow(form, {rows})]")).await?;
    measures.end().await?;
    Ok(Figure::beside(median(took), None, f64::NAN))
}

/// Which of the figures that a page gives.
#[derive(Clone, Copy)]
enum At {
    First,
    Second,
    Rest,
    /// All but the first and the two last.
    Changes,
    Hide,
    Show,
}

impl At {
    fn of(self, took: &[f64]) -> f64 {
        let count = took.len();
        let some = |from: usize, to: usize| median(took.get(from..to).unwrap_or_default().to_vec());
        match self {
            Self::First => some(0, 1),
            Self::Second => some(1, 2),
            Self::Rest => some(2, count),
            Self::Changes => some(1, count.saturating_sub(2)),
            Self::Hide => some(count - 2, count - 1),
            Self::Show => some(count - 1, count),
        }
    }
}

async fn load(definition: &Definition, goal: f64) -> Result<Figure> {
    let measures = Measures::new(definition).await?;
    let ours = measures.ours("[page.form_load(form), page.form_load(form), page.form_load(form)]");
    let ours = median(ours.await?);
    let peer = measures.peer("[await peer.formLoad(xform)]").await?.map(median);
    measures.end().await?;
    Ok(Figure::beside(ours, peer, goal))
}

async fn flat(at: At, goal: f64) -> Result<Figure> {
    // ODK's engine takes minutes: measured once for all that is told of it.
    static TOOK: OnceCell<Both> = OnceCell::const_new();
    let both = || async {
        let peer = format!("await peer.flat(xform, {CHANGES})");
        Both::of(&definition::flat(1_000), "Array.from(page.flat(form))", &peer).await
    };
    Ok(TOOK.get_or_try_init(both).await?.figure(at, goal))
}

/// Where ODK's engine would take hours.
async fn alone(definition: &Definition, at: At, goal: f64) -> Result<Figure> {
    let measures = Measures::new(definition).await?;
    let ours = at.of(&measures.ours("Array.from(page.flat(form))").await?);
    measures.end().await?;
    Ok(Figure::beside(ours, None, goal))
}

/// When everything has been done once before in the same page: browsers run what is new slowly, and
/// make it fast as it is used.
async fn family(at: At, goal: f64) -> Result<Figure> {
    static TOOK: OnceCell<Both> = OnceCell::const_new();
    let both = || async {
        let ours = "(page.family(form, 100), Array.from(page.family(form, 100)))";
        let peer = "(await peer.family(xform, 100), await peer.family(xform, 100))";
        Both::of(&definition::family(), ours, peer).await
    };
    Ok(TOOK.get_or_try_init(both).await?.figure(at, goal))
}

/// The very first time in a new page.
async fn first_family(at: At) -> Result<Figure> {
    let (ours, peer) = ("Array.from(page.family(form, 100))", "await peer.family(xform, 100)");
    Ok(Both::of(&definition::family(), ours, peer).await?.figure(at, f64::NAN))
}

/// Of one level: what four take, divided.
async fn cascade() -> Result<Figure> {
    let measures = Measures::new(&definition::cascade()).await?;
    let ours = median(measures.ours("Array.from(page.cascade(form, 500))").await?) / 4.0;
    let peer = measures.peer("await peer.cascade(xform, 20)").await?;
    measures.end().await?;
    Ok(Figure::beside(ours, peer.map(|took| median(took) / 4.0), 1.0))
}

async fn villages(at: At, goal: f64) -> Result<Figure> {
    let measures = Measures::new(&definition::villages(60_000)).await?;
    let ours = at.of(&measures.ours("Array.from(page.villages(form, 200))").await?);
    measures.end().await?;
    Ok(Figure::beside(ours, None, goal))
}

/// What both engines took for the same things.
struct Both {
    ours: Vec<f64>,
    peer: Option<Vec<f64>>,
}

impl Both {
    async fn of(definition: &Definition, ours: &str, peer: &str) -> Result<Self> {
        let measures = Measures::new(definition).await?;
        let both = Self { ours: measures.ours(ours).await?, peer: measures.peer(peer).await? };
        measures.end().await?;
        Ok(both)
    }

    fn figure(&self, at: At, goal: f64) -> Figure {
        Figure::beside(at.of(&self.ours), self.peer.as_ref().map(|took| at.of(took)), goal)
    }
}

/// A page with our engine, and ODK's where it could be had, and one form for both.
struct Measures {
    _scene: e2e::scene::Scene,
    person: Person,
    form: Vec<u8>,
    xform: String,
}

impl Measures {
    async fn new(definition: &Definition) -> Result<Self> {
        let form = compile(definition).map_err(|faults| {
            anyhow::anyhow!(
                "{}",
                faults.iter().map(|fault| fault.kind.to_string()).collect::<String>()
            )
        })?;
        let (scene, person) = page().await?;
        let (form, xform) = (form.to_bytes(), xform::write(definition));
        Ok(Self { _scene: scene, person, form, xform })
    }

    async fn ours(&self, what: &str) -> Result<Vec<f64>> {
        let script = format!("const form = new Uint8Array(args); return {what};");
        let took = read(&self.person.browser.run(&script, json!(self.form)).await?)?;
        ensure!(!took.is_empty(), "the page could not do it");
        Ok(took)
    }

    async fn peer(&self, what: &str) -> Result<Option<Vec<f64>>> {
        if !folder()?.join("peer.js").is_file() {
            return Ok(None);
        }
        let body = format!("const xform = args, peer = await import('/peer.js'); return {what};");
        let took = work(&self.person, &body, json!(self.xform)).await;
        took.map(Some).context("ODK's engine")
    }

    async fn end(self) -> Result<()> {
        self.person.browser.close().await
    }
}
