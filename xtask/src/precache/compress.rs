//! Compressed siblings, which the server sends to whoever takes them: `.br` and `.gz`.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// What compresses well. Pictures and sounds are compressed already.
const KINDS: [&str; 7] = ["css", "html", "js", "json", "svg", "wasm", "webmanifest"];
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

fn sibling(path: &Path, extension: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn brotli(plain: &[u8]) -> Result<Vec<u8>> {
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
