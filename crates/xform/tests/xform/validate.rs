//! ODK Validate takes everything that is written here. A development test: it runs where
//! `ODK_VALIDATE_JAR` names the program (it is in the package of pyxform, in
//! `pyxform/validators/odk_validate/bin/ODK_Validate.jar`) and `java` is at hand.

use std::process::Command;

use crate::forms;

#[test]
fn odk_validate_takes_every_form() {
    let Some(jar) = std::env::var_os("ODK_VALIDATE_JAR") else {
        eprintln!(
            "SKIPPED: ODK_VALIDATE_JAR does not name ODK_Validate.jar; nothing was validated"
        );
        return;
    };
    let folder = std::env::temp_dir().join(format!("xform-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the forms");
    let mut refused = Vec::new();
    for definition in forms::all() {
        let file = folder.join(format!("{}.xml", definition.id));
        std::fs::write(&file, xform::write(&definition)).expect("a form to validate");
        let output = Command::new("java")
            .args(["-Djava.awt.headless=true", "-jar"])
            .arg(&jar)
            .arg(&file)
            .output()
            .expect("java");
        if !output.status.success() {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            refused.push(format!("{}: {told}", file.display()));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    std::fs::remove_dir_all(&folder).expect("the folder is no longer needed");
}
