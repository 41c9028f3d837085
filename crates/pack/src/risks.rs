//! `risks.toml`: what somebody should look at who watches over how cases are worked, and who is close to
//! those who work them.

use casework::Organisation;
use casework::risk::{LooksFor, Rule};
use serde::Deserialize;
use time::Time;

use crate::fault::Faults;
use crate::folder::Files;
use crate::office::unique;
use crate::read;
use crate::workflow::Workflow;

const FILE: &str = "risks.toml";
/// How many characters of an identity card tell somebody from others of the same name. No more is in a
/// pack.
const TAIL: usize = 4;

/// What `risks.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Risks {
    /// The rules that are on, in order.
    pub rules: Vec<Rule>,
    /// Who is close to those who work for the township, as they declared.
    pub declared: Vec<Declared>,
}

/// Somebody who is, or is close to, somebody who works for the township.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// To whom, by account.
    pub account: String,
    /// As what: 本人、配偶、父亲.
    pub relation: String,
    /// Their name.
    pub name: String,
    /// The last characters of their identity card.
    pub identity: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    rule: Vec<WrittenRule>,
    #[serde(default)]
    declared: Vec<Declared>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    name: String,
    words: String,
    kind: String,
    #[serde(default = "usually_on")]
    on: bool,
    #[serde(default)]
    items: Vec<String>,
    hours: Option<u32>,
    from: Option<String>,
    to: Option<String>,
    days_off: Option<bool>,
    times: Option<u32>,
    days: Option<u32>,
    stages: Option<u32>,
    traits: Option<Vec<String>>,
}

fn usually_on() -> bool {
    true
}

/// What rules may name.
pub(crate) struct Named<'n> {
    pub(crate) workflows: &'n [Workflow],
    pub(crate) organisation: &'n Organisation,
}

impl Risks {
    /// What ties the people in an application to those who work for the township: `values` are all that
    /// was answered. A name tells somebody together with the end of an identity card.
    pub fn ties(&self, values: &[&str]) -> Vec<String> {
        let is_there = |one: &&Declared| {
            let mut cards = values.iter().filter(|value| value.len() == 18);
            values.contains(&one.name.as_str())
                && cards.any(|card| card.to_uppercase().ends_with(&one.identity))
        };
        let found = self.declared.iter().filter(is_there);
        found.map(|one| format!("{}（{} 的{}）", one.name, one.account, one.relation)).collect()
    }
}

/// Reads the rules; a township may have none.
pub(crate) fn read(files: &Files, named: &Named<'_>, faults: &mut Faults) -> Risks {
    if files.get(FILE).is_none() {
        return Risks::default();
    }
    let Some(written) = read::toml::<Written>(files, FILE, faults) else { return Risks::default() };
    unique(FILE, written.rule.iter().map(|rule| rule.id.as_str()), faults);
    let rules = written.rule.into_iter().filter_map(|one| rule(files, one, named, faults));
    let rules: Vec<Rule> = rules.collect();
    for one in &written.declared {
        if named.organisation.person(&one.account).is_none() {
            let what = format!("officers.toml 里没有账号 {}", one.account);
            faults.tell(FILE, what, "填有的账号");
        }
        let is_tail = |c: char| c.is_ascii_digit() || c == 'X';
        if one.identity.len() != TAIL || !one.identity.chars().all(is_tail) {
            let what = format!("{} 的 identity 不是证件号码的后四位", one.name);
            faults.tell(FILE, what, "只写后四位，字母写成 X；不要写整个号码");
        }
    }
    Risks { rules, declared: written.declared }
}

/// A rule, where it is on; what is wrong in one that is off is told, too.
fn rule(
    files: &Files,
    written: WrittenRule,
    named: &Named<'_>,
    faults: &mut Faults,
) -> Option<Rule> {
    for item in &written.items {
        // One with a fault of its own is told of by itself.
        if files.get(&format!("items/{item}.toml")).is_none() {
            let what = format!("{}：没有叫 {item} 的事项", written.id);
            faults.tell(FILE, what, "填 items/ 下有的文件名，不带 .toml");
        }
    }
    if written.name.trim().is_empty() || written.words.trim().is_empty() {
        let what = format!("{} 没有写 name 或者 words", written.id);
        faults.tell(FILE, what, "写清楚叫什么、请监督的人看什么");
    }
    let looks_for = looks_for(&written, named, faults)?;
    let WrittenRule { id, name, words, items, on, .. } = written;
    on.then_some(Rule { id, name, words, items, looks_for })
}

/// The fields of each kind of rule.
const KINDS: [(&str, &[&str]); 6] = [
    ("approved_within", &["hours"]),
    ("odd_hours", &["from", "to", "days_off"]),
    ("repeated_pauses", &["times"]),
    ("split_grants", &["times", "days"]),
    ("relative", &["traits"]),
    ("one_person", &["stages"]),
];

fn looks_for(rule: &WrittenRule, named: &Named<'_>, faults: &mut Faults) -> Option<LooksFor> {
    let Some((kind, fields)) = KINDS.into_iter().find(|(kind, _)| *kind == rule.kind) else {
        let known: Vec<&str> = KINDS.into_iter().map(|(kind, _)| kind).collect();
        let what = format!("{}：没有叫 {} 的规则", rule.id, rule.kind);
        faults.tell(FILE, what, format!("kind 填 {}", known.join("、")));
        return None;
    };
    for (field, _) in rule.written().into_iter().filter(|(_, is_written)| *is_written) {
        if !fields.contains(&field) {
            let what = format!("{}：{kind} 用不着 {field}", rule.id);
            faults.tell(FILE, what, format!("只写 {}", fields.join("、")));
        }
    }
    let mut number = |field: &'static str, written: Option<u32>, least: u32| {
        let fits = written.filter(|number| (least..=MOST).contains(number));
        if fits.is_none() {
            let what = format!("{}：{field} 没有写，或者不合适", rule.id);
            faults.tell(FILE, what, format!("填 {least} 到 {MOST} 的数"));
        }
        fits
    };
    match kind {
        "approved_within" => {
            Some(LooksFor::ApprovedWithin { hours: number("hours", rule.hours, 1)? })
        }
        "repeated_pauses" => {
            Some(LooksFor::RepeatedPauses { times: number("times", rule.times, 2)? })
        }
        "one_person" => Some(LooksFor::OnePerson { stages: number("stages", rule.stages, 2)? }),
        "split_grants" => {
            let (times, days) = (number("times", rule.times, 2), number("days", rule.days, 1));
            Some(LooksFor::SplitGrants { times: times?, days: days? })
        }
        "odd_hours" => odd_hours(rule, faults),
        _ => Some(relative(rule, named, faults)),
    }
}

/// More hours, days or times than any rule needs.
const MOST: u32 = 3660;

impl WrittenRule {
    /// The fields that only some kinds have, and whether each is written.
    fn written(&self) -> [(&'static str, bool); 8] {
        [
            ("hours", self.hours.is_some()),
            ("from", self.from.is_some()),
            ("to", self.to.is_some()),
            ("days_off", self.days_off.is_some()),
            ("times", self.times.is_some()),
            ("days", self.days.is_some()),
            ("stages", self.stages.is_some()),
            ("traits", self.traits.is_some()),
        ]
    }
}

fn odd_hours(rule: &WrittenRule, faults: &mut Faults) -> Option<LooksFor> {
    let read = |text: &Option<String>| text.as_deref().and_then(time_of_day);
    match (read(&rule.from), read(&rule.to)) {
        (Some(from), Some(to)) if from < to => {
            Some(LooksFor::OddHours { from, to, days_off: rule.days_off.unwrap_or(true) })
        }
        _ => {
            let what = format!("{}：from 和 to 不是一天里的先后两个时刻", rule.id);
            faults.tell(FILE, what, "写成 from = \"07:00\"、to = \"21:00\" 这样");
            None
        }
    }
}

fn relative(rule: &WrittenRule, named: &Named<'_>, faults: &mut Faults) -> LooksFor {
    let traits = rule.traits.clone().unwrap_or_default();
    for name in &traits {
        let knows = |workflow: &Workflow| workflow.work.traits.contains(name);
        if !named.workflows.iter().any(knows) {
            let what = format!("{}：哪个流程都不看 {name}", rule.id);
            faults.tell(FILE, what, "填 workflows/*.toml 的 traits 里有的");
        }
    }
    LooksFor::Relative { traits }
}

/// The time that is written `07:30`.
fn time_of_day(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()
}
