//! PouchDB and Dexie, which keep things in browsers too, at what the vault and the courier are
//! measured at: on the same page, in the same browser, in the same run.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use e2e::person::Person;
use e2e::process::Process;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::page::{FORM, IS_THERE, folder, work};
use crate::start::weak_link;
use crate::{Figure, median};

/// Puts beside `ours` what they take to keep a household of four after each of `times` answers.
pub(crate) async fn beside_saves(ours: Figure, person: &Person, times: u32) -> Result<Figure> {
    let peers = [
        ("PouchDB, before it is on the disk", "pouchSavesAsItIs"),
        ("PouchDB, made to wait for the disk", "pouchSavesDurably"),
        ("Dexie, waiting for the disk", "dexieSaves"),
    ];
    let flat = "page.plain_answers(form, 4, true)";
    beside(ours, person, &peers, &format!("{flat}, {times}"), "ybcb").await
}

/// Puts beside `ours` what they take to list `count` things, of which they keep no more than is
/// listed.
pub(crate) async fn beside_lists(ours: Figure, person: &Person, count: u32) -> Result<Figure> {
    let peers = [("PouchDB", "pouchLists"), ("Dexie", "dexieLists")];
    beside(ours, person, &peers, &count.to_string(), "bxsj").await
}

async fn beside(
    mut ours: Figure,
    person: &Person,
    peers: &[(&'static str, &str)],
    arguments: &str,
    item: &str,
) -> Result<Figure> {
    if !are_here()? {
        return Ok(ours);
    }
    for (name, measure) in peers {
        let what = format!(
            "{FORM} const stores = await import('/stores.js'); return stores.{measure}({arguments});"
        );
        let took = work(person, &what, json!({ "item": item })).await;
        ours = ours.and(name, median(took.with_context(|| (*name).to_owned())?));
    }
    Ok(ours)
}

/// Puts beside `ours` what PouchDB takes to replicate `count` applications over the weak link, to a
/// CouchDB that is as near as our township. Dexie alone delivers nothing.
pub(crate) async fn beside_delivery(ours: Figure, person: &Person, count: u32) -> Result<Figure> {
    let Some(install) = std::env::var_os("XST_BENCH_COUCH").map(PathBuf::from) else {
        return Ok(ours);
    };
    if !are_here()? {
        return Ok(ours);
    }
    let script = format!("{FORM} return page.plain_answers(form, 1, false);");
    let answers = person.browser.run(&script, json!({ "item": "bxsj" })).await?;
    let data = tempfile::tempdir()?;
    let couch = Couch::start(&install, data.path()).await?;
    person.browser.go(&couch.origin).await?;
    person.browser.until("the page of measures", IS_THERE, Value::Null).await?;
    let call =
        |what: &str| format!("const stores = await import('/stores.js'); return stores.{what};");
    let args = json!({ "answers": answers, "count": count });
    work(person, &call("pouchFills(args.answers, args.count)"), args.clone()).await?;
    weak_link(person).await?;
    let took = work(person, &call("pouchDelivers(args.count)"), args).await.context("PouchDB")?;
    couch.process.kill().await?;
    Ok(ours.and("PouchDB", median(took)))
}

fn are_here() -> Result<bool> {
    Ok(folder()?.join("stores.js").is_file())
}

/// A CouchDB that serves the page of measures too.
struct Couch {
    process: Process,
    origin: String,
}

impl Couch {
    /// Starts the one that is installed in `install`, keeping everything in `data`.
    async fn start(install: &Path, data: &Path) -> Result<Self> {
        let mut command = Command::new("node");
        command.arg(install.join("couch.cjs")).arg(folder()?).arg(data);
        let mut process = Process::start(command.stdout(Stdio::piped()))?;
        let output = process.take_output().context("it was asked for")?;
        let mut lines = BufReader::new(output).lines();
        let said = tokio::time::timeout(e2e::PATIENCE, lines.next_line()).await??;
        let port = said.as_deref().and_then(|said| said.strip_prefix("listening "));
        let origin = format!("http://127.0.0.1:{}/", port.context("it does not listen")?);
        // Nobody reads the rest, but the pipe must not fill up.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self { process, origin })
    }
}
