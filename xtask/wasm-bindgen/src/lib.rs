//! wasm-bindgen's command line, for modules of one file or of two.
//!
//! What Rust's linker makes is one module. Where it says that a part of it can be loaded later
//! (`wasm_split_helpers`), that part becomes a file of its own, `snippets/later.wasm`, and the
//! JavaScript glue loads it when it is wanted: `docs/decisions/0007-size.md`.

mod locations;
mod short_names;
mod slim;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_split_cli_support::Options;

/// What stands in the second file's place in the glue. `cargo xtask precache` fills in its path.
const LATER: &str = "\"./split_later.wasm\"";
/// The section by which the linker leaves a module open to be split.
const LINKING: &str = "linking";

/// Runs wasm-bindgen with `arguments`, as its own program does.
///
/// # Errors
/// What wasm-bindgen tells, or where the module cannot be split.
pub fn bindgen(arguments: Vec<OsString>) -> Result<()> {
    // Asked for its version, for example.
    let Some(call) = Call::of(&arguments) else {
        return wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments);
    };
    let module = fs::read(&call.module).with_context(|| call.module.display().to_string())?;
    if !slim::has_section(&module, LINKING)? {
        return wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments);
    }
    let folder = call.out.join("split");
    let first = folder.join("first.wasm");
    let mut options = Options::new(&module);
    options.output_dir = &folder;
    options.main_out_path = &first;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow::anyhow!("the module cannot be split: {error:#}"))?;
    let [later] = &*split.split_modules else {
        bail!("one file is to be loaded later, not {}", split.split_modules.len());
    };

    let mut arguments = arguments;
    for argument in &mut arguments {
        if Path::new(argument) == call.module {
            *argument = first.clone().into();
        }
    }
    // The second file needs the table of functions; names are for debuggers.
    let more = ["--keep-lld-exports", "--remove-name-section", "--remove-producers-section"];
    arguments.extend(more.map(OsString::from));
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments)?;

    let later = slim::without_custom_sections(&fs::read(later)?)?;
    let glue = call.out.join(format!("{}.js", call.name));
    let link = fs::read_to_string(folder.join("__wasm_split.js"))?;
    let joined = join(&fs::read_to_string(&glue)?, &link)?;
    let first = call.out.join(format!("{}_bg.wasm", call.name));
    let module = slim::without_custom_sections(&fs::read(&first)?)?;
    let (module, joined) = short_names::give(&module, joined)?;
    let snippets = call.out.join("snippets");
    fs::create_dir_all(&snippets)?;
    let paths = [first, snippets.join("later.wasm")];
    for (path, module) in paths.iter().zip(locations::forget(vec![module, later])?) {
        fs::write(path, module)?;
    }
    fs::write(&glue, joined)?;
    Ok(())
}

/// What is asked of wasm-bindgen.
struct Call {
    module: PathBuf,
    out: PathBuf,
    name: String,
}

impl Call {
    fn of(arguments: &[OsString]) -> Option<Self> {
        let texts: Vec<String> =
            arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
        let value = |name: &str| {
            let joined = texts.iter().find_map(|text| text.strip_prefix(name)?.strip_prefix('='));
            let next = || {
                let place = texts.iter().position(|text| text == name)?;
                texts.get(place + 1).map(String::as_str)
            };
            joined.or_else(next).map(str::to_owned)
        };
        let module = texts.iter().skip(1).find(|text| text.ends_with(".wasm"));
        let module = PathBuf::from(module?);
        let stem = module.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Some(Self {
            out: value("--out-dir").unwrap_or_else(|| ".".to_owned()).into(),
            name: value("--out-name").unwrap_or(stem),
            module,
        })
    }
}

/// The glue with what loads the second file: one file, because each needs the other.
fn join(glue: &str, link: &str) -> Result<String> {
    const IMPORT: &str = "import * as import1 from \"./__wasm_split.js\"";
    const BACK: &str = "import { initSync } from \"./main.js\";";
    const LOADER: &str = "export const __wasm_split_load_later";
    let is_as_expected = glue.contains(IMPORT)
        && link.contains(BACK)
        && link.matches(LOADER).count() == 1
        && link.contains(LATER);
    if !is_as_expected {
        bail!("the glue of a split module looks different in this version of its tools");
    }
    let link = link.replace(BACK, "").replace(LOADER, "const __wasm_split_load_later");
    Ok(format!(
        "{}\n{link}\nconst import1 = {{ __wasm_split_load_later }};\n",
        glue.replace(IMPORT, "")
    ))
}
