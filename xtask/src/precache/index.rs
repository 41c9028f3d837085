//! `index.html`: the tags that load the app, without any inline script; one stylesheet in place of
//! many; the build's revision.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::build::{self, Build};

/// The scripts that [`write_tags`] names.
pub(crate) struct Scripts<'a> {
    /// For the glue and the WebAssembly module.
    pub(crate) build: &'a Build,
    /// The path of `boot.js`.
    pub(crate) boot: &'a str,
    /// The path of `start.js`.
    pub(crate) start: &'a str,
}

/// Puts the tags where `<meta name="boot">` stands, and takes away what was for Trunk.
pub(crate) fn write_tags(folder: &Path, scripts: &Scripts<'_>) -> Result<()> {
    let Scripts { build: Build { glue, wasm }, boot, start } = scripts;
    let tags = format!(
        r#"<script src="{boot}" data-start="{start}" async></script><link rel="preload" href="{wasm}" as="fetch" type="application/wasm" crossorigin="anonymous"><link rel="modulepreload" href="{start}"><link rel="modulepreload" href="{glue}">"#
    );
    edit(folder, |html| {
        let mark = tag(html, "<meta name=\"boot\"")
            .context("index.html must say <meta name=\"boot\"> where the app's scripts belong")?;
        let mut html = html.replace(mark, &tags);
        while let Some(left) = tag(&html, "<link data-trunk") {
            html = html.replace(left, "");
        }
        Ok(html)
    })
}

/// Makes one stylesheet of all, in their order: on a weak link each request counts.
pub(crate) fn join_styles(folder: &Path) -> Result<()> {
    edit(folder, |html| {
        let mut html = html.to_owned();
        let mut joined = String::new();
        while let Some(link) = tag(&html, "<link rel=\"stylesheet\"") {
            let path = link.split("href=\"/").nth(1).and_then(|rest| rest.split('"').next());
            let file = folder.join(path.context("a stylesheet has a path")?);
            joined += &fs::read_to_string(&file)?;
            fs::remove_file(file)?;
            html = html.replace(link, "");
        }
        let name = build::hashed_name("style", "css", joined.as_bytes());
        fs::write(folder.join(&name), joined)?;
        Ok(html.replace("</head>", &format!("<link rel=\"stylesheet\" href=\"/{name}\"></head>")))
    })
}

/// Says on `<html>` which build the page belongs to.
pub(crate) fn write_revision(folder: &Path, revision: &str) -> Result<()> {
    edit(folder, |html| {
        Ok(html.replacen("<html", &format!("<html data-revision=\"{revision}\""), 1))
    })
}

/// The first tag that begins so.
fn tag<'a>(html: &'a str, beginning: &str) -> Option<&'a str> {
    let rest = &html[html.find(beginning)?..];
    Some(&rest[..=rest.find('>')?])
}

fn edit(folder: &Path, change: impl FnOnce(&str) -> Result<String>) -> Result<()> {
    let path = folder.join("index.html");
    let html = change(&fs::read_to_string(&path)?)?;
    // Comments and indentation are for those who write the page.
    let mut slim = String::new();
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once("<!--") {
        slim += before;
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    slim += rest;
    let lines: Vec<&str> = slim.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(fs::write(path, lines.join("\n"))?)
}
