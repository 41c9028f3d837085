//! What an item's data are for and how long they are kept: what `[notice]` of an item tells people, as the
//! server follows it (个人信息保护法 articles 6, 19, 28).

use std::collections::BTreeMap;

use form::Form;
use form::model::Kind;
use serde::Deserialize;

use crate::fault::Faults;
use crate::guide::WrittenNotice;

/// The longest that anything is kept by a number, in years; beyond that it is kept for ever.
const MOST_YEARS: u16 = 100;

/// What the answers of an item are for and how long they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// How long, from the end of a case on.
    pub kept: Kept,
    purpose: String,
    basis: String,
    fields: BTreeMap<String, Field>,
}

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// So many years.
    Years(u16),
    /// For ever: what archives the law wants to be kept so.
    Forever,
}

/// What must be taken particular care of (个人信息保护法 article 28), and is masked until somebody asks
/// for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitive {
    /// The number of an identity document.
    Identity,
    /// The number of a bank account.
    Account,
    /// Illness, disability.
    Health,
}

/// What differs for the answers to one question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    sensitive: Option<Sensitive>,
    purpose: Option<String>,
    basis: Option<String>,
}

impl Data {
    /// What the answers to a question are for.
    pub fn purpose(&self, question: &str) -> &str {
        let own = self.fields.get(question).and_then(|field| field.purpose.as_deref());
        own.unwrap_or(&self.purpose)
    }

    /// By what right they are asked for.
    pub fn basis(&self, question: &str) -> &str {
        let own = self.fields.get(question).and_then(|field| field.basis.as_deref());
        own.unwrap_or(&self.basis)
    }

    /// Whether the answers to a question are to be masked, and as what.
    pub fn sensitive(&self, question: &str) -> Option<Sensitive> {
        self.fields.get(question)?.sensitive
    }
}

/// Reads it; tells what the pack leaves open. Purpose and basis of the whole are asked for where the notice
/// is made of them.
pub(crate) fn read(
    file: &str,
    notice: &WrittenNotice,
    form: &Form,
    faults: &mut Faults,
) -> Option<Data> {
    for (question, field) in &notice.fields {
        if form.find(question).is_none() {
            let what = format!("[notice.fields] 写了 {question}，表单里没有叫这个的题");
            faults.tell(file, what, "填表格 survey 页 name 列里有的名字");
        }
        let words = [("purpose", &field.purpose), ("basis", &field.basis)];
        for (name, words) in words {
            if words.as_ref().is_some_and(|words| words.trim().is_empty()) {
                let what = format!("[notice.fields.{question}] 的 {name} 是空的");
                faults.tell(file, what, "写上，或者删掉这一行，就和 [notice] 的一样");
            }
        }
        if notice.anonymous && field.sensitive.is_some() {
            let what = format!("写了 anonymous = true，又说“{question}”要特别小心");
            faults.tell(file, what, "收个人信息的，删掉 anonymous，把 [notice] 写全");
        }
    }
    let kept = kept(file, notice, form, faults)?;
    let (purpose, basis) = (notice.purpose.clone(), notice.basis.clone());
    Some(Data { kept, purpose, basis, fields: notice.fields.clone() })
}

fn kept(file: &str, notice: &WrittenNotice, form: &Form, faults: &mut Faults) -> Option<Kept> {
    match (notice.keep_years, notice.keep_forever) {
        (Some(years), false) if (1..=MOST_YEARS).contains(&years) => Some(Kept::Years(years)),
        (None, true) => Some(Kept::Forever),
        (written, _) => {
            let questions: Vec<&str> = questions(form).collect();
            let first = questions.first().copied().unwrap_or_default();
            let count = questions.len();
            let remedy =
                "写 keep_years = 几年，从办结算起，1 到 100；规定永久保存的写 keep_forever = true";
            let what = match written {
                None => format!("[notice] 没有写“{first}”等 {count} 道题的答案留多久"),
                Some(_) => format!("[notice] 写的“{first}”等 {count} 道题留多久对不上"),
            };
            faults.tell(file, what, remedy);
            None
        }
    }
}

fn questions(form: &Form) -> impl Iterator<Item = &str> {
    let nodes = form.nodes.iter().filter(|node| matches!(node.kind, Kind::Question(_)));
    nodes.map(|node| node.name.as_str())
}
