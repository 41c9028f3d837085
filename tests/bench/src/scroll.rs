//! Whether long lists move smoothly under the finger.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::phone::{Begun, ITEM, Phone};
use crate::{Figure, median};

/// How often a list is moved from its head to its end.
const TIMES: usize = 3;
/// Moves the page to its end, 200 points a frame as a hard flick does, and tells the longest that
/// the page's own thread worked for one frame, and how far it came. The first frames are those that
/// the screen itself came with. Painting is done elsewhere, on a phone by a processor of its own.
const SCROLL: &str = "
    const frame = () => new Promise((go) => requestAnimationFrame(go));
    const all = document.scrollingElement;
    all.scrollTop = 0;
    for (let still = 0; still < 30; still += 1) await frame();
    const moved = () => new Promise((go) => requestAnimationFrame(() => {
        const begun = performance.now();
        const done = new MessageChannel();
        done.port1.onmessage = () => go(performance.now() - begun);
        scrollBy({ top: 200, behavior: 'instant' });
        done.port2.postMessage(null);
    }));
    let longest = 0;
    while (all.scrollTop + innerHeight < all.scrollHeight - 2) longest = Math.max(longest, await moved());
    return [longest, all.scrollTop];";

/// The rows of a form's list.
pub(crate) async fn rows(count: usize) -> Result<Figure> {
    let survey = ",begin repeat,person,家里人,,,\n,text,who,姓名,,,\n,select_one rel,rel,是您什么人,,,\n\
                  ,integer,age,多大,,,\n,end repeat,,,,,\nchoices,,,,,,\n,list_name,name,label,,,\n\
                  ,rel,son,儿子,,,\n,rel,wife,妻子,,,\n";
    let phone = Phone::with_form(survey, Begun { item: ITEM, rows: count, times: 1 }).await?;
    phone.look_at_mine().await?;
    phone.open_draft().await?;
    phone.person.sees(&format!("[data-row='{count}']")).await?;
    longest_frame(phone).await
}

/// The drafts in 我的.
pub(crate) async fn drafts(count: usize) -> Result<Figure> {
    let phone = Phone::with(Begun { item: "bxsj", rows: 1, times: count }).await?;
    phone.look_at_mine().await?;
    let all = format!("return document.querySelectorAll('[data-application]').length === {count};");
    phone.person.browser.until("all drafts", &all, Value::Null).await?;
    longest_frame(phone).await
}

/// The one in the middle of the longest frames of each time.
async fn longest_frame(phone: Phone) -> Result<Figure> {
    let mut longest = Vec::new();
    for _ in 0..TIMES {
        let seen = phone.person.browser.run(SCROLL, Value::Null).await?;
        ensure!(seen[1].as_f64() > Some(1000.0), "nothing moved: {seen}");
        longest.push(seen[0].as_f64().context("a number")?);
    }
    phone.end().await?;
    Ok(Figure::beside(median(longest), None, 50.0))
}
