//! What can be wrong with a form, and what to do about it, in words for its author.

use crate::expression::parser::ParseError;

/// Something wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The sheet.
    pub sheet: Sheet,
    /// The row of the sheet; none for the settings.
    pub row: Option<u32>,
    /// The column, by its English name.
    pub column: &'static str,
    /// What.
    pub kind: FaultKind,
}

/// The sheets that a form is declared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sheet {
    /// `survey`
    Survey,
    /// `choices`
    Choices,
    /// `entities`
    Entities,
    /// `settings`
    Settings,
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
    #[error("{function}() 的参数个数不对：写了 {given} 个")]
    WrongArity {
        /// The function.
        function: String,
        /// How many it takes at least.
        least: usize,
        /// How many it takes at most.
        most: usize,
        /// How many were given.
        given: usize,
    },
    /// A function over instances with something else as its argument.
    #[error("{0}() 里要写 ${{题名}}")]
    WantsNodes(String),
    /// Something that is no path where one is needed.
    #[error("这里要写一道题的名字或路径")]
    NotAPath,
    /// A path that leads nowhere.
    #[error("路径“{0}”找不到任何题")]
    NothingThere(String),
    /// `..` at the root.
    #[error("路径里的 .. 太多，已经到了最上面")]
    AboveTheRoot,
    /// `..` after a condition: which of the parents is meant could not be said.
    #[error("路径里有 […] 的一段后面不能再写 ..")]
    UpAfterCondition,
    /// A place among nodes of different names.
    #[error("“*[…]”里不能按第几个来选：名字不同的题不排在一起数")]
    PlaceAmongAll,
    /// `instance()` without what is wanted of the list.
    #[error("instance() 后面要写全：instance('选项表')/root/item[条件]/列名")]
    WholeInstance,
    /// Elements that a list does not have.
    #[error("选项表“{list}”里没有 {asked}")]
    UnknownElements {
        /// The list.
        list: String,
        /// The path to the elements.
        asked: String,
        /// The paths that there are.
        known: Vec<String>,
    },
    /// Something else than names on the way to a column.
    #[error("取选项表里的列，只能一层层写名字")]
    NotAColumn,
    /// A column that a choice has several of.
    #[error("选项表“{list}”的一行里有几个“{name}”，不知道取哪一个")]
    SeveralInOne {
        /// The list.
        list: String,
        /// The column.
        name: String,
    },
    /// A column that a list does not have.
    #[error("选项表“{list}”没有“{name}”这一列")]
    UnknownColumn {
        /// The list.
        list: String,
        /// The column.
        name: String,
        /// The columns that it has.
        known: Vec<String>,
    },
    /// `jr:choice-name()` with other arguments.
    #[error("jr:choice-name() 的写法不对")]
    ChoiceNameArguments,
    /// `pulldata()` with other arguments.
    #[error("pulldata() 的写法不对")]
    PullDataArguments,
    /// `indexed-repeat()` with other arguments.
    #[error("indexed-repeat() 的写法不对")]
    IndexedRepeatArguments,
    /// A trigger that is no question.
    #[error("trigger 里要写一道题：${{题名}}")]
    NotATrigger,
    /// `save_to` without an entity.
    #[error("写了 save_to，但 entities 表里没有要存到的台账")]
    NoEntity,
    /// `save_to` to a list that the form does nothing with.
    #[error("entities 表里没有台账“{0}”")]
    UnknownEntity(String),
    /// `save_to` in other rows than the entity has.
    #[error("“{0}”和它要存到的台账不在同一个重复组里")]
    SavedElsewhere(String),
    /// An entity of something that holds no answers.
    #[error("“{0}”不是分组，也不是重复组")]
    NotAHolder(String),
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
            Self::WrongArity { least, most, .. } => match (least, most) {
                (least, most) if least == most => format!("要写 {least} 个"),
                (least, &usize::MAX) => format!("至少写 {least} 个"),
                (least, most) => format!("写 {least} 到 {most} 个"),
            },
            Self::WantsNodes(function) => format!("写成 {function}(${{题名}})"),
            Self::NotAPath => "写成 ${题名}".to_owned(),
            Self::NothingThere(_) => "对照 name 一列改路径；用 ${题名} 更不容易写错".to_owned(),
            Self::AboveTheRoot => "去掉多余的 ..，或改用 ${题名}".to_owned(),
            Self::UpAfterCondition => "改成从外面写起的路径".to_owned(),
            Self::PlaceAmongAll => "写出题的名字".to_owned(),
            Self::WholeInstance => "选项表名要加引号，后面写要取的列".to_owned(),
            Self::UnknownElements { known, .. } => format!("写成 {}", known.join(" 或 ")),
            Self::NotAColumn => "去掉 ..、* 和 […]；条件写在选项那一段后面的 […] 里".to_owned(),
            Self::SeveralInOne { .. } => "让每一行只有一个，或者把它们各写成一行".to_owned(),
            Self::UnknownColumn { known, .. } => format!("这张表的列有：{}", known.join("、")),
            Self::ChoiceNameArguments => "写成 jr:choice-name(${选择题}, '${选择题}')".to_owned(),
            Self::PullDataArguments => {
                "写成 pulldata('文件', '要取的列', '查找的列', 查找的值)".to_owned()
            }
            Self::IndexedRepeatArguments => {
                "写成 indexed-repeat(${题名}, ${重复组}, 第几个)".to_owned()
            }
            Self::NotATrigger => "多道题用逗号隔开，例如 ${a}, ${b}".to_owned(),
            Self::NoEntity => "加一张 entities 表，写上 list_name 和 label".to_owned(),
            Self::UnknownEntity(_) => "在 entities 表加上它，或改 # 前面的名字".to_owned(),
            Self::SavedElsewhere(_) => {
                "用 calculate 把值带到那个重复组里，在那里写 save_to".to_owned()
            }
            Self::NotAHolder(_) => "写成 ${分组}".to_owned(),
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
