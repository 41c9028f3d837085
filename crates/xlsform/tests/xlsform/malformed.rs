//! Whatever is handed in, the answer is a form or its faults.

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use xlsform::NoFiles;

/// Words that mean something, somewhere.
const WORDS: [&str; 44] = [
    "survey",
    "choices",
    "settings",
    "entities",
    "external_choices",
    "type",
    "name",
    "label",
    "label::en",
    "relevant",
    "calculation",
    "parameters",
    "appearance",
    "choice_filter",
    "trigger",
    "default",
    "repeat_count",
    "save_to",
    "text",
    "integer",
    "range",
    "image",
    "calculate",
    "begin group",
    "end group",
    "begin repeat",
    "end repeat",
    "select_one l",
    "select_multiple l or_other",
    "rank l",
    "select_one ${a}",
    "select_one_from_file x.csv",
    "l",
    "a",
    "${a}",
    "${last-saved#a}",
    "${",
    "a=b",
    "search('x')",
    "pulldata('x', 'a', 'b', ${a})",
    "1 + (",
    "yes",
    "table-list",
    "instance('x')/root/item[",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => proptest::sample::select(&WORDS[..]).prop_map(str::to_owned),
        1 => Just(String::new()),
        1 => "\\PC{0,8}",
    ]
}

fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    proptest::collection::vec(proptest::collection::vec(word(), 0..7), 0..14)
}

/// A sheet whose headings are right and whose rows are anything.
fn survey() -> impl Strategy<Value = String> {
    rows().prop_map(|rows| {
        let mut text =
            "survey\n,type,name,label,relevant,calculation,parameters,appearance,choice_filter\n"
                .to_owned();
        for row in rows {
            let cells: Vec<String> =
                row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text.push_str(&format!(",{}\n", cells.join(",")));
        }
        text.push_str("choices\n,list_name,name,label\n,l,x,X\n");
        text
    })
}

fn workbook(sheets: &[Vec<Vec<String>>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in ["survey", "choices", "settings"].iter().zip(sheets) {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a good name");
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write(row as u32, column as u16, cell.as_str()).expect("a good cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_no_form(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let checked = xlsform::check(&bytes, &NoFiles);
        prop_assert!(checked.form.is_some() || checked.faults.iter().any(xlsform::Fault::is_error));
    }

    #[test]
    fn bytes_that_begin_like_a_workbook_are_no_form(
        head in prop_oneof![Just(&b"PK\x03\x04"[..]), Just(&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..])],
        bytes in proptest::collection::vec(any::<u8>(), 0..2_000),
    ) {
        let checked = xlsform::check(&[head, &bytes].concat(), &NoFiles);
        prop_assert!(checked.form.is_none());
    }

    #[test]
    fn a_damaged_workbook_is_a_form_or_has_faults(
        of in 0..3usize,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let formats = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/kinds.");
        let ending = ["xlsx", "xls", "ods"][of];
        let mut bytes = std::fs::read(format!("{formats}{ending}")).expect("the form is there");
        for (at, to) in damage {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        let checked = xlsform::check(&bytes, &NoFiles);
        prop_assert!(checked.form.is_some() || !checked.faults.is_empty());
    }

    #[test]
    fn any_rows_are_a_form_or_have_faults(text in survey()) {
        let checked = xlsform::check(text.as_bytes(), &NoFiles);
        prop_assert!(checked.form.is_some() || checked.faults.iter().any(xlsform::Fault::is_error));
        for fault in checked.faults {
            prop_assert!(!fault.what.is_empty() && !fault.remedy.is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_workbook_is_a_form_or_has_faults(sheets in proptest::collection::vec(rows(), 1..4)) {
        let checked = xlsform::check(&workbook(&sheets), &NoFiles);
        prop_assert!(checked.form.is_some() || checked.faults.iter().any(xlsform::Fault::is_error));
    }

    #[test]
    fn any_file_is_a_list_or_a_fault(text in "\\PC{0,200}", ending in prop_oneof![Just("csv"), Just("xml"), Just("geojson")]) {
        let form = format!("survey\n,type,name,label\n,select_one_from_file f.{ending},q,Q\n");
        let files = std::collections::BTreeMap::from([(format!("f.{ending}"), text.into_bytes())]);
        let checked = xlsform::check(form.as_bytes(), &files);
        prop_assert!(checked.form.is_some() || checked.faults.iter().any(xlsform::Fault::is_error));
    }
}

#[test]
fn a_cell_far_out_costs_no_more_than_one_near_by() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("survey").expect("a good name");
    for (column, heading) in ["type", "name", "label"].iter().enumerate() {
        sheet.write(0, column as u16, *heading).expect("a good cell");
        sheet.write(1, column as u16, ["text", "q", "Q"][column]).expect("a good cell");
    }
    sheet.write(1_048_575, 16_383, "far").expect("a good cell");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    assert!(xlsform::read(&bytes, &NoFiles).is_ok());
}

/// The last cell that a sheet of .xls can have makes it sixteen million cells large.
#[test]
fn a_sheet_of_few_cells_far_apart_is_refused_where_it_would_be_read_whole() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/far.xls");
    let faults =
        xlsform::read(&std::fs::read(path).expect("a file"), &NoFiles).expect_err("it is huge");
    assert!(faults[0].to_string().starts_with("打不开这个文件"));
}

/// The path of what it is asked for contains the reference: each one put in brings the next.
#[test]
fn a_group_that_is_called_as_a_reference_into_it_has_a_fault() {
    let text = "survey\n,type,name,label\n,begin group,${last-saved#a},G\n\
                ,text,a,Was ${last-saved#a}\n,end group,,\n";
    let faults = xlsform::read(text.as_bytes(), &NoFiles).expect_err("that is no name");
    assert!(faults.iter().any(|fault| fault.row == Some(3)), "{faults:?}");
}
