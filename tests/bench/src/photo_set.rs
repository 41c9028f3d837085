//! What the photographs of an application cost, over a link that is cut again and again.

use std::time::Duration;

use anyhow::{Context, Result};
use e2e::network::{Link, Network};
use e2e::person::Person;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::Figure;
use crate::page::{FORM, page};

/// 5 MB in all, as many as the form for repairs may well have.
const PHOTOS: u32 = 5;
const LENGTH: u32 = 1_000_000;
/// The weak link of all these figures: 400 ms there and back.
const LINK: Link = Link { bytes_per_second: 50_000, delay: Duration::from_millis(200) };
/// How long the link holds.
const HOLDS: Duration = Duration::from_secs(10);
/// How long it is cut then.
const IS_CUT: Duration = Duration::from_secs(2);
/// It takes about three minutes.
const PATIENCE: Duration = Duration::from_secs(900);

/// By how many percent the bytes that were sent, both ways and with all headers, exceed the
/// photographs: from the end of filling in to the proof that the township has them all.
pub(crate) async fn bytes_beyond_photos() -> Result<Figure> {
    let (scene, person) = page().await?;
    // What the phone gets of the pack is no part of the delivery.
    let begin = "window.delivery = await page.deliver(); return true;";
    person.browser.run(begin, Value::Null).await?;
    let has_everything = "
        const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
        return page.has_everything(await bytes('/api/pack'));";
    person.browser.until("the whole pack", has_everything, Value::Null).await?;
    let apply = format!(
        "{FORM} await page.apply_with_photos(pack, form, args.item, args.photos, args.length); return true;"
    );
    let photos = json!({ "item": "bxsj", "photos": PHOTOS, "length": LENGTH });
    person.browser.run(&apply, photos).await?;

    scene.network.weaken(LINK);
    person.browser.run("delivery.go_on(); return true;", Value::Null).await?;
    person.browser.until("a delivery", "return delivery.left() === 1;", Value::Null).await?;
    tokio::select! {
        () = cut_again_and_again(&scene.network) => {}
        delivered = delivered(&person) => delivered?,
    }
    let sent = scene.network.bytes_sent() as f64;
    person.browser.close().await?;
    let photographs = f64::from(PHOTOS * LENGTH);
    Ok(Figure::beside((sent / photographs - 1.0) * 100.0, None, 5.0).of("%"))
}

async fn cut_again_and_again(network: &Network) {
    loop {
        sleep(HOLDS).await;
        network.cut();
        sleep(IS_CUT).await;
        network.mend();
    }
}

/// Waits until the phone has the proof that everything is there.
async fn delivered(person: &Person) -> Result<()> {
    let all = "while (delivery.left() !== 0) await new Promise((go) => requestAnimationFrame(go));";
    timeout(PATIENCE, person.browser.run(all, Value::Null))
        .await
        .context("it was not delivered")??;
    Ok(())
}
