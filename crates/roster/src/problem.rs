//! What is wrong with a table of people.

use std::fmt;

use checks::name::NotAName;
use checks::resident_id::NotAResidentId;

/// Something wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line in the sheet; 0 where it is the sheet as a whole.
    pub line: u32,
    /// The heading of the column; empty where it is the line as a whole.
    pub column: String,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong with a line, or a cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// A column that every table needs is not there.
    NoColumn,
    /// Two columns have the same heading.
    TwoColumns,
    /// Nothing stands where something has to.
    Blank,
    /// The name cannot be one.
    Name(String),
    /// The number cannot be one.
    Id(String),
    /// The village is none of the township's.
    Village,
    /// Somebody of the household is in another village.
    OtherVillage {
        /// In the line of the household's first.
        line: u32,
    },
    /// The person stands in another line too.
    Twice {
        /// In which, first.
        line: u32,
    },
}

impl Wrong {
    pub(crate) fn name(error: &NotAName) -> Self {
        Self::Name(error.to_string())
    }

    pub(crate) fn id(error: &NotAResidentId) -> Self {
        Self::Id(error.to_string())
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoColumn => f.write_str("没有这一列，第一行要写上"),
            Self::TwoColumns => f.write_str("有两列是同一个列名，留一列"),
            Self::Blank => f.write_str("空着，要填"),
            Self::Name(why) => write!(f, "不像姓名：{why}"),
            Self::Id(why) => write!(f, "证件号码不对：{why}。Excel 里要存成文本，不然后几位会变"),
            Self::Village => f.write_str("不是本镇的村（社区），写 12 位代码或者村名"),
            Self::OtherVillage { line } => {
                write!(f, "和第 {line} 行是同一户，村却不一样")
            }
            Self::Twice { line } => write!(f, "和第 {line} 行是同一个人，留一行"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column.as_str()) {
            (0, "") => write!(f, "{}", self.wrong),
            (0, column) => write!(f, "{column}：{}", self.wrong),
            (line, "") => write!(f, "第 {line} 行：{}", self.wrong),
            (line, column) => write!(f, "第 {line} 行 {column}：{}", self.wrong),
        }
    }
}
