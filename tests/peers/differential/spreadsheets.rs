//! Spreadsheets become what pyxform makes of them.

use std::fmt::Write as _;

use peers::canonical;
use peers::known::Known;
use peers::pyxform::{Converted, Pyxform};
use peers::samples::{Sample, Samples};

#[test]
fn spreadsheets_become_the_xforms_that_pyxform_makes() {
    let mut pyxform = Pyxform::start().expect("pyxform is here");
    let known = Known::beside("pyxform").expect("the differences can be read");
    let samples = Samples::gather().expect("the forms are here");
    let mut report = String::new();
    for sample in &samples.all {
        let theirs = pyxform.convert(&sample.path).expect("pyxform answers");
        if let Some(what) = difference(sample, &theirs)
            && !known.differs(&sample.name, "")
        {
            let _ = writeln!(report, "{}\n{what}", sample.name);
        }
    }
    assert!(report.is_empty(), "{report}");
    assert!(known.idle().is_empty(), "these are no differences: {:?}", known.idle());
}

/// How what we make of it differs; nothing where it does not.
///
/// What is declared is compared even where a form is refused here: pyxform reads no expressions and
/// no files beside the form, so it takes much that cannot work.
fn difference(sample: &Sample, theirs: &Converted) -> Option<String> {
    let checked = xlsform::check(&sample.bytes, &sample.files);
    match theirs {
        Converted::Error(_) if checked.form.is_none() => None,
        Converted::Error(error) => Some(format!("  refused there: {error}\n")),
        Converted::Xform(theirs) => {
            let ours = canonical::lines(&xform::write(&checked.definition)).expect("XML");
            let theirs = canonical::lines(theirs).expect("XML");
            told(&ours, &theirs)
        }
    }
}

/// The first lines that differ.
fn told(ours: &[String], theirs: &[String]) -> Option<String> {
    let mut told = String::new();
    for line in ours.iter().filter(|line| !theirs.contains(line)).take(6) {
        let _ = writeln!(told, "  ours   {line}");
    }
    for line in theirs.iter().filter(|line| !ours.contains(line)).take(6) {
        let _ = writeln!(told, "  theirs {line}");
    }
    if told.is_empty() && ours != theirs {
        let place = ours.iter().zip(theirs).position(|(ours, theirs)| ours != theirs);
        let at = |lines: &[String]| lines.get(place.unwrap_or_default()).cloned();
        let _ = writeln!(told, "  another order: {:?}, theirs {:?}", at(ours), at(theirs));
    }
    (!told.is_empty()).then_some(told)
}
