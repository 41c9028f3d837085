//! A film of 100 MB: how long it takes to be kept and shown, and how much of it is in the app's memory.

use anyhow::{Context, Result};
use e2e::browser::Find;
use serde_json::Value;
use tokio::sync::OnceCell;

use crate::Figure;
use crate::phone::{Begun, ITEM, Phone};

const LENGTH: u32 = 100_000_000;

/// Measures the film until it is kept and can be played.
const WATCH: &str = "
    const isKept = () => document.querySelector('[data-question=film] [data-file] video') !== null;
    addEventListener('change', (event) => measure(event, isKept), true);";

/// What a film took.
struct Taken {
    /// Milliseconds.
    took: f64,
    /// By how many bytes WebAssembly's memory grew, which never shrinks.
    grew: f64,
}

/// From the choice of a film to when it is kept and can be played.
pub(crate) async fn save() -> Result<Figure> {
    Ok(Figure::beside(taken().await?.took, None, f64::NAN))
}

/// What the app itself had in memory at most, beyond what it had before.
pub(crate) async fn memory() -> Result<Figure> {
    Ok(Figure::beside(taken().await?.grew / 1e6, None, 8.0).of("MB"))
}

async fn taken() -> Result<&'static Taken> {
    static TAKEN: OnceCell<Taken> = OnceCell::const_new();
    TAKEN.get_or_try_init(take).await
}

async fn take() -> Result<Taken> {
    let survey = ",video,film,片子,,,\n,text,who,谁,,,\n";
    let phone = Phone::with_form(survey, Begun { item: ITEM, rows: 0, times: 1 }).await?;
    phone.look_at_mine().await?;
    phone.open_draft().await?;
    let browser = &phone.person.browser;
    browser.run(WATCH, Value::Null).await?;
    let bytes: Vec<u8> = (0..LENGTH).map(|at| (at.wrapping_mul(0x9e37_79b9) >> 24) as u8).collect();
    let film = phone.scene.file("film.mp4", &bytes)?;
    let before = memory_of_page(&phone).await?;
    browser.attach(&Find::selector("[data-question=film] input[type=file]"), &[&film]).await?;
    phone.until_measured(0).await?;
    let grew = memory_of_page(&phone).await? - before;
    let took = phone.took().await?.pop().context("it was measured")?;
    phone.end().await?;
    Ok(Taken { took, grew })
}

/// WebAssembly's memory, in bytes.
async fn memory_of_page(phone: &Phone) -> Result<f64> {
    let memory = phone.person.browser.run("return memory.buffer.byteLength;", Value::Null).await?;
    memory.as_f64().context("memory has a size")
}
