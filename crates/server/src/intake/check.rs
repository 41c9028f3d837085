//! Running a form over the answers that came: they must fulfil it, and what the phone calculated
//! must be what the form calculates.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use form::surroundings::Fixed;
use form::{Answers, Form, Moment, Session};
use pack::Pack;
use protocol::command::MOST_WORDS;
use protocol::sync::RefusalReason;
use protocol::{DeviceTime, Submission};
use time::{OffsetDateTime, UtcOffset};

use super::arrival::Application;
use super::refusal::{self, Objection};
use super::{files, people, summary};
use crate::checkers::Forms;

/// 个人信息保护法 第三十一条.
const GUARDIAN: &str = "里面有未满 14 周岁的孩子，请监护人看过告知、点了同意再交";
/// How many questions are named when answers are refused.
const MOST_NAMED: usize = 3;

/// Checks a submission against its form.
pub(super) fn check(
    submission: Submission,
    form: &[u8],
    pack: &Pack,
    forms: &mut Forms,
) -> Result<Application, Objection> {
    let Some(item) = pack.item(&submission.item) else {
        return Err(Objection::new(RefusalReason::Unknown, refusal::UNKNOWN_FORM));
    };
    let form = forms.get(submission.form, form).map_err(|_| Objection::later())?;
    let session = fit(&form, &submission)?;
    files::fit(&session, &submission.files)?;
    let is_agreed = submission.informed.as_ref().is_some_and(|told| told.guardian.is_some());
    if children(&submission) > 0 && !is_agreed {
        return Err(unfit(GUARDIAN, "informed.guardian"));
    }
    let route = item.route(&form, &submission.answers);
    // A pack in which an item names no workflow does not load.
    let workflow = pack.workflow(&item.workflow).ok_or_else(Objection::later)?;
    let values = submission.answers.values();
    let values: Vec<&str> = values.iter().map(|(_, value)| *value).collect();
    Ok(Application {
        ties: pack.risks.ties(&values),
        office: route.office.clone(),
        promised: route.promised,
        workflow: workflow.digest,
        village: item.village(&form, &submission.answers),
        traits: item.traits(&form, &submission.answers),
        code: item.code.clone(),
        summary: summary::summarize(item, &session, &submission.answers),
        people: people::people(&session),
        submission,
    })
}

/// Whether somebody's own words are few enough to be read.
pub(super) fn expect_readable(words: &str) -> Result<(), Objection> {
    match words.chars().count() <= MOST_WORDS {
        true => Ok(()),
        false => Err(unfit("写的话太长，请短一些再交", "words")),
    }
}

/// Whether somebody says anything at all.
pub(super) fn expect_said(words: &str) -> Result<(), Objection> {
    match words.trim().is_empty() {
        true => Err(unfit("请写一句哪里不对再交", "words")),
        false => Ok(()),
    }
}

/// Why answers do not fulfil their form.
pub(super) fn unfit(words: impl Into<Cow<'static, str>>, details: impl Into<String>) -> Objection {
    Objection::new(RefusalReason::Unfit, words).with_details(details)
}

fn fit(form: &Rc<Form>, submission: &Submission) -> Result<Session, Objection> {
    let Some((session, lost)) = resume(form, submission) else {
        return Err(unfit("手机上的时间不对，请校准后重新填", "finished_at"));
    };
    if !lost.is_empty() {
        let details = format!("不在表里：{}", lost.join("、"));
        return Err(unfit("里面有这张表没有的内容，请更新后重新填", details));
    }
    let problems = session.problems();
    if !problems.is_empty() {
        let labels = problems.iter().filter_map(|(at, _)| session.label(*at));
        let labels = labels.take(MOST_NAMED).map(|label| format!("「{label}」"));
        let names = problems.iter().map(|(at, _)| session.form().path(at.node));
        let words = format!("{}没有填对，请改了重新交", labels.collect::<String>());
        return Err(unfit(words, format!("没有填对：{}", names.collect::<Vec<_>>().join("、"))));
    }
    let different = differences(&session.answers(), &submission.answers);
    match different.is_empty() {
        true => Ok(session),
        false => {
            let details = format!("算出来的不一样：{}", different.join("、"));
            Err(unfit("手机算出来的和镇里算的不一样，请更新后重新交", details))
        }
    }
}

/// Runs a form over the answers of a submission, as it was when the person finished. Tells what
/// has no place in the form. None where the device's clock says nothing sensible.
pub(crate) fn resume(form: &Rc<Form>, submission: &Submission) -> Option<(Session, Vec<String>)> {
    let surroundings = Rc::new(Fixed::at(at(submission.finished_at)?));
    Some(Session::resume(Rc::clone(form), surroundings, &submission.answers))
}

/// How many children there are whose guardian has to agree.
fn children(submission: &Submission) -> usize {
    let Some(today) = at(submission.finished_at).map(Moment::date) else { return 0 };
    let values = submission.answers.values();
    checks::children::count(values.iter().map(|(_, value)| *value), today)
}

/// A device's time, in its own offset.
pub(crate) fn at(time: DeviceTime) -> Option<Moment> {
    let offset = UtcOffset::from_whole_seconds(i32::from(time.offset_minutes) * 60).ok()?;
    let nanoseconds = i128::from(time.unix_ms) * 1_000_000;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok()?.checked_to_offset(offset)
}

/// The paths at which two sets of answers differ; an empty answer is none.
fn differences(own: &Answers, given: &Answers) -> Vec<String> {
    let flat = |answers: &Answers| -> BTreeMap<String, String> {
        let values = answers.values().into_iter().filter(|(_, value)| !value.is_empty());
        values.map(|(path, value)| (path, value.to_owned())).collect()
    };
    let (own, given) = (flat(own), flat(given));
    let paths = own.keys().chain(given.keys().filter(|path| !own.contains_key(*path)));
    paths.filter(|path| own.get(*path) != given.get(*path)).cloned().collect()
}
