//! Short names for what a module imports: wasm-bindgen's hold a hash each, which no compression
//! makes smaller, and they stand in the module and in its glue.

use anyhow::{Result, ensure};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// The module and its glue with short names in both.
pub(crate) fn give(module: &[u8], mut glue: String) -> Result<(Vec<u8>, String)> {
    let mut short = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Payload::ImportSection(section) = &payload {
            let mut imports = ImportSection::new();
            for (place, import) in section.clone().into_imports().enumerate() {
                let import = import?;
                let kind = RoundtripReencoder.entity_type(import.ty)?;
                // What other files name stays: only the glue knows the others.
                let name = if import.name.starts_with("__wb") {
                    let name = format!("i{place}");
                    glue = renamed(&glue, import.name, &name)?;
                    name
                } else {
                    import.name.to_owned()
                };
                let from = if import.module.ends_with("_bg.js") { "." } else { import.module };
                imports.import(from, &name, kind);
            }
            short.section(&imports);
        } else if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            short.section(&RawSection { id, data: &module[range] });
        }
    }
    let from = glue.split('"').find(|text| text.ends_with("_bg.js")).map(str::to_owned);
    if let Some(from) = from {
        glue = glue.replace(&format!("\"{from}\""), "\".\"");
    }
    Ok((short.finish(), glue))
}

fn renamed(glue: &str, from: &str, to: &str) -> Result<String> {
    let key = format!(" {from}: ");
    ensure!(glue.matches(&key).count() == 1, "the glue does not give {from} once");
    Ok(glue.replace(&key, &format!(" {to}: ")))
}
