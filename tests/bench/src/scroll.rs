//! Whether long lists move smoothly under the finger.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::Figure;
use crate::phone::{Begun, ITEM, Phone};

/// Moves the page down as a fast finger does, to its end, and tells the longest time between two
/// frames. The first frames are those that the screen itself came with.
const SCROLL: &str = "
    const frame = () => new Promise((go) => requestAnimationFrame(go));
    for (let still = 0; still < 30; still += 1) await frame();
    const all = document.scrollingElement;
    let last = await frame();
    let longest = 0;
    while (all.scrollTop + innerHeight < all.scrollHeight - 2) {
        scrollBy({ top: 200, behavior: 'instant' });
        const now = await frame();
        longest = Math.max(longest, now - last);
        last = now;
    }
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

async fn longest_frame(phone: Phone) -> Result<Figure> {
    let seen = phone.person.browser.run(SCROLL, Value::Null).await?;
    phone.end().await?;
    ensure!(seen[1].as_f64() > Some(1000.0), "nothing moved: {seen}");
    Ok(Figure::beside(seen[0].as_f64().context("a number")?, None, 50.0))
}
