//! ODK Validate takes what is written of every form here.

#[path = "../../../crates/xform/tests/xform/forms.rs"]
mod whole;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use peers::known::Known;
use peers::samples::Samples;

#[test]
fn odk_validate_takes_what_is_written_of_every_form() {
    let jar = std::env::var_os("XST_ODK_VALIDATE")
        .expect("XST_ODK_VALIDATE is set: call `cargo xtask test peers`");
    let known = Known::beside("ODK Validate").expect("the differences can be read");
    let samples = Samples::gather().expect("the forms are here");
    let folder = tempfile::tempdir().expect("a folder");
    let mut forms = BTreeMap::new();
    for sample in &samples.all {
        let Ok(definition) = xlsform::define(&sample.bytes, &sample.files) else { continue };
        let path = folder.path().join(format!("{}.xml", forms.len()));
        std::fs::write(&path, xform::write(&definition)).expect("an XForm");
        forms.insert(path, sample.name.clone());
    }
    for definition in whole::all().into_iter().chain([whole::choices()]) {
        let path = folder.path().join(format!("{}.xml", forms.len()));
        std::fs::write(&path, xform::write(&definition)).expect("an XForm");
        forms.insert(path, definition.id);
    }
    let mut refused = Vec::new();
    let mut left: Vec<PathBuf> = forms.keys().cloned().collect();
    while !left.is_empty() {
        let told = told_of(&jar, &left);
        // It ends at a form that it cannot stand: the others are for the next time.
        let seen = told.split("Validating: ").skip(1).count();
        assert!(seen > 0, "ODK Validate does not start: {told}");
        for (path, part) in left.iter().zip(told.split("Validating: ").skip(1)) {
            let form = &forms[path];
            if !part.contains("Xform is valid") && !known.differs(form, "") {
                refused.push(form.as_str());
            }
        }
        left.drain(..seen);
    }
    eprintln!("{} forms", forms.len());
    assert!(refused.is_empty(), "these are refused: {refused:#?}");
    assert!(known.idle().is_empty(), "these are no differences: {:?}", known.idle());
}

fn told_of(jar: &OsStr, forms: &[PathBuf]) -> String {
    let output = Command::new("java")
        .args(["-Djava.awt.headless=true", "-jar"])
        .arg(jar)
        .args(forms)
        .output()
        .expect("java");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
