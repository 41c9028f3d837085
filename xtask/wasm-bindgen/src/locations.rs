//! Where in the source a panic happened: no phone shows it, and it is a thirtieth of the download.
//!
//! Rust keeps a `core::panic::Location` for every place that can panic: file, length of its name,
//! line, column, 16 bytes in the data of the module, and the name of the file once. Both are emptied
//! here, where they stand: nothing moves. Messages of panics stay.

use std::ops::Range;

use anyhow::Result;
use wasmparser::{DataKind, Operator, Parser, Payload};

/// Bytes of one location.
const SIZE: usize = 16;
/// A `&str` of no length points to 1.
const NOWHERE: [u8; SIZE] = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/// No source file is longer, no line wider, no name longer.
const MOST_LINES: u32 = 100_000;
const MOST_COLUMNS: u32 = 1_000;
const MOST_LETTERS: u32 = 300;

/// The modules, which share one memory, without the locations.
pub(crate) fn forget(mut modules: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>> {
    let mut segments = Vec::new();
    for (module, bytes) in modules.iter().enumerate() {
        segments.extend(segments_of(module, bytes)?);
    }
    let mut locations = Vec::new();
    let mut names = Vec::new();
    for segment in &segments {
        let bytes = &modules[segment.module][segment.bytes.clone()];
        let first = (4 - segment.address as usize % 4) % 4;
        for at in (first..bytes.len().saturating_sub(SIZE - 1)).step_by(4) {
            let word = |place: usize| {
                let four = &bytes[at + 4 * place..at + 4 * place + 4];
                u32::from_le_bytes([four[0], four[1], four[2], four[3]])
            };
            let (name, length, line, column) = (word(0), word(1), word(2), word(3));
            let is_place = (1..MOST_LINES).contains(&line) && (1..MOST_COLUMNS).contains(&column);
            if is_place && let Some(name) = source(&modules, &segments, name, length) {
                locations.push((segment.module, segment.bytes.start + at));
                names.push(name);
            }
        }
    }
    for (module, at) in locations {
        modules[module][at..at + SIZE].copy_from_slice(&NOWHERE);
    }
    for (module, name) in names {
        modules[module][name].fill(0);
    }
    Ok(modules)
}

/// A piece of the memory, as a module brings it along.
struct Segment {
    module: usize,
    address: u32,
    /// Where in the module its bytes are.
    bytes: Range<usize>,
}

fn segments_of(module: usize, bytes: &[u8]) -> Result<Vec<Segment>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let Payload::DataSection(section) = payload? else { continue };
        for data in section {
            let data = data?;
            let DataKind::Active { offset_expr, .. } = data.kind else { continue };
            if let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? {
                let end = usize::try_from(data.range.end)?;
                let bytes = end - data.data.len()..end;
                segments.push(Segment { module, address: value.cast_unsigned(), bytes });
            }
        }
    }
    Ok(segments)
}

/// Where the name of a source file is, if that is what is there.
fn source(
    modules: &[Vec<u8>],
    segments: &[Segment],
    address: u32,
    length: u32,
) -> Option<(usize, Range<usize>)> {
    if !(4..MOST_LETTERS).contains(&length) {
        return None;
    }
    let segment = segments.iter().find(|segment| {
        let inside = address.checked_sub(segment.address).map(|place| place as usize);
        inside.is_some_and(|place| place + length as usize <= segment.bytes.len())
    })?;
    let start = segment.bytes.start + (address - segment.address) as usize;
    let range = start..start + length as usize;
    let name = &modules[segment.module][range.clone()];
    let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/\\-_.".contains(byte);
    (name.ends_with(b".rs") && name.iter().all(is_path)).then_some((segment.module, range))
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{ConstExpr, DataSection, MemorySection, MemoryType, Module};

    use super::*;

    fn module(data: &[u8]) -> Vec<u8> {
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut section = DataSection::new();
        section.active(0, &ConstExpr::i32_const(1024), data.iter().copied());
        let mut module = Module::new();
        module.section(&memories).section(&section);
        module.finish()
    }

    fn data(words: [u32; 4], name: &[u8]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).chain(name.iter().copied()).collect()
    }

    #[test]
    fn a_location_is_emptied_and_nothing_moves() {
        let before = module(&data([1040, 10, 7, 5], b"src/lib.rshello"));
        let after = forget(vec![before.clone()]).unwrap().remove(0);
        assert_eq!(after, module(&data([1, 0, 0, 0], b"\0\0\0\0\0\0\0\0\0\0hello")));
        assert_eq!(after.len(), before.len());
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for words in [[1040, 10, 0, 5], [1040, 9, 7, 5], [1041, 99, 7, 5], [9, 10, 7, 5]] {
            let before = module(&data(words, b"src/lib.rshello"));
            assert_eq!(forget(vec![before.clone()]).unwrap(), [before]);
        }
    }
}
