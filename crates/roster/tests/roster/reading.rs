//! Reading tables.

use roster::{NotATable, Roster, Table};
use rust_xlsxwriter::Workbook;

use crate::{HEADINGS, expected, read};

const GOOD: [&str; 6] = ["1", "示例甲", "529999197001010247", "示例一村", "13900000001", "A"];

#[test]
fn an_offices_workbook_becomes_households_and_what_no_form_asks_for_stays_outside() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let second = ["1", "示例乙", "529999194508070018", "529999101201", "", "B"];
    for (row, cells) in (0..).zip([HEADINGS, GOOD, second]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let table = Table::read(&book.save_to_buffer().unwrap()).unwrap();
    let read = Roster::read(&table, &expected()).unwrap();
    assert_eq!(read.left_out, ["血型"]);
    assert_eq!(read.roster.columns, ["name", "id", "village", "phone"]);
    let household = &read.roster.households["1"];
    assert_eq!(household.village.as_str(), "529999101201");
    assert_eq!(
        household.people[0],
        ["示例甲", "529999197001010247", "529999101201", "13900000001"]
    );
    assert_eq!(read.roster.of(&household.people[1], "name"), "示例乙");
}

#[test]
fn a_table_with_a_mark_before_it_and_blank_lines_in_it_is_read_too() {
    let table = Table::read("\u{feff}户编号,姓名\n\n1,示例甲\n,\n".as_bytes()).unwrap();
    assert_eq!(table.headings, ["户编号", "姓名"]);
    assert_eq!(table.rows, [(3, vec!["1".to_owned(), "示例甲".to_owned()])]);
}

#[test]
fn what_is_no_table_is_told_so() {
    assert_eq!(Table::read(b"PK\x03\x04 no workbook"), Err(NotATable::Unreadable));
    assert_eq!(Table::read(b""), Err(NotATable::Empty));
    assert_eq!(Table::read(&[0xC3, 0x28, b',', 0xFF]), Err(NotATable::Unreadable));
}

#[test]
fn all_that_is_wrong_is_told_at_once_by_line_and_column_and_names_nobody() {
    let rows = [
        GOOD,
        ["1", "示例乙", "529999194508070018", "示例二村", "", ""],
        ["2", "", "529999199911123734", "示例一村", "", ""],
        ["2", "Li4", "529999199911123733", "外镇某村", "", ""],
        ["3", "示例丙", "529999197001010247", "示例一村", "", ""],
        // As Excel leaves a number that was typed as one.
        ["4", "示例丁", "529999194508070000", "示例一村", "", ""],
    ];
    let problems = read(&rows).unwrap_err();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        "第 3 行 村：和第 2 行是同一户，村却不一样",
        "第 4 行 姓名：空着，要填",
        "第 4 行 证件号码：证件号码不对：最后一位对不上，请再看一眼证件。Excel 里要存成文本，不然后几位会变",
        "第 5 行 姓名：不像姓名：姓名里只能是文字和间隔号“·”",
        "第 5 行 村：不是本镇的村（社区），写 12 位代码或者村名",
        "第 6 行 证件号码：和第 2 行是同一个人，留一行",
        "第 7 行 证件号码：证件号码不对：最后一位对不上，请再看一眼证件。Excel 里要存成文本，不然后几位会变",
    ];
    assert_eq!(told, expected);
    for cell in rows.iter().flatten().filter(|cell| cell.chars().count() > 2) {
        assert!(!told.iter().any(|line| line.contains(*cell)), "{cell}");
    }
}

#[test]
fn a_table_without_what_tells_people_apart_is_not_read() {
    let table = Table::read("户编号,姓名,姓名\n1,示例甲,示例甲\n".as_bytes()).unwrap();
    let problems = Roster::read(&table, &expected()).unwrap_err();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        "姓名：有两列是同一个列名，留一列",
        "证件号码：没有这一列，第一行要写上",
        "村：没有这一列，第一行要写上",
    ];
    assert_eq!(told, expected);
}
