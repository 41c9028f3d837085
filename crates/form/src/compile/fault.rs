//! What can be wrong with a form, and what to do about it, in words for its author.

use crate::expression::Function;
use crate::expression::parser::ParseError;

/// Something wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The row of the survey sheet; none for the settings.
    pub row: Option<u32>,
    /// The column, by its English name.
    pub column: &'static str,
    /// What.
    pub kind: FaultKind,
}

/// The kinds of fault.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultKind {
    /// An expression that cannot be parsed.
    #[error("式子写得不对：{0}")]
    BrokenExpression(ParseError),
    /// `${name}` where nothing has that name.
    #[error("没有叫“{name}”的题")]
    UnknownName {
        /// The name.
        name: String,
        /// The name that is most like it.
        similar: Option<String>,
    },
    /// `${name}` where more than one has that name.
    #[error("有好几题都叫“{0}”，不知道指哪一题")]
    AmbiguousName(String),
    /// A bare name where none is expected.
    #[error("“{0}”放在这里看不懂")]
    BareName(String),
    /// A function that does not exist.
    #[error("没有 {0}() 这个函数")]
    UnknownFunction(String),
    /// Too few or too many arguments.
    #[error("{}() 的参数个数不对：写了 {given} 个", function.spelling())]
    WrongArity {
        /// The function.
        function: Function,
        /// How many were given.
        given: usize,
    },
    /// A function over instances with something else as its argument.
    #[error("{}() 里要写 ${{题名}}", .0.spelling())]
    WantsNodes(Function),
    /// The value of something that has none.
    #[error("“{0}”是分组或说明，没有值可用")]
    NotAValue(String),
    /// A pattern that is not one.
    #[error("regex() 的规则写得不对：{0}")]
    BrokenPattern(String),
    /// A pattern that is not written but worked out.
    #[error("regex() 的规则要直接写出来，不能算出来")]
    WorkedOutPattern,
    /// Two with one name under one parent.
    #[error("同一组里有两个“{0}”")]
    DuplicateName(String),
    /// A name that no expression could use.
    #[error("“{0}”不能作名字")]
    BadName(String),
    /// A list that does not exist.
    #[error("选项表里没有“{0}”")]
    UnknownList(String),
    /// A select without choices.
    #[error("选项“{0}”是空的")]
    EmptyList(String),
    /// A calculation that computes nothing.
    #[error("“{0}”没有写怎么算")]
    NothingToCalculate(String),
    /// Facts that wait for each other.
    #[error("{}", told(.0))]
    Cycle(Vec<String>),
}

impl FaultKind {
    /// What the author can do.
    pub fn remedy(&self) -> String {
        match self {
            Self::BrokenExpression(_) => "对照括号、引号和逗号，把式子写完整".to_owned(),
            Self::UnknownName { similar: Some(similar), .. } => {
                format!("是不是想写 ${{{similar}}}？")
            }
            Self::UnknownName { similar: None, .. } => "检查 name 一列有没有这个名字".to_owned(),
            Self::AmbiguousName(_) => "把其中几题改成不同的名字".to_owned(),
            Self::BareName(name) => format!("题要写成 ${{{name}}}，文字要加引号 '{name}'"),
            Self::UnknownFunction(_) => "查一查拼写；函数名都是小写，词间用连字符".to_owned(),
            Self::WrongArity { function, .. } => match function.arity() {
                (least, most) if least == most => format!("要写 {least} 个"),
                (least, usize::MAX) => format!("至少写 {least} 个"),
                (least, most) => format!("写 {least} 到 {most} 个"),
            },
            Self::WantsNodes(function) => format!("写成 {}(${{题名}})", function.spelling()),
            Self::NotAValue(_) => "改用组里某一题的名字".to_owned(),
            Self::WorkedOutPattern => "把规则用引号直接写在 regex() 的第二个参数里".to_owned(),
            Self::BrokenPattern(_) => "按正则表达式的写法改，括号、方括号要配对".to_owned(),
            Self::DuplicateName(_) => "给其中一个改名".to_owned(),
            Self::BadName(_) => "用字母开头，只用字母、数字、下划线、连字符和点".to_owned(),
            Self::UnknownList(_) => {
                "在 choices 表的 list_name 一列加上它，或改 type 里的名字".to_owned()
            }
            Self::EmptyList(_) => "在 choices 表里给它加选项".to_owned(),
            Self::NothingToCalculate(_) => "填 calculation 一列".to_owned(),
            Self::Cycle(_) => "去掉其中一个引用，让它们有先有后".to_owned(),
        }
    }
}

fn told(cycle: &[String]) -> String {
    match cycle {
        [one] => format!("“{one}”要靠它自己（或它里面的题）才能算出来"),
        several => format!("这几题互相等着对方：{} → {}", several.join(" → "), several[0]),
    }
}
