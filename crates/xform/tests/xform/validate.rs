//! ODK Validate takes everything that is written here. A development test: it runs where
//! `ODK_VALIDATE_JAR` names the program (it is in the package of pyxform, in
//! `pyxform/validators/odk_validate/bin/ODK_Validate.jar`) and `java` is at hand.

use std::process::Command;

use crate::forms;

#[test]
fn odk_validate_takes_every_form() {
    if std::env::var_os(JAR).is_none() {
        eprintln!("SKIPPED: {JAR} does not name ODK_Validate.jar; nothing was validated");
        return;
    }
    let refused: Vec<_> = forms::all()
        .iter()
        .chain([&forms::choices()])
        .filter_map(|definition| refusal(&definition.id, &xform::write(definition)))
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

const JAR: &str = "ODK_VALIDATE_JAR";

/// Why ODK Validate does not take a form; nothing where it does, or is not at hand.
pub(crate) fn refusal(name: &str, xml: &str) -> Option<String> {
    let jar = std::env::var_os(JAR)?;
    let file = std::env::temp_dir().join(format!("xform-{}-{name}.xml", std::process::id()));
    std::fs::write(&file, xml).expect("a form to validate");
    let output = Command::new("java")
        .args(["-Djava.awt.headless=true", "-jar"])
        .arg(&jar)
        .arg(&file)
        .output()
        .expect("java");
    std::fs::remove_file(&file).expect("the file is no longer needed");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success()).then(|| format!("{name}: {told}"))
}
