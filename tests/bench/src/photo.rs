//! Photographs of 12 megapixels: how long one takes to be kept, and what twenty of them leave in
//! memory.

use std::fs;

use anyhow::{Context, Result, ensure};
use e2e::browser::{DevTools, Find};
use e2e::material;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::phone::{Begun, ITEM, Phone};
use crate::{Figure, median};

/// How many are attached.
const ALL: usize = 20;
/// After so many the page has everything that it needs for one.
const FIRST: usize = 2;
/// So many different ones.
const DIFFERENT: u32 = 4;

/// Measures every photograph until it is kept and seen.
const WATCH: &str = "
    const kept = () => [...document.querySelectorAll('[data-file]')].filter((one) => one.dataset.file.length === 64).length;
    addEventListener('change', (event) => {
        const before = kept();
        measure(event, () => kept() > before);
    }, true);";

/// What twenty photographs took.
struct Taken {
    /// Milliseconds for each.
    took: Vec<f64>,
    /// The most memory that the page's process ever had, in bytes.
    most: f64,
    /// What the page itself holds after the first ones and after the last, in bytes.
    held: [f64; 2],
}

/// From the choice of a photograph to when it is kept and seen.
pub(crate) async fn save() -> Result<Figure> {
    Ok(Figure::beside(median(taken().await?.took.clone()), None, 1500.0))
}

/// The most memory of the page's process, with twenty photographs in one form.
pub(crate) async fn memory() -> Result<Figure> {
    Ok(Figure::beside(taken().await?.most / 1e6, None, 1000.0).of("MB"))
}

/// How much more the page itself holds with each photograph: JavaScript's heap and WebAssembly's
/// memory.
pub(crate) async fn growth() -> Result<Figure> {
    let [before, after] = taken().await?.held;
    let photographs = (ALL - FIRST) as f64;
    Ok(Figure::beside((after - before) / photographs / 1e6, None, f64::NAN).of("MB"))
}

async fn taken() -> Result<&'static Taken> {
    static TAKEN: OnceCell<Taken> = OnceCell::const_new();
    TAKEN.get_or_try_init(take).await
}

async fn take() -> Result<Taken> {
    let survey = format!(",image,photos,照片,,,{ALL}\n,text,who,谁,,,\n");
    let phone = Phone::with_form(&survey, Begun { item: ITEM, rows: 0, times: 1 }).await?;
    phone.look_at_mine().await?;
    phone.open_draft().await?;
    let browser = &phone.person.browser;
    let dev_tools = browser.dev_tools().context("Chromium")?;
    browser.run(WATCH, Value::Null).await?;
    let files = (0..DIFFERENT)
        .map(|number| phone.scene.file(&format!("{number}.jpg"), &material::large_jpeg(number)?))
        .collect::<Result<Vec<_>>>()?;
    let mut held = [f64::NAN; 2];
    for number in 0..ALL {
        let file = &files[number % files.len()];
        browser.attach(&Find::selector("[data-question=photos] input[type=file]"), &[file]).await?;
        phone.until_measured(number).await?;
        phone.person.sees("[data-screen=form][data-kept=yes]").await?;
        match number + 1 {
            FIRST => held[0] = held_by_page(&phone).await?,
            ALL => held[1] = held_by_page(&phone).await?,
            _ => {}
        }
    }
    let taken = Taken { took: phone.took().await?, most: most_memory(dev_tools).await?, held };
    phone.end().await?;
    Ok(taken)
}

/// JavaScript's heap after a collection, and WebAssembly's memory, in bytes.
async fn held_by_page(phone: &Phone) -> Result<f64> {
    let dev_tools = phone.person.browser.dev_tools().context("Chromium")?;
    dev_tools.call("HeapProfiler.collectGarbage", json!({})).await?;
    let heap = dev_tools.call("Runtime.getHeapUsage", json!({})).await?;
    let heap = heap["usedSize"].as_f64().context("the heap has a size")?;
    let memory = phone.person.browser.run("return memory.buffer.byteLength;", Value::Null).await?;
    let memory = memory.as_f64().context("memory has a size")?;
    Ok(heap + memory)
}

/// The most that the page's process ever had in memory, in bytes, as Linux reckons it. Of several
/// processes the largest is the one.
async fn most_memory(dev_tools: &DevTools) -> Result<f64> {
    let all = dev_tools.call_browser("SystemInfo.getProcessInfo", json!({})).await?;
    let all = all["processInfo"].as_array().context("a list")?;
    let pages = all.iter().filter(|process| process["type"] == "renderer");
    let most = pages.filter_map(|process| {
        let status = fs::read_to_string(format!("/proc/{}/status", process["id"])).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.parse::<f64>().ok()
    });
    let most = most.fold(f64::NAN, f64::max);
    ensure!(most.is_finite(), "the page's process is not found");
    Ok(most * 1024.0)
}
