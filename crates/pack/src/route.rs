//! Which office has an application, and what it promises. Data of the item, never code.

use std::collections::BTreeMap;

use calendar::Limit;
use form::model::{ChoicesFrom, Kind};
use form::{Answers, Form, NodeId};
use serde::Deserialize;

use crate::fault::Faults;

/// Where applications go whose answers fulfil every condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// All must hold; none for the route that takes whatever is left.
    pub when: Vec<Condition>,
    /// The office, by [`Office::id`](crate::Office::id).
    pub office: String,
    /// How long it may take to answer (承诺时限).
    pub promised: Limit,
}

/// That the answer to the question called `name` is one of `any_of`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// As in the spreadsheet. Where the question stands is for the form to say that was filled in,
    /// which may be an older one.
    pub name: String,
    /// Names of choices.
    pub any_of: Vec<String>,
}

impl Route {
    /// Whether every condition holds of answers to `form`.
    pub fn takes(&self, form: &Form, answers: &Answers) -> bool {
        hold(&self.when, form, answers)
    }
}

/// Whether all `conditions` hold of answers to `form`.
pub(crate) fn hold(conditions: &[Condition], form: &Form, answers: &Answers) -> bool {
    conditions.iter().all(|condition| {
        let path = path(form, &condition.name);
        let given = path.and_then(|path| answers.value(&path)).unwrap_or_default();
        given.split(' ').any(|name| condition.any_of.iter().any(|one| one == name))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    pub(crate) when: BTreeMap<String, Vec<String>>,
    pub(crate) office: String,
    pub(crate) promised: WrittenLimit,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
pub(crate) enum WrittenLimit {
    Workdays(u32),
    Days(u32),
    Hours(u32),
}

impl From<WrittenLimit> for Limit {
    fn from(written: WrittenLimit) -> Self {
        match written {
            WrittenLimit::Workdays(days) => Self::WorkingDays(days),
            WrittenLimit::Days(days) => Self::Days(days),
            WrittenLimit::Hours(hours) => Self::Hours(hours),
        }
    }
}

/// Resolves a route's conditions against the form that they look at.
pub(crate) fn resolve(file: &str, written: Written, form: &Form, faults: &mut Faults) -> Route {
    let when = conditions(file, written.when, form, faults);
    Route { when, office: written.office, promised: written.promised.into() }
}

/// The conditions of which both the question and the choices are there; tells of the others.
pub(crate) fn conditions(
    file: &str,
    written: BTreeMap<String, Vec<String>>,
    form: &Form,
    faults: &mut Faults,
) -> Vec<Condition> {
    let mut when = Vec::new();
    for (name, any_of) in written {
        if expect_question(file, &name, form, faults) {
            expect_choices(file, &name, &any_of, form, faults);
            when.push(Condition { name, any_of });
        }
    }
    when
}

/// Where `form` has what is called `name`, as in `s1/mode`.
pub fn path(form: &Form, name: &str) -> Option<String> {
    form.find(name).map(|id| form.path(id).trim_start_matches('/').to_owned())
}

/// Tells where there is no question called `name`, or one for each row.
pub(crate) fn expect_question(file: &str, name: &str, form: &Form, faults: &mut Faults) -> bool {
    let Some(id) = form.find(name) else {
        let what = format!("表单里没有叫 {name} 的题");
        faults.tell(file, what, "填表格 survey 页 name 列里有的名字");
        return false;
    };
    if in_repeat(form, id) {
        let what = format!("{name} 在可以添加多行的部分里，不知道看哪一行");
        faults.tell(file, what, "换一个不在 begin repeat 里的题");
        return false;
    }
    true
}

fn in_repeat(form: &Form, id: NodeId) -> bool {
    let parents = std::iter::successors(form.node(id).parent, |id| form.node(*id).parent);
    parents.into_iter().any(|id| matches!(form.node(id).kind, Kind::Repeat { .. }))
}

fn expect_choices(file: &str, name: &str, any_of: &[String], form: &Form, faults: &mut Faults) {
    let Some(id) = form.find(name) else { return };
    let source = match &form.node(id).kind {
        Kind::Question(question) => question.choices(),
        _ => None,
    };
    let Some(source) = source else {
        let what = format!("{name} 不是选择题");
        return faults.tell(file, what, "when 里只能用选择题");
    };
    // What may be chosen among rows that people fill in, nobody knows here.
    let ChoicesFrom::List { list, value, .. } = &source.from else { return };
    let list = form.list(*list);
    for choice in any_of.iter().filter(|choice| list.find(*value, choice).is_none()) {
        let what = format!("{name} 没有 {choice} 这个选项");
        faults.tell(file, what, format!("填 choices 页 {} 里有的 name", list.name));
    }
}
