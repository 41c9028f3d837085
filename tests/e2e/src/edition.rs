//! A next edition of the built app: the same, but with other WebAssembly modules, and so with other
//! names of its files and another revision.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// A section that every engine skips: its kind, its length, and a name.
const SECTION: &[u8] = b"\0\x08\x07edition";

/// Writes the next edition of the app in `from` to the new folder `to`, without compressed
/// siblings, and tells its revision.
///
/// # Errors
/// Where `from` is not what `cargo xtask run` builds.
pub fn write_next(from: &Path, to: &Path) -> Result<String> {
    copy(from, to)?;
    let next = |name: String, content: Vec<u8>| -> Result<(String, String)> {
        let next = renamed(&name, &content)?;
        fs::remove_file(to.join(&name))?;
        fs::write(to.join(&next), content)?;
        Ok((name, next))
    };
    let mut names = Vec::new();
    for program in ["later-", "xiangshitong-"] {
        let wasm = name(to, |name| name.starts_with(program) && name.ends_with(".wasm"))?;
        let mut module = fs::read(to.join(&wasm))?;
        module.extend(SECTION);
        names.push(next(wasm, module)?);
    }
    // The glue names the later module, and the start the glue and the first module.
    for script in ["xiangshitong-", "start-"] {
        let script = name(to, |name| name.starts_with(script) && name.ends_with(".js"))?;
        let text = with_names(fs::read_to_string(to.join(&script))?, &names);
        names.push(next(script, text.into_bytes())?);
    }
    let index = with_names(fs::read_to_string(to.join("index.html"))?, &names);
    let revision = index
        .split_once("data-revision=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(revision, _)| revision.to_owned())
        .context("the page says its revision")?;
    let next_revision = hex(index.as_bytes());
    fs::write(to.join("index.html"), index.replace(&revision, &next_revision))?;
    let worker = with_names(fs::read_to_string(to.join("sw.js"))?, &names)
        .replace(&revision, &next_revision);
    let lines: Result<Vec<String>> = worker.lines().map(|line| with_integrity(line, to)).collect();
    fs::write(to.join("sw.js"), lines?.join("\n"))?;
    Ok(next_revision)
}

/// `text` with the next names in place of these.
fn with_names(text: String, names: &[(String, String)]) -> String {
    names.iter().fold(text, |text, (name, next)| text.replace(name, next))
}

/// A line of the worker's list of files, with the integrity that the file has now.
fn with_integrity(line: &str, folder: &Path) -> Result<String> {
    let parts: Vec<&str> = line.split('"').collect();
    let ["  [", path, ", ", integrity, _] = parts[..] else { return Ok(line.to_owned()) };
    let file = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    let digest = Sha256::digest(fs::read(folder.join(file))?);
    Ok(line.replace(integrity, &format!("sha256-{}", BASE64_STANDARD.encode(digest))))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let kind = Path::new(&name).extension().unwrap_or_default();
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(&name))?;
        } else if kind != "br" && kind != "gz" {
            fs::copy(entry.path(), to.join(&name))?;
        }
    }
    Ok(())
}

fn name(folder: &Path, is_it: impl Fn(&str) -> bool) -> Result<String> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_it(&name) {
            return Ok(name);
        }
    }
    anyhow::bail!("{} is not a built app", folder.display())
}

/// The name with the hash of the new content in place of the old one's.
fn renamed(name: &str, content: &[u8]) -> Result<String> {
    let is_hash =
        |part: &&str| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hash = name.split(['-', '.']).find(is_hash);
    let hash = hash.with_context(|| format!("{name} holds no hash"))?;
    Ok(name.replace(hash, &hex(content)))
}

fn hex(content: &[u8]) -> String {
    Sha256::digest(content)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
