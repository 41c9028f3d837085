//! XForms of others. A development test: it runs where `XFORM_CORPUS` names a folder of them, for
//! example what pyxform makes of spreadsheets.

use crate::validate;

#[test]
fn the_forms_of_others_are_read_and_written_again() {
    let Some(folder) = std::env::var_os("XFORM_CORPUS") else {
        eprintln!("SKIPPED: XFORM_CORPUS does not name a folder of XForms; none were read");
        return;
    };
    let files =
        std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").path());
    let mut told = Vec::new();
    for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "xml")) {
        let xml = std::fs::read_to_string(&file).expect("an XForm");
        let again = xform::read(&xml).map(|read| {
            told.extend(read.losses.iter().map(|loss| format!("{}: {loss}", file.display())));
            let written = xform::write(&read.definition);
            let again = xform::read(&written).expect("what was written");
            let (one, other) = (form::compile(&read.definition), form::compile(&again.definition));
            match (one, other) {
                (Ok(one), Ok(other)) => assert!(one == other, "{}", file.display()),
                (Err(faults), Err(_)) if read.attached.is_empty() => {
                    told.push(format!("{}: {faults:?}", file.display()));
                }
                (one, other) => assert_eq!(one.is_ok(), other.is_ok(), "{}", file.display()),
            }
            validate::refusal(&read.definition.id, &written)
        });
        match again {
            Ok(refusal) => told.extend(refusal),
            Err(faults) => {
                told.extend(faults.iter().map(|fault| format!("{}: {fault}", file.display())))
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}
