//! Reading one file into a type.

use calendar::Date;
use serde::de::DeserializeOwned;

use crate::fault::{Fault, Faults};
use crate::folder::Files;

/// Reads a TOML file; tells the fault and gives none where it is missing or not as it should be.
pub(crate) fn toml<T: DeserializeOwned>(
    files: &Files,
    path: &str,
    faults: &mut Faults,
) -> Option<T> {
    let text = text(files, path, faults)?;
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let line = error.span().map(|span| text[..span.start].lines().count().max(1));
            faults.0.push(Fault {
                file: path.to_owned(),
                place: line.map(|line| format!("第 {line} 行")),
                what: format!("读不懂：{}", error.message()),
                remedy: "对照示例乡镇的同名文件，看字段名、引号和括号".into(),
            });
            None
        }
    }
}

/// The text of a file; tells the fault and gives none where it is missing or not UTF-8.
pub(crate) fn text<'a>(files: &'a Files, path: &str, faults: &mut Faults) -> Option<&'a str> {
    let Some(bytes) = files.get(path) else {
        faults.tell(path, "没有这个文件", "补上它，或者改正引用它的地方");
        return None;
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(_) => {
            faults.tell(path, "不是 UTF-8 编码", "用编辑器另存为 UTF-8");
            None
        }
    }
}

/// The day that is written `2026-01-31`.
pub(crate) fn day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::from_calendar_date(year, month.try_into().ok()?, day).ok()
}

/// The same, where it is written; tells a fault where it is none.
pub(crate) fn optional_day(file: &str, text: Option<&String>, faults: &mut Faults) -> Option<Date> {
    let text = text?;
    let found = day(text);
    if found.is_none() {
        faults.tell(file, format!("{text} 不是日子"), "写成 2026-01-31 这样");
    }
    found
}
