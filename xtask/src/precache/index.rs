//! `index.html`: the tags that load the app, without any inline script; two stylesheets in place of
//! many; the build's revision.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::build::{self, Build};
use super::style::minify;

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
        let is_mark =
            |tag: &&str| tag.starts_with("<meta") && attribute(tag, "name") == Some("boot");
        let mark = tags_of(html)
            .find(is_mark)
            .context("index.html must say <meta name=\"boot\"> where the app's scripts belong")?;
        let mut edited = html.replace(mark, &tags);
        for left in tags_of(html).filter(|tag| tag.contains(" data-trunk")) {
            edited = edited.replace(left, "");
        }
        Ok(edited)
    })
}

/// Makes one stylesheet of all, in their order: on a weak link each request counts.
pub(crate) fn join_styles(folder: &Path) -> Result<()> {
    edit(folder, |html| {
        let is_style = |tag: &&str| attribute(tag, "rel") == Some("stylesheet");
        let links: Vec<&str> = tags_of(html).filter(is_style).collect();
        let mut joined = String::new();
        for link in &links {
            let path = attribute(link, "href").context("a stylesheet has a path")?;
            let file = folder.join(path.trim_start_matches('/'));
            joined += &fs::read_to_string(&file)?;
            fs::remove_file(file)?;
        }
        let joined = minify(&joined)?;
        let name = build::hashed_name("style", "css", joined.as_bytes());
        fs::write(folder.join(&name), joined)?;
        let mut one = Some(format!("<link rel=\"stylesheet\" href=\"/{name}\">"));
        let edited = links.iter().fold(html.to_owned(), |html, link| {
            html.replacen(link, &one.take().unwrap_or_default(), 1)
        });
        Ok(edited)
    })
}

/// Makes one stylesheet of those in the folder `later`, in the order of their names; tells its path.
pub(crate) fn join_later_styles(folder: &Path) -> Result<String> {
    let later = folder.join("later");
    let mut files: Vec<_> = fs::read_dir(&later)
        .context("index.html must copy style/later into the build")?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let mut joined = String::new();
    for file in files {
        joined += &fs::read_to_string(file)?;
    }
    fs::remove_dir_all(later)?;
    let joined = minify(&joined)?;
    let name = build::hashed_name("later", "css", joined.as_bytes());
    fs::write(folder.join(&name), joined)?;
    Ok(format!("/{name}"))
}

/// Says on `<html>` which build the page belongs to.
pub(crate) fn write_revision(folder: &Path, revision: &str) -> Result<()> {
    edit(folder, |html| {
        Ok(html.replacen("<html", &format!("<html data-revision=\"{revision}\""), 1))
    })
}

/// All tags, in their order.
fn tags_of(html: &str) -> impl Iterator<Item = &str> {
    let rest = |from: usize| Some(&html[from..=from + html[from..].find('>')?]);
    html.match_indices('<').filter_map(move |(from, _)| rest(from))
}

/// An attribute's value, quoted or, as Trunk leaves it, not.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let beginning = format!(" {name}=");
    let value = &tag[tag.find(&beginning)? + beginning.len()..];
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([' ', '>']).next(),
    }
}

fn edit(folder: &Path, change: impl FnOnce(&str) -> Result<String>) -> Result<()> {
    let path = folder.join("index.html");
    let html = change(&fs::read_to_string(&path)?)?;
    Ok(fs::write(path, html)?)
}
