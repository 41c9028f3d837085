//! Any bytes as a compiled form. Only reading: a form is of use once its digest is the signed
//! pack's, and then it is one that was compiled.
#![cfg_attr(fuzzing, no_main)]

use std::collections::BTreeMap;

use form::Form;
use fuzz::Target;
use fuzz::seeds::{self, Written};

const TARGET: Target = Target { run, seeds, words: Vec::new };

fuzz::target!(TARGET);

fn run(bytes: &[u8]) {
    let Ok(form) = Form::from_bytes(bytes) else { return };
    // Compared as bytes: a form may hold a number that is no number.
    let packed = form.to_bytes();
    let read = Form::from_bytes(&packed).map(|read| read.to_bytes());
    assert_eq!(read, Ok(packed), "it is read as it was written");
}

fn seeds() -> Vec<Vec<u8>> {
    let packed = |Written { workbook, files }: Written| {
        let files: BTreeMap<_, _> = files.into_iter().collect();
        Some(xlsform::read(workbook.as_bytes(), &files).ok()?.to_bytes())
    };
    seeds::forms().into_iter().filter_map(packed).collect()
}
