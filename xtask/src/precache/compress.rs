//! Compressed siblings, which the server sends to whoever takes them: `.br` and `.gz`.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, ensure};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// What compresses well. Pictures and sounds are compressed already.
const KINDS: [&str; 8] = ["bin", "css", "html", "js", "json", "svg", "wasm", "webmanifest"];
/// Below that many bytes a header costs more than is won.
const LEAST: u64 = 256;

/// Compresses, as well as it can be, every file in `folder` for which that pays.
pub(crate) fn write_siblings(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            write_siblings(&path)?;
        } else if path.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known))
            && entry.metadata()?.len() >= LEAST
        {
            let plain = fs::read(&path)?;
            fs::write(sibling(&path, "br"), brotli(&plain)?)?;
            fs::write(sibling(&path, "gz"), gzip(&plain)?)?;
        }
    }
    Ok(())
}

/// The most that a first visit may load of the app before the first question, in compressed bytes:
/// what is left of 260 kB for the pack, a form and headers, and of six seconds at 50 kB/s for
/// starting (`docs/decisions/0007-size.md`).
const MOST_AT_FIRST: u64 = 240_000;

/// Refuses a build that became too large.
///
/// `later`: the beginning of the names of what the first question does not need.
pub(crate) fn weigh(folder: &Path, later: &[&str]) -> Result<()> {
    let mut weight = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".br") && !later.iter().any(|later| name.starts_with(later)) {
            weight += entry.metadata()?.len();
        }
    }
    ensure!(
        weight <= MOST_AT_FIRST,
        "the app's first visit loads {weight} bytes, more than {MOST_AT_FIRST}; what the first \
         question does not need belongs behind src/later.rs"
    );
    Ok(())
}

fn sibling(path: &Path, extension: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

/// As small as brotli makes it.
pub(crate) fn brotli(plain: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let how = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: plain.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &how)?;
    Ok(packed)
}

fn gzip(plain: &[u8]) -> Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(plain)?;
    Ok(packed.finish()?)
}
