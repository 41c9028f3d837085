//! Any text as an ODK XForm; what was read is written, read again and filled in.
#![cfg_attr(fuzzing, no_main)]

use std::collections::BTreeMap;
use std::rc::Rc;

use form::compile;
use fuzz::seeds::{self, Written};
use fuzz::{Target, fill};

const TARGET: Target = Target { run, seeds, words };

fuzz::target!(TARGET);

fn run(bytes: &[u8]) {
    let Ok(xml) = str::from_utf8(bytes) else { return };
    let read = match xform::read(xml) {
        Ok(read) => read,
        Err(faults) => return assert!(!faults.is_empty(), "no form and no fault"),
    };
    let _ = xform::read(&xform::write(&read.definition));
    if let Ok(form) = compile(&read.definition) {
        fill(&Rc::new(form), &["1", "1970-01-09", "x", ""]);
    }
}

fn written() -> impl Iterator<Item = String> {
    let xml = |Written { workbook, files }: Written| {
        let files: BTreeMap<_, _> = files.into_iter().collect();
        let definition = xlsform::define(workbook.as_bytes(), &files).ok()?;
        Some(xform::write(&definition))
    };
    seeds::forms().into_iter().filter_map(xml)
}

fn seeds() -> Vec<Vec<u8>> {
    written().map(String::into_bytes).collect()
}

fn words() -> Vec<String> {
    seeds::common(written(), &['<', '>', '"', '=', ' ', '\n'])
}
