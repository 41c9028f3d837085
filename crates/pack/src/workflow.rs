//! `workflows/<id>.toml`: how the cases of an item are worked.

use std::collections::BTreeMap;
use std::sync::Arc;

use casework::{At, ClockRule, Ending, Next, Outcome, Period, Stage, StageId, To, Who, Work};
use protocol::id::Digest;
use serde::Deserialize;

use crate::fault::Faults;
use crate::folder::Files;
use crate::office::{Office, expect_office};
use crate::officer::WrittenRole;
use crate::read;
use crate::route::WrittenLimit;

/// How the cases of an item are worked, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// The name of its file.
    pub id: String,
    /// The workflow.
    pub work: casework::Workflow,
    /// What applicants are told at each stage, in order.
    pub words: Vec<String>,
    /// The law that each of its limits follows, in order.
    pub bases: Vec<String>,
    /// Its file: whoever keeps cases keeps it beside them, for [`Workflow::kept`].
    pub source: Arc<[u8]>,
    /// SHA-256 of the file: what a case names its workflow by for ever.
    pub digest: Digest,
}

impl Workflow {
    /// A workflow of which only the file was kept. The offices that it names may be gone since.
    ///
    /// # Errors
    /// Every fault that is in it.
    pub fn kept(id: &str, source: &[u8]) -> Result<Self, Faults> {
        let path = format!("workflows/{id}.toml");
        let files = Files([(path.clone(), source.to_owned())].into());
        let mut faults = Faults::default();
        match read_one(&files, &path, None, &mut faults) {
            Some(workflow) if faults.is_empty() => Ok(workflow),
            _ => Err(faults),
        }
    }

    /// What applicants are told at a stage; `office` is the name of who has the case.
    pub fn words_at(&self, stage: StageId, office: &str) -> Option<String> {
        self.words.get(usize::from(stage.0)).map(|words| words.replace("{office}", office))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    traits: Vec<String>,
    #[serde(default)]
    private: bool,
    #[serde(default)]
    incomplete: bool,
    #[serde(default)]
    apart: Vec<[String; 2]>,
    appeal: Option<String>,
    /// 时限算到哪一步办完.
    until: Option<String>,
    #[serde(default)]
    statutory: Vec<WrittenClock>,
    stage: Vec<WrittenStage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClock {
    basis: String,
    #[serde(default)]
    when: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    limit: WrittenLimit,
    extended: Option<WrittenLimit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStage {
    id: String,
    name: String,
    words: String,
    work: WrittenWork,
    who: WrittenWho,
    people: Option<u16>,
    length: Option<WrittenLimit>,
    silence: Option<WrittenLimit>,
    limit: Option<WrittenLimit>,
    #[serde(default)]
    stops_clocks: bool,
    next: BTreeMap<String, WrittenNext>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenWork {
    Intake,
    Review,
    Visit,
    Appraisal,
    Notice,
    County,
    Decision,
    Document,
    Delivery,
    Dispatch,
    Repair,
    Confirmation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWho {
    role: WrittenRole,
    office: Option<String>,
    at: Option<WrittenAt>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenAt {
    Village,
    Anywhere,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenNext {
    Always(String),
    Sometimes(Vec<WrittenWay>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWay {
    #[serde(default)]
    when: Vec<String>,
    to: String,
}

/// Endings, as they are written in the place of a stage.
const ENDINGS: [(&str, Ending); 3] =
    [("finished", Ending::Finished), ("refused", Ending::Refused), ("declined", Ending::Declined)];

pub(crate) fn read_all(files: &Files, offices: &[Office], faults: &mut Faults) -> Vec<Workflow> {
    let paths: Vec<String> = files.under("workflows/").map(str::to_owned).collect();
    paths.iter().filter_map(|path| read_one(files, path, Some(offices), faults)).collect()
}

fn read_one(
    files: &Files,
    path: &str,
    offices: Option<&[Office]>,
    faults: &mut Faults,
) -> Option<Workflow> {
    let written: Written = read::toml(files, path, faults)?;
    let id = path.trim_start_matches("workflows/").trim_end_matches(".toml").to_owned();
    let before = faults.0.len();
    let mut reading = Reading { path, offices, faults, ids: Vec::new() };
    reading.ids = written.stage.iter().map(|stage| stage.id.clone()).collect();
    let words = written.stage.iter().map(|stage| stage.words.clone()).collect();
    let bases = written.statutory.iter().map(|clock| clock.basis.clone()).collect();
    let work = casework::Workflow {
        name: written.name,
        statutory: written.statutory.into_iter().map(|clock| reading.clock(clock)).collect(),
        until: written.until.and_then(|id| reading.find(&id)),
        apart: written.apart.into_iter().filter_map(|pair| reading.pair(&pair)).collect(),
        appeal: written.appeal.and_then(|id| reading.find(&id)),
        stages: written.stage.into_iter().filter_map(|stage| reading.stage(stage)).collect(),
        traits: written.traits,
        is_private: written.private,
        takes_incomplete: written.incomplete,
    };
    // What could not be read is told; what follows from it need not be.
    if faults.0.len() == before {
        for fault in casework::check::faults(&work) {
            faults.tell(path, fault.what, fault.remedy);
        }
    }
    let source: Arc<[u8]> = files.get(path)?.into();
    let digest = Digest::of(&source);
    Some(Workflow { id, work, words, bases, source, digest })
}

struct Reading<'r> {
    path: &'r str,
    /// The offices that there are; none where that does not matter any more.
    offices: Option<&'r [Office]>,
    faults: &'r mut Faults,
    ids: Vec<String>,
}

impl Reading<'_> {
    fn tell(&mut self, what: String, remedy: &str) {
        self.faults.tell(self.path, what, remedy);
    }

    fn find(&mut self, id: &str) -> Option<StageId> {
        let place = self.ids.iter().position(|other| other == id);
        let found = place.and_then(|place| u8::try_from(place).ok()).map(StageId);
        if found.is_none() {
            self.tell(format!("没有叫 {id} 的一步"), "填有的 [[stage]] 的 id");
        }
        found
    }

    fn pair(&mut self, [one, other]: &[String; 2]) -> Option<(StageId, StageId)> {
        let (one, other) = (self.find(one), self.find(other));
        Some((one?, other?))
    }

    fn clock(&mut self, written: WrittenClock) -> ClockRule {
        let from = read::optional_day(self.path, written.from.as_ref(), self.faults);
        let until = read::optional_day(self.path, written.to.as_ref(), self.faults);
        if written.basis.trim().is_empty() {
            self.tell("时限没有写依据".to_owned(), "在 basis 里写哪个文件、哪一条");
        }
        ClockRule {
            when: written.when,
            in_force: Period { from, until },
            limit: written.limit.into(),
            extended: written.extended.map(Into::into),
        }
    }

    fn stage(&mut self, written: WrittenStage) -> Option<Stage> {
        if ENDINGS.iter().any(|(name, _)| *name == written.id) {
            let what = format!("{} 是结束的一种，不能当 id", written.id);
            self.tell(what, "换一个 id");
        }
        let work = self.work(&written);
        let who = self.who(written.who);
        let mut next = Vec::new();
        for (outcome, ways) in written.next {
            let Some(on) = Outcome::ALL.into_iter().find(|one| one.name() == outcome) else {
                let what = format!("“{}”不会有 {outcome} 这个结果", written.name);
                self.tell(what, "看说明书里这一种 work 有哪些结果");
                continue;
            };
            let ways = match ways {
                WrittenNext::Always(to) => vec![WrittenWay { when: Vec::new(), to }],
                WrittenNext::Sometimes(ways) => ways,
            };
            for way in ways {
                let to = self.to(&way.to);
                next.extend(to.map(|to| Next { on, when: way.when, to }));
            }
        }
        Some(Stage {
            id: written.id,
            name: written.name,
            work: work?,
            who,
            limit: written.limit.map(Into::into),
            stops_clocks: written.stops_clocks,
            next,
        })
    }

    fn to(&mut self, written: &str) -> Option<To> {
        match ENDINGS.iter().find(|(name, _)| *name == written) {
            Some((_, ending)) => Some(To::End(*ending)),
            None => self.find(written).map(To::Stage),
        }
    }

    fn who(&mut self, written: WrittenWho) -> Who {
        let at = match (written.office, written.at) {
            (Some(office), _) => {
                if let Some(offices) = self.offices {
                    expect_office(self.path, &office, offices, self.faults);
                }
                At::Office(office)
            }
            (None, Some(WrittenAt::Village)) => At::ItsVillage,
            (None, Some(WrittenAt::Anywhere)) => At::Anywhere,
            (None, None) => At::ItsOffice,
        };
        Who { role: written.role.0, at }
    }

    fn work(&mut self, written: &WrittenStage) -> Option<Work> {
        let WrittenStage { name, people, length, silence, .. } = written;
        let work = match (written.work, *people, *length, *silence) {
            (WrittenWork::Visit, Some(people), None, None) => {
                u8::try_from(people).ok().map(|people| Work::Visit { people })
            }
            (WrittenWork::Appraisal, Some(people), None, None) => Some(Work::Appraisal { people }),
            (WrittenWork::Notice, None, Some(length), None) => {
                Some(Work::Notice { length: length.into() })
            }
            (WrittenWork::Confirmation, None, None, Some(silence)) => {
                Some(Work::Confirmation { silence: silence.into() })
            }
            (work, None, None, None) => plain(work),
            _ => None,
        };
        if work.is_none() {
            let remedy = "visit 和 appraisal 写 people，notice 写 length，confirmation 写 silence，别的都不写";
            self.tell(format!("“{name}”写的数和它做的事对不上"), remedy);
        }
        work
    }
}

/// Work that needs no number.
fn plain(written: WrittenWork) -> Option<Work> {
    match written {
        WrittenWork::Intake => Some(Work::Intake),
        WrittenWork::Review => Some(Work::Review),
        WrittenWork::County => Some(Work::County),
        WrittenWork::Decision => Some(Work::Decision),
        WrittenWork::Document => Some(Work::Document),
        WrittenWork::Delivery => Some(Work::Delivery),
        WrittenWork::Dispatch => Some(Work::Dispatch),
        WrittenWork::Repair => Some(Work::Repair),
        WrittenWork::Visit
        | WrittenWork::Appraisal
        | WrittenWork::Notice
        | WrittenWork::Confirmation => None,
    }
}
