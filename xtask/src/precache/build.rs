//! The files of a build and their hashes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// What Trunk and wasm-bindgen named.
pub(crate) struct Build {
    /// The path of the JavaScript glue.
    pub(crate) glue: String,
    /// The path of the WebAssembly module.
    pub(crate) wasm: String,
}

/// A file that phones get.
pub(crate) struct File {
    /// Its path on the server, such as `/boot-0123456789abcdef.js`.
    pub(crate) path: String,
    /// SHA-256 of the content.
    pub(crate) digest: [u8; 32],
}

impl File {
    /// As `integrity` of the Fetch standard wants it.
    pub(crate) fn integrity(&self) -> String {
        format!("sha256-{}", BASE64_STANDARD.encode(self.digest))
    }

    /// Whether the name holds a hash of the content: 16 hexadecimal digits after a `-`.
    pub(crate) fn is_hashed(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split(['-', '.'])
            .skip(1)
            .any(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }
}

impl Build {
    /// Finds what Trunk put into `folder`, and gives it names that hold its own hash: Trunk's
    /// hashes lose their leading zeros.
    pub(crate) fn name(folder: &Path) -> Result<Self> {
        let names: Vec<String> = fs::read_dir(folder)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_>>()?;
        let Some((wasm, program)) = names
            .iter()
            .find_map(|name| Some((name, name.strip_suffix("_bg.wasm")?.rsplit_once('-')?.0)))
        else {
            bail!("there is no WebAssembly in {}", folder.display());
        };
        let glue = names
            .iter()
            .find(|name| {
                name.strip_prefix(program).is_some_and(|rest| rest.starts_with('-'))
                    && name.ends_with(".js")
            })
            .with_context(|| format!("there is no JavaScript for {wasm}"))?;
        name_later(folder, &folder.join(glue))?;
        Ok(Self { glue: rename(folder, glue, program)?, wasm: rename(folder, wasm, program)? })
    }
}

/// Gives the file that is loaded later, where there is one, a name that holds its hash, and tells
/// the glue (`xtask/wasm-bindgen`).
fn name_later(folder: &Path, glue: &Path) -> Result<()> {
    const MARK: &str = "./split_later.wasm";
    let snippets = folder.join("snippets");
    let later = snippets.join("later.wasm");
    let text = fs::read_to_string(glue)?;
    if !text.contains(MARK) {
        return Ok(());
    }
    let name = hashed_name("later", "wasm", &fs::read(&later)?);
    fs::rename(later, folder.join(&name))?;
    fs::remove_dir(snippets)?;
    Ok(fs::write(glue, text.replace(MARK, &format!("./{name}")))?)
}

/// Gives a file of Trunk's a name that holds its hash; tells its path.
fn rename(folder: &Path, name: &str, stem: &str) -> Result<String> {
    let extension = Path::new(name).extension().unwrap_or_default().to_string_lossy();
    let hashed = hashed_name(stem, &extension, &fs::read(folder.join(name))?);
    fs::rename(folder.join(name), folder.join(&hashed))?;
    Ok(format!("/{hashed}"))
}

/// Fills in a script and gives it a name that holds its hash; tells its path.
pub(crate) fn give_hashed_name(
    folder: &Path,
    stem: &str,
    fill: impl FnOnce(String) -> String,
) -> Result<String> {
    let template = folder.join(format!("{stem}.js"));
    let text = fs::read_to_string(&template)
        .with_context(|| format!("index.html must copy public/{stem}.js into the build"))?;
    // What is for those who read the source.
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let text = fill(lines.collect::<Vec<_>>().join("\n"));
    let name = hashed_name(stem, "js", text.as_bytes());
    fs::write(folder.join(&name), text)?;
    fs::remove_file(template)?;
    Ok(format!("/{name}"))
}

/// The name of a file with this content.
pub(crate) fn hashed_name(stem: &str, extension: &str, content: &[u8]) -> String {
    format!("{stem}-{}.{extension}", hex(&Sha256::digest(content)[..8]))
}

/// All files for phones, in the order of their paths, `index.html` as `/`. The service worker is
/// not among them, nor what begins with a dot, nor compressed siblings.
pub(crate) fn files(folder: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}/{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else if !name.starts_with('.')
            && path != "/sw.js"
            && !name.ends_with(".br")
            && !name.ends_with(".gz")
        {
            let digest = Sha256::digest(fs::read(entry.path())?).into();
            let path = if path == "/index.html" { "/".to_owned() } else { path };
            files.push(File { path, digest });
        }
    }
    Ok(())
}

/// Names the build: the same files, the same name.
pub(crate) fn revision(files: &[File]) -> String {
    let mut digest = Sha256::new();
    for file in files {
        digest.update(&file.path);
        digest.update([0]);
        digest.update(file.digest);
    }
    hex(&digest.finalize()[..8])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::File;

    #[test]
    fn only_a_name_with_sixteen_hexadecimal_digits_is_hashed() {
        let is_hashed = |path: &str| File { path: path.to_owned(), digest: [0; 32] }.is_hashed();
        assert!(is_hashed("/boot-0123456789abcdef.js"));
        assert!(is_hashed("/xiangshitong-0123456789abcdef.wasm"));
        assert!(!is_hashed("/manifest.webmanifest"));
        assert!(!is_hashed("/icon-192.png"));
        assert!(!is_hashed("/xiangshitong-123456789abcdef.wasm"));
        assert!(!is_hashed("/"));
    }
}
