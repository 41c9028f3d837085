//! `messages.toml`: what applicants are told by SMS, when they are let sleep, and who is told when a
//! lamp turns. A township without the file sends no SMS.

use std::collections::BTreeMap;

use calendar::Date;
use casework::Lamp;
use protocol::ItemId;
use serde::Deserialize;
use time::{Duration, OffsetDateTime, Time};

use crate::fault::Faults;
use crate::folder::Files;
use crate::item::Item;
use crate::office::Office;
use crate::read;
use crate::township::Township;

const FILE: &str = "messages.toml";
/// Characters of an SMS that is sent in one part, as UCS-2 is counted (3GPP TS 23.040).
const ONE_PART: usize = 70;
/// Characters of each part of one that is sent in several: the rest says which it is.
const EACH_PART: usize = 67;
/// The longest that `{promised}` comes to.
const LONGEST_PROMISED: &str = "12月31日23:59";
/// What a text may say of a case, and nothing else: never a reason, a name or an answer.
const PLACES: [&str; 5] = ["township", "item", "number", "promised", "office"];
/// What a case may come to, as `[phases]` of township.toml calls it.
const PHASES: [&str; 13] = [
    "received",
    "opened",
    "working",
    "returned",
    "paused",
    "approved",
    "refused",
    "declined",
    "finished",
    "withdrawn",
    "lapsed",
    "stopped",
    "joined",
];

/// What is told outside of the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    texts: BTreeMap<String, String>,
    /// What items are called where whoever looks over a shoulder may read it.
    names: BTreeMap<String, String>,
    quiet: Option<Quiet>,
    urgent: Vec<ItemId>,
    escalation: Escalation,
}

/// What a text says of a case.
#[derive(Clone, Copy, Debug)]
pub struct Told<'t> {
    /// The township's name.
    pub township: &'t str,
    /// What was applied for.
    pub item: &'t str,
    /// The case's number.
    pub number: &'t str,
    /// By when it is answered.
    pub promised: &'t str,
    /// Who has it.
    pub office: &'t str,
}

/// Who is told when a lamp turns (township.md 4.3: the owner, then the head, then the supervisor).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Watcher {
    /// Whoever works the stage that the case is at.
    Owner,
    /// The heads of the office that has it.
    Head,
    /// Whoever watches over how others work.
    Supervisor,
}

/// The hours in which nobody's phone rings for what can wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quiet {
    from: Time,
    until: Time,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Escalation {
    yellow: Vec<Watcher>,
    orange: Vec<Watcher>,
    red: Vec<Watcher>,
}

impl Default for Escalation {
    fn default() -> Self {
        use Watcher::{Head, Owner, Supervisor};
        Self { yellow: vec![Owner], orange: vec![Owner, Head], red: vec![Owner, Head, Supervisor] }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default = "one")]
    parts: usize,
    #[serde(default)]
    urgent: Vec<String>,
    quiet: Option<WrittenQuiet>,
    #[serde(default)]
    texts: BTreeMap<String, String>,
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    escalation: Escalation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuiet {
    from: String,
    until: String,
}

fn one() -> usize {
    1
}

impl Messages {
    /// What a message calls an item: its name, unless that says more than a message should.
    pub fn name<'m>(&'m self, item: &'m Item) -> &'m str {
        self.names.get(&item.id.0).unwrap_or(&item.name)
    }

    /// What an applicant is told whose case has come to `phase`; none where the township says nothing.
    pub fn words(&self, phase: &str, told: &Told<'_>) -> Option<String> {
        self.texts.get(phase).map(|text| fill(text, told))
    }

    /// When a message about `item` may go out that is ready at `at`, by the township's clock.
    pub fn may_ring(&self, item: &ItemId, at: OffsetDateTime) -> OffsetDateTime {
        match self.quiet.filter(|_| !self.urgent.contains(item)) {
            Some(quiet) => quiet.over(at),
            None => at,
        }
    }

    /// Who is told when this lamp is lit.
    pub fn watchers(&self, lamp: Lamp) -> &[Watcher] {
        match lamp {
            Lamp::Green => &[],
            Lamp::Yellow => &self.escalation.yellow,
            Lamp::Orange => &self.escalation.orange,
            Lamp::Red => &self.escalation.red,
        }
    }
}

impl Quiet {
    /// `at`, or when it is over that began before.
    fn over(self, at: OffsetDateTime) -> OffsetDateTime {
        let now = at.time();
        let is_quiet = match self.from <= self.until {
            true => self.from <= now && now < self.until,
            false => self.from <= now || now < self.until,
        };
        let until = at.replace_time(self.until);
        match is_quiet {
            false => at,
            true if until > at => until,
            true => until.saturating_add(Duration::DAY),
        }
    }
}

/// A text with its places filled, each once: what stands in a name is no place.
fn fill(text: &str, told: &Told<'_>) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(match name {
            "township" => told.township,
            "item" => told.item,
            "number" => told.number,
            "promised" => told.promised,
            "office" => told.office,
            // A text that names another place does not load.
            _ => "",
        });
        rest = after;
    }
    filled + rest
}

/// What else of the pack the file is checked against.
pub(crate) struct Named<'n> {
    pub(crate) township: &'n Township,
    pub(crate) offices: &'n [Office],
    pub(crate) items: &'n [Item],
}

/// Reads the file; a township may have none.
pub(crate) fn read(files: &Files, named: &Named<'_>, faults: &mut Faults) -> Messages {
    if files.get(FILE).is_none() {
        return Messages::default();
    }
    let Some(written) = read::toml::<Written>(files, FILE, faults) else {
        return Messages::default();
    };
    for (phase, text) in &written.texts {
        if !PHASES.contains(&phase.as_str()) {
            let what = format!("[texts] 里不认识 {phase}");
            faults.tell(FILE, what, format!("可用 {}", PHASES.join("、")));
        }
        expect_places(phase, text, faults);
        expect_length(phase, text, (written.parts, &written.names), named, faults);
    }
    for id in written.urgent.iter().chain(written.names.keys()) {
        // One with a fault of its own is told of by itself.
        if files.get(&format!("items/{id}.toml")).is_none() {
            faults.tell(FILE, format!("没有叫 {id} 的事项"), "填 items/ 下有的文件名");
        }
    }
    let quiet = written.quiet.and_then(|quiet| {
        let ends = time_of(&quiet.from).zip(time_of(&quiet.until));
        if ends.is_none() {
            faults.tell(FILE, "[quiet] 的时间读不懂", "写成 from = \"21:00\"、until = \"08:00\"");
        }
        ends.map(|(from, until)| Quiet { from, until })
    });
    Messages {
        texts: written.texts,
        names: written.names,
        quiet,
        urgent: written.urgent.into_iter().map(ItemId).collect(),
        escalation: written.escalation,
    }
}

fn expect_places(phase: &str, text: &str, faults: &mut Faults) {
    for part in text.split('{').skip(1) {
        let name = part.split_once('}').map_or(part, |(name, _)| name);
        if !PLACES.contains(&name) {
            let what = format!("{phase} 里不认识 {{{name}}}");
            let remedy = "只能用 {township} {item} {number} {promised} {office}：\
                          短信里不写原因、姓名、证件号、病情";
            faults.tell(FILE, what, remedy);
        }
    }
}

/// Counts the longest that a text comes to, for any item and office.
fn expect_length(
    phase: &str,
    text: &str,
    (parts, names): (usize, &BTreeMap<String, String>),
    named: &Named<'_>,
    faults: &mut Faults,
) {
    let most = match parts {
        0 | 1 => ONE_PART,
        parts => parts * EACH_PART,
    };
    let Township { id, name, case_number, .. } = named.township;
    let longest = |names: &mut dyn Iterator<Item = &String>| {
        names.max_by_key(|name| name.chars().count()).cloned().unwrap_or_default()
    };
    let office = longest(&mut named.offices.iter().map(|office| &office.name));
    let called = |item: &'_ Item| names.get(&item.id.0).unwrap_or(&item.name).clone();
    let called: Vec<String> = named.items.iter().map(called).collect();
    let item = longest(&mut called.iter());
    let code = longest(&mut named.items.iter().map(|item| &item.code));
    let number = case_number.number(&id.0, Date::MIN, &code, 1);
    let told = Told {
        township: name,
        item: &item,
        number: &number.0,
        promised: LONGEST_PROMISED,
        office: &office,
    };
    let length = fill(text, &told).encode_utf16().count();
    if length > most {
        let what = format!("{phase} 最长会有 {length} 个字，一条短信 {most} 个字");
        faults.tell(FILE, what, "写短一点，或者写 parts = 2（两条连着发，费用也是两条）");
    }
}

/// The time of day that is written `21:00`.
fn time_of(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, time};

    use super::*;

    fn told<'t>() -> Told<'t> {
        Told {
            township: "青禾镇", item: "小事", number: "1", promised: "明天", office: "{item}"
        }
    }

    #[test]
    fn a_text_says_what_its_places_say_and_nothing_twice() {
        assert_eq!(fill("【{township}】{item} {number}", &told()), "【青禾镇】小事 1");
        assert_eq!(fill("{office}", &told()), "{item}", "a name is no place");
    }

    #[test]
    fn what_can_wait_waits_until_people_are_up() {
        let quiet = Some(Quiet { from: time!(21:00), until: time!(8:00) });
        let urgent = vec![ItemId("fire".into())];
        let messages = Messages { quiet, urgent, ..Messages::default() };
        let ring = |item: &str, at| messages.may_ring(&ItemId(item.into()), at);
        let (evening, night) = (datetime!(2026-11-23 21:00 +8), datetime!(2026-11-24 03:00 +8));
        let morning = datetime!(2026-11-24 08:00 +8);
        assert_eq!(ring("road", evening), morning);
        assert_eq!(ring("road", night), morning);
        assert_eq!(ring("road", morning), morning);
        assert_eq!(ring("fire", night), night, "an emergency does not wait");
    }
}
