//! Any bytes as a spreadsheet, and the form that comes out filled in.
//!
//! In text, pyxform's notation for .csv, NULs divide the sheets from the files beside the form: one
//! in .csv, one in .xml, one in .geojson. Text that begins with [`PARTS`] is the inside of an .xlsx
//! or .ods, names and parts in turn: whatever is changed in a real one, its checksums are wrong.
#![cfg_attr(fuzzing, no_main)]

use std::io::{Cursor, Read, Write};
use std::rc::Rc;

use form::Form;
use fuzz::seeds::{self, Written};
use fuzz::{Target, fill};
use xlsform::{Checked, Fault, Files};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const TARGET: Target = Target { run, seeds, words };

fuzz::target!(TARGET);

const PARTS: &[u8] = b"parts\0";

/// The endings of the files beside a form, in their order.
const ENDINGS: [&str; 3] = ["csv", "xml", "geojson"];

/// One file for each ending, whatever its name.
struct Beside<'b>(Vec<&'b [u8]>);

impl Files for Beside<'_> {
    fn file(&self, name: &str) -> Option<Vec<u8>> {
        let (_, ending) = name.rsplit_once('.')?;
        let place = ENDINGS.iter().position(|own| *own == ending)?;
        self.0.get(place).map(|bytes| bytes.to_vec())
    }
}

fn run(bytes: &[u8]) {
    if let Some(parts) = bytes.strip_prefix(PARTS) {
        return check(&zipped(parts), &Beside(Vec::new()));
    }
    if str::from_utf8(bytes).is_err() {
        return check(bytes, &Beside(Vec::new()));
    }
    let mut parts = bytes.split(|byte| *byte == 0);
    let sheets = parts.next().unwrap_or_default();
    check(sheets, &Beside(parts.collect()));
}

fn check(bytes: &[u8], files: &dyn Files) {
    let Checked { definition, form, faults } = xlsform::check(bytes, files);
    assert!(form.is_some() || faults.iter().any(Fault::is_error), "no form and no fault");
    for fault in faults {
        assert!(!fault.what.is_empty() && !fault.remedy.is_empty(), "a fault without words");
    }
    let Some(form) = form else { return };
    let packed = form.to_bytes();
    let read = Form::from_bytes(&packed).map(|read| read.to_bytes());
    assert_eq!(read.as_ref(), Ok(&packed), "it is read as it was written");
    let _ = xform::read(&xform::write(&definition));
    fill(&Rc::new(form), &["1", "1970-01-09", "x", ""]);
}

fn zipped(parts: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut parts = parts.split(|byte| *byte == 0);
    while let (Some(name), Some(part)) = (parts.next(), parts.next()) {
        // A name that was there before is refused; its part is left out.
        if writer.start_file(String::from_utf8_lossy(name), options).is_ok() {
            writer.write_all(part).expect("there is room");
        }
    }
    writer.finish().expect("there is room").into_inner()
}

fn unzipped(workbook: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut parts = PARTS.to_vec();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).expect("it is there");
        // As large as all the rest, and no form speaks of it.
        let name = file.name().expect("it is a text").into_owned();
        if name.contains("theme") {
            continue;
        }
        parts.extend([name.as_bytes(), b"\0"].concat());
        file.read_to_end(&mut parts).expect("it can be read");
        parts.push(0);
    }
    parts
}

fn seeds() -> Vec<Vec<u8>> {
    let written = seeds::forms().into_iter().map(divided);
    let kinds = |ending| seeds::workbooks("crates/xlsform/tests/formats", ending);
    let inside = [kinds("xlsx"), kinds("ods")].concat();
    let township = seeds::workbooks("township/forms", "xlsx");
    let whole = [kinds("xlsx"), kinds("ods"), kinds("xls"), township].concat();
    written.chain(inside.iter().map(|workbook| unzipped(workbook))).chain(whole).collect()
}

fn divided(form: Written) -> Vec<u8> {
    let file = |ending: &str| {
        let found = form.files.iter().find(|(name, _)| name.ends_with(ending));
        found.map_or(&[][..], |(_, bytes)| bytes)
    };
    [&[form.workbook.as_bytes()], &ENDINGS.map(file)[..]].concat().join(&0)
}

fn words() -> Vec<String> {
    let sheets = seeds::forms().into_iter().map(|form| form.workbook);
    seeds::common(sheets, &['"', ',', '\n', ' '])
}
