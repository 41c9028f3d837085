//! What an author is told about a spreadsheet that does not work.

use rust_xlsxwriter::Workbook;

/// A spreadsheet with these rows of a survey; cells are separated by `|`.
fn spreadsheet(survey: &[&str]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheets: [(&str, &[&str]); 3] = [
        ("survey", survey),
        ("choices", &["list_name|name|label", "yn|yes|是", "yn|no|否"]),
        ("settings", &["form_title|form_id|version", "试|t|1"]),
    ];
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(name).expect("a good name");
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.split('|').enumerate().filter(|(_, cell)| !cell.is_empty())
            {
                sheet.write(row as u32, column as u16, cell).expect("a good cell");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn told(survey: &[&str]) -> String {
    let faults =
        xlsform::read(&spreadsheet(survey), &xlsform::NoFiles).expect_err("the form has faults");
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_unknown_type_is_told_with_the_one_most_like_it() {
    insta::assert_snapshot!(told(&["type|name|label", "txet|a|甲", "select_one nobody|b|乙"]), @r#"
    survey 表第 2 行 A 列（type）：没有“txet”这种 type。是不是想写 text？
    survey 表第 3 行 A 列（type）：选项表里没有“nobody”。在 choices 表的 list_name 一列加上它，或改 type 里的名字。
    "#);
}

#[test]
fn an_unknown_name_is_told_with_the_one_most_like_it() {
    insta::assert_snapshot!(told(&["type|name|label|relevant", "integer|age|岁数|", "text|b|乙|${agee} > 3", "note|c|共 ${nothing} 元|"]), @r#"
    survey 表第 3 行 D 列（relevant）：没有叫“agee”的题。是不是想写 ${age}？
    survey 表第 4 行 C 列（label）：没有叫“nothing”的题。检查 name 一列有没有这个名字。
    "#);
}

#[test]
fn a_broken_expression_is_told_with_the_place() {
    insta::assert_snapshot!(told(&[
        "type|name|label|constraint|calculation",
        "text|a|甲|string-length(. < 5|",
        "calculate|b|||1 + * 2",
        "calculate|c|||substr('x')",
        "calculate|d|||tody()",
        "text|e|戊|regex(., '[a-')|",
        "calculate|f|||'open",
        "text|g|庚|regex(., concat('[a', '-z]'))|",
    ]), @r#"
    survey 表第 2 行 D 列（constraint）：式子写得不对：式子没写完。对照括号、引号和逗号，把式子写完整。
    survey 表第 3 行 E 列（calculation）：式子写得不对：第 7 个字符处看不懂：这里不该是“2”。对照括号、引号和逗号，把式子写完整。
    survey 表第 4 行 E 列（calculation）：substr() 的参数个数不对：写了 1 个。写 2 到 3 个。
    survey 表第 5 行 E 列（calculation）：没有 tody() 这个函数。查一查拼写；函数名都是小写，词间用连字符。
    survey 表第 6 行 D 列（constraint）：regex() 的规则写得不对：[a-。按正则表达式的写法改，括号、方括号要配对。
    survey 表第 7 行 E 列（calculation）：式子写得不对：第 1 个字符起的引号没有配对。对照括号、引号和逗号，把式子写完整。
    survey 表第 8 行 D 列（constraint）：regex() 的规则要直接写出来，不能算出来。把规则用引号直接写在 regex() 的第二个参数里。
    "#);
}

#[test]
fn questions_that_wait_for_each_other_are_told_as_a_cycle() {
    insta::assert_snapshot!(told(&[
        "type|name|label|relevant|calculation",
        "calculate|a|||${b} + 1",
        "calculate|b|||${c} + 1",
        "calculate|c|||${a} + 1",
    ]), @"survey 表第 2 行 E 列（calculation）：这几题互相等着对方：a → b → c → a。去掉其中一个引用，让它们有先有后。");
    insta::assert_snapshot!(told(&["type|name|label|relevant", "begin group|g|组|${x} = 1", "integer|x|数|", "end group|||"]), @"survey 表第 2 行 D 列（relevant）：“g”要靠它自己（或它里面的题）才能算出来。去掉其中一个引用，让它们有先有后。");
}

#[test]
fn groups_that_do_not_close_and_names_that_meet_are_told() {
    insta::assert_snapshot!(told(&[
        "type|name|label|min_count",
        "begin repeat|r|人|many",
        "text|a|甲|",
        "text|a|甲|",
        "end group|||",
        "begin group|g|组|",
        "text||没有名字|",
    ]), @r#"
    survey 表第 2 行 D 列（min_count）：“many”不是个数。填 0、1、2 这样的整数。
    survey 表第 4 行 B 列（name）：同一组里有两个“a”。给其中一个改名。
    survey 表第 5 行 A 列（type）：这里是 end group，但开着的是第 2 行的 begin repeat。改成 end repeat。
    survey 表第 6 行 A 列（type）：begin group 没有 end。在组的最后加一行 end group。
    survey 表第 7 行 B 列（name）：没有写 name。给这一行起个名字，不能和同组的重名。
    "#);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    insta::assert_snapshot!(told(&[
        "type|name|label|relevant|calculation",
        "txet|a|甲||",
        "text|b|乙|${a} = ${nobody}|",
        "calculate|c|||${a} +",
        "calculate|d|||${e}",
        "calculate|e|||${d}",
    ]), @r#"
    survey 表第 2 行 A 列（type）：没有“txet”这种 type。是不是想写 text？
    survey 表第 3 行 D 列（relevant）：没有叫“nobody”的题。检查 name 一列有没有这个名字。
    survey 表第 4 行 E 列（calculation）：式子写得不对：式子没写完。对照括号、引号和逗号，把式子写完整。
    survey 表第 5 行 E 列（calculation）：这几题互相等着对方：d → e → d。去掉其中一个引用，让它们有先有后。
    "#);
}

#[test]
fn a_file_that_is_no_spreadsheet_says_so() {
    let faults = xlsform::read(b"no spreadsheet", &xlsform::NoFiles).expect_err("it is none");
    insta::assert_snapshot!(faults[0].to_string(), @"打不开这个文件。请用 Excel 或 WPS 另存为 .xlsx。");
}
