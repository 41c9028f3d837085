//! What happened to a case, as officers read it.

use pack::Pack;
use protocol::fact::Correction;
use protocol::{Finding, ServerTime};

use super::words;
use crate::cases::{Event, Said, local};
use crate::intake;

/// One step of the trail.
pub(super) struct Step {
    /// What happened; its own words on lines of their own.
    pub(super) what: String,
    pub(super) details: String,
}

/// The trail, the latest first. `receipt` is the digest of the envelope that is in force.
pub(super) fn steps(
    pack: &Pack,
    events: &[(ServerTime, Event)],
    receipt: &str,
    now: ServerTime,
) -> Vec<Step> {
    let moment = |at: ServerTime| words::moment(local(pack, at), local(pack, now));
    let name = |account: &str| {
        pack.officer(account).map_or(account.to_owned(), |officer| officer.name.clone())
    };
    let step = |(at, event): &(ServerTime, Event)| {
        let (what, by) = told(event, receipt, &name, &|at| {
            intake::at(at).map(|at| words::moment(at, local(pack, now))).unwrap_or_default()
        });
        Step { what, details: format!("{} · {by}", moment(*at)) }
    };
    events.iter().rev().map(step).collect()
}

/// What happened, and by whom.
fn told(
    event: &Event,
    receipt: &str,
    name: &dyn Fn(&str) -> String,
    by_phone: &dyn Fn(protocol::DeviceTime) -> String,
) -> (String, String) {
    match event {
        Event::Received { .. } => ("收到".to_owned(), format!("回执 {receipt:.8}…")),
        Event::FilesComplete => ("材料到齐".to_owned(), "逐一核对完整".to_owned()),
        Event::Opened { by } => ("打开".to_owned(), name(by)),
        Event::Noted { by, words } => (words.clone(), name(by)),
        Event::Returned { by, said } => (with("请申请人补正", &lines(said)), name(by)),
        Event::Supplemented { finished_at, .. } => {
            ("申请人补正".to_owned(), format!("改于 {}（手机时间）", by_phone(*finished_at)))
        }
        Event::Decided { by, is_granted, said } => {
            let what = if *is_granted { "同意" } else { "不批准" };
            (with(what, &lines(said)), name(by))
        }
        Event::Finished { by } => ("办结".to_owned(), name(by)),
        Event::Withdrawn { reason, .. } => (with("撤回", reason), "申请人".to_owned()),
        Event::Rated { .. } => ("评价".to_owned(), "申请人，经办看不到评了什么".to_owned()),
        Event::VisitAsked { by, words, .. } => (with("请人核查", words), name(by)),
        Event::Visited { who, finding, words, visited_at, .. } => {
            let what = format!("核查：{}", finding_words(*finding));
            (with(&what, words), format!("{who}，去于 {}（手机时间）", by_phone(*visited_at)))
        }
    }
}

fn with(what: &str, words: &str) -> String {
    match words {
        "" => what.to_owned(),
        words => format!("{what}\n{words}"),
    }
}

fn lines(said: &Said) -> String {
    let corrections = said.corrections.iter().map(|Correction { words, .. }| words.as_str());
    let all = [said.words.as_str()].into_iter().chain(corrections);
    all.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
}

fn finding_words(finding: Finding) -> &'static str {
    match finding {
        Finding::AsStated => "和申请的一样",
        Finding::Different => "和申请的不一样",
        Finding::Absent => "没有见到人",
    }
}
