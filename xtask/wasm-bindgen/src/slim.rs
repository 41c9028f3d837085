//! Custom sections of a module: what is for tools, and no phone needs.

use anyhow::Result;
use wasm_encoder::{Module, RawSection};
use wasmparser::{Parser, Payload};

/// Whether there is a custom section of this name.
pub(crate) fn has_section(module: &[u8], name: &str) -> Result<bool> {
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CustomSection(section) = payload?
            && section.name() == name
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The module without any custom section.
pub(crate) fn without_custom_sections(module: &[u8]) -> Result<Vec<u8>> {
    let mut slim = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if let Some((id, range)) = payload.as_section()
            && !matches!(payload, Payload::CustomSection(_))
        {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            slim.section(&RawSection { id, data: &module[range] });
        }
    }
    Ok(slim.finish())
}
