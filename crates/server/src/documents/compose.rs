//! What a document says: the township's words, filled in with what its case says.

use calendar::OffsetDateTime;
use casework::Counts;
use document::Document;
use pack::{DocumentKind, DocumentValues, Documents};
use time::{Duration, Time};

use super::called_for::Called;
use crate::cases::{AtHand, Now, local};
use crate::intake::is_name;

/// What it is called and where its truth is told.
pub(super) struct Named {
    /// 文号.
    pub(super) number: String,
    /// The address of its proof.
    pub(super) proof: String,
}

/// The document that was called for. `words` are the reasons of who issues it, where none were written
/// with the event.
pub(super) fn compose(
    now: Now<'_>,
    documents: &Documents,
    at_hand: &AtHand,
    called: &Called,
    words: &str,
    named: Named,
) -> Document {
    let (pack, row, kind) = (&now.pack.pack, &at_hand.row, called.kind);
    let office = pack.office(&row.office).map_or(row.office.as_str(), |office| &office.name);
    let item = pack.item(&row.item).map_or(row.item.0.as_str(), |item| &item.name);
    let until = match kind {
        DocumentKind::Extension => statutory_end(now, at_hand),
        _ => called.until,
    };
    let values = DocumentValues {
        item: item.to_owned(),
        case: row.number.0.clone(),
        office: office.to_owned(),
        received: date_words(at_hand.case.received_at),
        promised: day_words(local(pack, row.promised_by)),
        until: until.map(day_words).unwrap_or_default(),
        reasons: if called.lacks_reasons() { words } else { &called.reasons }.to_owned(),
    };
    let addressee = if is_name(&row.person) { row.person.as_str() } else { "申请人" };
    Document {
        title: documents.title(kind).to_owned(),
        number: named.number,
        issuer: documents.issuer.clone(),
        office: values.office.clone(),
        addressee: addressee.to_owned(),
        case: values.case.clone(),
        item: values.item.clone(),
        body: documents.body(kind, &values),
        grounds: documents.grounds(kind, &at_hand.workflow.id, &values),
        remedies: documents.remedies(kind).to_vec(),
        at: now.local(),
        proof: named.proof,
        is_demonstration: documents.is_demonstration,
    }
}

/// When the law's own limit ends, as it stands now.
fn statutory_end(now: Now<'_>, at_hand: &AtHand) -> Option<OffsetDateTime> {
    let (work, calendar) = (&at_hand.workflow.work, &now.pack.pack.calendar);
    let clocks = at_hand.case.clocks(work, calendar, now.local());
    let clock = clocks.into_iter().find(|clock| clock.counts == Some(Counts::Statutory));
    clock.map(|clock| clock.deadline.end)
}

fn date_words(at: OffsetDateTime) -> String {
    let (year, month, day) = at.to_calendar_date();
    format!("{year}年{}月{day}日", u8::from(month))
}

/// The last day before `end`, or the moment where a day is not whole.
fn day_words(end: OffsetDateTime) -> String {
    let time = end.time();
    match time == Time::MIDNIGHT {
        true => date_words(end.saturating_sub(Duration::DAY)),
        false => format!("{}{}时{:02}分", date_words(end), time.hour(), time.minute()),
    }
}

/// Somebody's name as strangers may read it.
pub(super) fn masked(person: &str) -> String {
    match person.trim().chars().next().filter(|_| is_name(person)) {
        Some(first) => format!("{first}*"),
        None => "没有写姓名".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn of_a_name_strangers_read_the_first_character() {
        assert_eq!(masked("张三"), "张*");
        assert_eq!(masked("𠮷田·买买提"), "𠮷*");
        assert_eq!(masked("匿名"), "没有写姓名");
    }

    #[test]
    fn a_day_that_ends_at_midnight_is_the_one_before() {
        assert_eq!(day_words(datetime!(2027-01-01 0:00 +8)), "2026年12月31日");
        assert_eq!(day_words(datetime!(2026-11-24 9:05 +8)), "2026年11月24日9时05分");
    }
}
