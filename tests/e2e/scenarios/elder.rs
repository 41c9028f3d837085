//! Somebody who reads and writes with difficulty: hears the questions, and speaks instead of writing.

use anyhow::{Context, Result, ensure};
use e2e::browser::{Engine, Find};
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::{Value, json};

/// A phone with a Chinese voice, which keeps in mind what it said.
const VOICE: &str = "
window.said = [];
const voice = { lang: 'zh-CN', name: 'a voice', localService: true };
class Utterance { constructor(text) { this.text = text; } }
Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [voice], speak: (one) => said.push(one.text), cancel: () => {},
} });
";

/// In 长辈版 questions are read by themselves and on demand, answers are said back, words can be
/// spoken; the office reads that the person was told what becomes of it, and hears them.
pub(crate) async fn who_cannot_read_hears_and_who_cannot_write_speaks() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    let tools = person.browser.dev_tools().context("Chromium has them")?;
    tools.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": VOICE })).await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.prefers(&[("mode", "elder")]).await?;
    person.begin("gljt").await?;
    is_said(&person, "办理方式").await?;
    is_said(&person, "可以选：本人办理、").await?;
    person.browser.tap(&Find::selector("[data-choice=self]")).await?;
    is_said(&person, "您填的是：本人办理").await?;
    let before = count_said(&person, "办理方式").await?;
    person.act("read-aloud").await?;
    ensure!(count_said(&person, "办理方式").await? > before, "it is read again when asked for");

    person.act("next").await?;
    person.sees("[data-question=app_name] [data-action=speak]").await?;
    person.act("speak").await?;
    person.act("record").await?;
    // Of the minute that there is, the first second has passed.
    person.reads("还能说 0:5").await?;
    person.act("record").await?;
    person.sees("[data-question=app_name] audio").await?;
    person.has_kept_all_answers().await?;
    person.act("next").await?;
    person.sees("[data-question=app_idtype]").await?;
    person.act("next").await?;
    // A number has to be typed.
    person.sees("[data-question=app_id]").await?;
    person.sees_no_more("[data-question=app_id] [data-action=speak]").await?;

    // Notes are heard too, and what was told before the first answer can be read once more.
    person.skip_to("[data-question=privacy]").await?;
    is_said(&person, "镇里只为办这件事用您的信息").await?;
    person.skip_to_review().await?;
    person.act("read-notice").await?;
    person.reads("市民政局、代发银行").await?;
    person.keep_picture("notice-again").await
}

async fn is_said(person: &Person, words: &str) -> Result<()> {
    let said = "return said.some((one) => one.includes(args));";
    person.browser.until(&format!("{words} to be said"), said, json!(words)).await?;
    Ok(())
}

async fn count_said(person: &Person, words: &str) -> Result<u64> {
    let said = "return said.filter((one) => one.includes(args)).length;";
    let count = person.browser.run(said, json!(words)).await?;
    Value::as_u64(&count).context("a number")
}
