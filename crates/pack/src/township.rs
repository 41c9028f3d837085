//! `township.toml`.

use serde::Deserialize;

use crate::case_number::CaseNumberTemplate;
use crate::fault::Faults;
use crate::folder::Files;
use crate::guide::Collector;
use crate::read;

const FILE: &str = "township.toml";

/// Who the township is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Township {
    /// Its 12-digit division code.
    pub id: protocol::Township,
    /// Its name.
    pub name: String,
    /// Minutes east of UTC: whose midnight ends a day.
    pub utc_offset: time::UtcOffset,
    /// How cases are numbered.
    pub case_number: CaseNumberTemplate,
    /// What applicants are told of how far their cases have come.
    pub phases: Phases,
    /// See [`protocol::pack::PhonePack::offline_days`].
    pub offline_days: u16,
    /// Whether everybody who signs in to the console needs a second factor (GB/T 22239-2019, level 3).
    pub second_factor: bool,
    /// How long whoever watches over how cases are worked has.
    pub supervision: Supervision,
    /// What stands on the home page, in order.
    pub(crate) sections: Vec<Section>,
    /// Who collects what people tell.
    pub(crate) collector: Collector,
}

/// How long whoever watches over how cases are worked has for what they look into, in working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Supervision {
    /// For a bad rating: 国办发〔2019〕51号 asks for a limit, places gave 5 working days.
    pub bad_rating_days: u32,
    /// The same where it is not simple: places gave 15.
    pub complex_days: u32,
    /// For what a risk rule raised.
    pub risk_days: u32,
}

impl Default for Supervision {
    fn default() -> Self {
        Self { bad_rating_days: 5, complex_days: 15, risk_days: 10 }
    }
}

impl Supervision {
    fn check(&self, faults: &mut Faults) {
        let all = [
            ("bad_rating_days", self.bad_rating_days),
            ("complex_days", self.complex_days),
            ("risk_days", self.risk_days),
        ];
        for (name, days) in all.into_iter().filter(|(_, days)| !(1..=60).contains(days)) {
            faults.tell(FILE, format!("[supervision] {name} 是 {days}"), "填 1 到 60 个工作日");
        }
        if self.complex_days < self.bad_rating_days {
            let what = "[supervision] complex_days 比 bad_rating_days 短";
            faults.tell(FILE, what, "复杂的时间要长一些，一般 5 和 15");
        }
    }
}

/// Items that stand together on the home page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Section {
    /// The heading: 常办.
    pub(crate) name: String,
    /// The names of its items, in order.
    pub(crate) items: Vec<String>,
}

/// How far a case has come, as its applicant sees it, by whatever workflow it is worked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phases {
    /// The township has it.
    pub received: Phase,
    /// Somebody has opened it.
    pub opened: Phase,
    /// It has come further than the first stage of its workflow.
    pub working: Phase,
    /// The applicant is asked to correct it.
    pub returned: Phase,
    /// Its clocks are stopped.
    pub paused: Phase,
    /// It is decided, and something is left to do.
    pub approved: Phase,
    /// It is not granted.
    pub refused: Phase,
    /// It was not taken.
    pub declined: Phase,
    /// Nothing is left to do.
    pub finished: Phase,
    /// The applicant has taken it back.
    pub withdrawn: Phase,
    /// The applicant did not correct it in time.
    pub lapsed: Phase,
    /// It was ended without a decision.
    pub stopped: Phase,
    /// It is answered with another case.
    pub joined: Phase,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its name in lists.
    pub name: String,
    words: String,
}

impl Phase {
    /// What the applicant is told: the office that has the case, by when it answers, and what is said
    /// at the stage of its workflow.
    pub fn words(&self, office: &str, promised: &str, stage: &str) -> String {
        let words = self.words.replace("{office}", office).replace("{promised}", promised);
        words.replace("{stage}", stage)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    division: String,
    name: String,
    utc_offset_minutes: i32,
    case_number: String,
    #[serde(default = "usual_offline_days")]
    offline_days: u16,
    #[serde(default)]
    second_factor: bool,
    #[serde(default)]
    supervision: Supervision,
    section: Vec<Section>,
    phases: Phases,
    notice: Collector,
}

/// A fortnight, where the township does not say.
fn usual_offline_days() -> u16 {
    14
}

pub(crate) fn read(files: &Files, faults: &mut Faults) -> Option<Township> {
    let written: Written = read::toml(files, FILE, faults)?;
    if written.division.len() != 12 || !written.division.bytes().all(|byte| byte.is_ascii_digit()) {
        let what = format!("区划代码 {} 不是 12 位数字", written.division);
        faults.tell(FILE, what, "填国家统计局的 12 位乡镇代码");
    }
    let seconds = written.utc_offset_minutes.checked_mul(60);
    let utc_offset = seconds.and_then(|s| time::UtcOffset::from_whole_seconds(s).ok());
    if utc_offset.is_none() {
        faults.tell(FILE, "utc_offset_minutes 不是时差", "北京时间填 480");
    }
    let case_number = match written.case_number.parse() {
        Ok(template) => Some(template),
        Err(error) => {
            faults.tell(FILE, format!("case_number：{error}"), CaseNumberTemplate::REMEDY);
            None
        }
    };
    if !(1..=365).contains(&written.offline_days) {
        let what = format!("offline_days 是 {}", written.offline_days);
        faults.tell(FILE, what, "填 1 到 365，一般 14");
    }
    written.supervision.check(faults);
    Some(Township {
        id: protocol::Township(written.division),
        name: written.name,
        utc_offset: utc_offset?,
        case_number: case_number?,
        phases: written.phases,
        offline_days: written.offline_days,
        second_factor: written.second_factor,
        supervision: written.supervision,
        sections: written.section,
        collector: written.notice,
    })
}
