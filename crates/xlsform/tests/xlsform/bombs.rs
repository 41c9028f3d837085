//! Files of a few kilobytes that would become gigabytes, or that lead back to themselves, are refused
//! before anybody waits for them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use xlsform::NoFiles;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn file(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/formats/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("the file is there")
}

/// A workbook with one of its parts changed, or added.
fn with_part(workbook: &str, name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file(workbook))).expect("a workbook");
    let mut parts: Vec<(String, String)> = Vec::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("a text");
        parts.push((part.name().expect("a name").into_owned(), text));
    }
    match parts.iter_mut().find(|(own, _)| own == name) {
        Some((_, text)) => *text = change(text),
        None => parts.push((name.to_owned(), change(""))),
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("there is room");
    }
    writer.finish().expect("a workbook").into_inner()
}

fn is_refused(bytes: &[u8]) -> bool {
    let faults = xlsform::read(bytes, &NoFiles).expect_err("it is no form");
    faults[0].to_string().starts_with("打不开这个文件")
}

#[test]
fn a_part_that_unpacks_to_more_than_a_form_has_is_refused() {
    let blanks = with_part("kinds.xlsx", "xl/media/image1.png", |_| " ".repeat(65 << 20));
    assert!(blanks.len() < 200_000, "{}", blanks.len());
    assert!(is_refused(&blanks));
}

#[test]
fn room_is_made_for_no_more_texts_than_there_are() {
    let claims = |count: &str| {
        with_part("kinds.xlsx", "xl/sharedStrings.xml", |_| {
            format!("<sst count=\"1\" uniqueCount = '{count}'><si><t>a</t></si></sst>")
        })
    };
    assert!(xlsform::read(&claims("1"), &NoFiles).is_ok());
    assert!(is_refused(&claims("99999999999")));
    assert!(is_refused(&claims("99999999999999999999999999")));
}

#[test]
fn a_sheet_whose_every_row_has_one_cell_far_to_the_right_is_refused() {
    let far = with_part("kinds.xlsx", "xl/worksheets/sheet1.xml", |_| {
        let row = |row| format!("<row r=\"{row}\"><c r=\"ALK{row}\"><v>1</v></c></row>");
        let rows: String = (1..100_000).map(row).collect();
        format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
    });
    assert!(is_refused(&far));
}

#[test]
fn a_workbook_of_libreoffice_that_is_cut_off_is_refused() {
    let end = "</table:table-row>";
    let cut_off = |text: &str| text.split_inclusive(end).take(3).collect();
    assert!(is_refused(&with_part("kinds.ods", "content.xml", cut_off)));
}

#[test]
fn what_stands_in_every_cell_of_a_sheet_is_refused_where_it_is_long() {
    let everywhere = |text: &str, columns: u32, rows: u32| {
        with_part("kinds.ods", "content.xml", |content| {
            let begin = content.find("<table:table ").expect("a table");
            let cell = format!(
                "<table:table table:name=\"notes\"><table:table-row table:number-rows-repeated=\"{rows}\">\
                 <table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"{columns}\">\
                 <text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"
            );
            format!("{}{cell}{}", &content[..begin], &content[begin..])
        })
    };
    assert!(xlsform::read(&everywhere("a", 999_999_999, 10), &NoFiles).is_ok());
    assert!(is_refused(&everywhere(&"a".repeat(1_000), 1_000, u32::MAX)));
    assert!(is_refused(&everywhere(&"a".repeat(30_000), 1_000, 1_000)));
}

#[test]
fn an_xls_whose_sectors_lead_back_to_themselves_is_refused() {
    let mut bytes = file("kinds.xls");
    let number = |bytes: &[u8], at: usize| {
        u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize
    };
    let (table, folder) = (number(&bytes, 76), number(&bytes, 48));
    let next = (table + 1) * 512 + folder * 4;
    bytes[next..next + 4].copy_from_slice(&(folder as u32).to_le_bytes());
    assert!(is_refused(&bytes));
}

/// A chart has an end of its own, after which the sheet goes on.
#[test]
fn cells_far_apart_are_found_behind_a_chart() {
    let mut bytes = file("far.xls");
    let (plain, chart) = (b"\x0d\0\x02\0\x01\0\x0c\0\x02\0", b"\x09\x08\x02\0\x01\0\x0a\0\x02\0");
    let at = bytes.windows(plain.len()).position(|own| own == plain).expect("two records");
    bytes[at..at + chart.len()].copy_from_slice(chart);
    assert!(is_refused(&bytes));
}

/// The library that reads them takes the first stream of the name, in whatever folder it is.
#[test]
fn cells_far_apart_are_found_in_an_inner_folder() {
    let mut records = Vec::new();
    let mut far = cfb::CompoundFile::open(Cursor::new(file("far.xls"))).expect("a file");
    far.open_stream("/Workbook").expect("a stream").read_to_end(&mut records).expect("records");
    let empty = Cursor::new(Vec::new());
    let nested = cfb::CompoundFile::create_with_version(cfb::Version::V3, empty);
    let mut nested = nested.expect("a file");
    nested.create_storage("/inner").expect("a folder");
    let mut stream = nested.create_stream("/inner/WORKBOOK").expect("a stream");
    stream.write_all(&records).expect("there is room");
    drop(stream);
    assert!(is_refused(&nested.into_inner().into_inner()));
}

/// What is said of a form that takes a list from a file with this in it.
fn told_of_file(name: &str, text: String) -> String {
    let form = format!("survey\n,type,name,label\n,select_one_from_file {name},q,Q\n");
    let files = BTreeMap::from([(name.to_owned(), text.into_bytes())]);
    xlsform::read(form.as_bytes(), &files).expect_err("it is no form")[0].to_string()
}

#[test]
fn a_file_of_many_columns_and_many_short_rows_is_refused() {
    let columns: Vec<String> = (0..4_000).map(|column| format!("c{column}")).collect();
    let told = told_of_file("f.csv", format!("{}\n{}", columns.join(","), "a\n".repeat(4_000)));
    assert!(told.contains("太大了"), "{told}");
    let row = |row: usize| format!("<item><c{row}>1</c{row}></item>");
    let rows: String = (0..10_000).map(row).collect();
    let told = told_of_file("f.xml", format!("<root>{rows}</root>"));
    assert!(told.contains("太大了"), "{told}");
}

#[test]
fn a_file_whose_elements_stand_deep_in_each_other_is_refused() {
    let (down, up) = ("<a><b>1</b>".repeat(20_000), "</a>".repeat(20_000));
    let told = told_of_file("f.xml", format!("<root><item>{down}{up}</item></root>"));
    assert!(told.contains("套得太深"), "{told}");
}

#[test]
fn a_sheet_of_many_columns_and_many_short_rows_is_refused() {
    let columns: Vec<String> = (0..997).map(|column| format!("c{column}")).collect();
    let form = format!(
        "survey\n,type,name,label\n,select_one l,q,Q\nchoices\n,list_name,name,{}\n{}",
        columns.join(","),
        ",l,a\n".repeat(11_000)
    );
    let faults = xlsform::read(form.as_bytes(), &NoFiles).expect_err("it is no form");
    assert!(faults[0].to_string().contains("太大了"), "{}", faults[0]);
}
