//! `documents.toml`: what the township tells people in writing, with a number and a seal, and in which
//! words. Without it no documents are issued.

use std::str::FromStr;

use serde::Deserialize;

use crate::fault::Faults;
use crate::folder::Files;
use crate::read;
use crate::workflow::Workflow;

const FILE: &str = "documents.toml";

/// What a document is for. Its name is kept with it for ever, and never used for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// 受理通知书 (行政许可法 article 32).
    Acceptance,
    /// 不予受理通知书 (the same).
    Declination,
    /// 补正告知书: all that is missing or wrong, at once (the same).
    Correction,
    /// 准予决定书 (article 38).
    Grant,
    /// 不予批准决定书: with reasons, and where one can go against it (the same).
    Refusal,
    /// 中止通知书 (article 45).
    Pause,
    /// 延长期限通知书, with reasons (article 42).
    Extension,
    /// 办结单.
    Completion,
}

impl DocumentKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Acceptance,
        Self::Declination,
        Self::Correction,
        Self::Grant,
        Self::Refusal,
        Self::Pause,
        Self::Extension,
        Self::Completion,
    ];

    /// As `documents.toml`, the storage and the pages of the console call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::Declination => "declination",
            Self::Correction => "correction",
            Self::Grant => "grant",
            Self::Refusal => "refusal",
            Self::Pause => "pause",
            Self::Extension => "extension",
            Self::Completion => "completion",
        }
    }

    /// The kind that is called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the law asks for reasons in it.
    pub fn gives_reasons(self) -> bool {
        match self {
            Self::Declination
            | Self::Correction
            | Self::Refusal
            | Self::Pause
            | Self::Extension => true,
            Self::Acceptance | Self::Grant | Self::Completion => false,
        }
    }

    /// Whether the law asks it to say where whoever does not agree can go (article 38; 行政复议法实施条例
    /// article 17).
    fn tells_remedies(self) -> bool {
        matches!(self, Self::Declination | Self::Refusal)
    }
}

/// What is filled into the words of a document; what is empty is not known, or not so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentValues {
    /// `{item}`
    pub item: String,
    /// `{case}`: the number of the case.
    pub case: String,
    /// `{office}`
    pub office: String,
    /// `{received}`: the day that the application came.
    pub received: String,
    /// `{promised}`: by when the township promised to answer.
    pub promised: String,
    /// `{until}`: until when something else is, of which the document tells.
    pub until: String,
    /// `{reasons}`: what was written, in lines.
    pub reasons: String,
}

impl DocumentValues {
    const REMEDY: &str =
        "可用 {item} {case} {office} {received} {promised} {until} {reasons}，花括号要成对";

    fn named(&self, name: &str) -> Option<&str> {
        Some(match name {
            "item" => &self.item,
            "case" => &self.case,
            "office" => &self.office,
            "received" => &self.received,
            "promised" => &self.promised,
            "until" => &self.until,
            "reasons" => &self.reasons,
            _ => return None,
        })
    }

    /// `words` with the values in their places. None where one of them is empty: such a sentence is not
    /// said. What is filled in is never looked through for more.
    fn fill(&self, words: &str) -> Option<String> {
        let (mut filled, mut rest) = (String::new(), words);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            filled.push_str(before);
            filled.push_str(self.named(name).filter(|value| !value.is_empty())?);
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

/// How documents are numbered in each year (发文字号, GB/T 9704-2012, 7.2.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentNumber(String);

impl DocumentNumber {
    /// The number of the `serial`-th document of `year`.
    pub fn of(&self, year: i32, serial: u64) -> String {
        let number = self.0.replace("{year}", &year.to_string());
        number.replace("{serial}", &serial.to_string())
    }
}

impl FromStr for DocumentNumber {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.replacen("{year}", "", 1).replacen("{serial}", "", 1);
        match () {
            () if !text.contains("{year}") => Err("没有 {year}，每年的编号会重复"),
            () if !text.contains("{serial}") => Err("没有 {serial}，编号会重复"),
            () if rest.contains(['{', '}']) => Err("花括号里只认 {year} 和 {serial}，各写一次"),
            () => Ok(Self(text.to_owned())),
        }
    }
}

/// How the township tells people in writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documents {
    /// How they are numbered.
    pub number: DocumentNumber,
    /// In whose name: the organ whose seal it is.
    pub issuer: String,
    /// Whether they are a demonstration's, and say so.
    pub is_demonstration: bool,
    remedies: Vec<String>,
    kinds: Vec<(DocumentKind, WrittenKind)>,
    bases: Vec<WrittenBasis>,
}

impl Documents {
    /// What a document of this kind is called.
    pub fn title(&self, kind: DocumentKind) -> &str {
        self.kind(kind).map_or("", |written| &written.title)
    }

    /// What it says.
    pub fn body(&self, kind: DocumentKind, values: &DocumentValues) -> Vec<String> {
        let words = self.kind(kind).map_or(&[][..], |written| &written.words);
        words.iter().filter_map(|words| values.fill(words)).collect()
    }

    /// The law that it follows, of a case that is worked by this workflow.
    pub fn grounds(
        &self,
        kind: DocumentKind,
        workflow: &str,
        values: &DocumentValues,
    ) -> Vec<String> {
        let is_of = |basis: &&WrittenBasis| {
            let any = basis.workflows.is_empty();
            basis.kinds.contains(&kind) && (any || basis.workflows.iter().any(|id| id == workflow))
        };
        self.bases.iter().filter(is_of).filter_map(|basis| values.fill(&basis.words)).collect()
    }

    /// Where whoever does not agree with it can go.
    pub fn remedies(&self, kind: DocumentKind) -> &[String] {
        match self.kind(kind).is_some_and(|written| written.remedies) {
            true => &self.remedies,
            false => &[],
        }
    }

    fn kind(&self, kind: DocumentKind) -> Option<&WrittenKind> {
        self.kinds.iter().find(|(one, _)| *one == kind).map(|(_, written)| written)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    number: String,
    issuer: String,
    #[serde(default)]
    demonstration: bool,
    #[serde(default)]
    remedies: Vec<String>,
    acceptance: WrittenKind,
    declination: WrittenKind,
    correction: WrittenKind,
    grant: WrittenKind,
    refusal: WrittenKind,
    pause: WrittenKind,
    extension: WrittenKind,
    completion: WrittenKind,
    #[serde(default)]
    basis: Vec<WrittenBasis>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKind {
    title: String,
    words: Vec<String>,
    #[serde(default)]
    remedies: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBasis {
    kinds: Vec<DocumentKind>,
    /// Of cases that are worked so; empty for all.
    #[serde(default)]
    workflows: Vec<String>,
    words: String,
}

/// Reads it; a township may issue no documents.
pub(crate) fn read(
    files: &Files,
    workflows: &[Workflow],
    faults: &mut Faults,
) -> Option<Documents> {
    files.get(FILE)?;
    let written: Written = read::toml(files, FILE, faults)?;
    // A pack with a fault does not load: what stands in the place of a number is never used.
    let number = written.number.parse().unwrap_or_else(|error| {
        faults.tell(FILE, format!("number：{error}"), "写成 青政服〔{year}〕{serial}号 这样");
        DocumentNumber(String::new())
    });
    let kinds = vec![
        (DocumentKind::Acceptance, written.acceptance),
        (DocumentKind::Declination, written.declination),
        (DocumentKind::Correction, written.correction),
        (DocumentKind::Grant, written.grant),
        (DocumentKind::Refusal, written.refusal),
        (DocumentKind::Pause, written.pause),
        (DocumentKind::Extension, written.extension),
        (DocumentKind::Completion, written.completion),
    ];
    let documents = Documents {
        number,
        issuer: written.issuer.trim().to_owned(),
        is_demonstration: written.demonstration,
        remedies: written.remedies,
        kinds,
        bases: written.basis,
    };
    expect(&documents, workflows, faults);
    Some(documents)
}

/// Tells what the law, or the words themselves, would miss.
fn expect(documents: &Documents, workflows: &[Workflow], faults: &mut Faults) {
    if documents.issuer.is_empty() {
        faults.tell(FILE, "没有写 issuer", "写清楚用谁的名义、盖谁的章");
    }
    for (kind, written) in &documents.kinds {
        let name = kind.name();
        if written.title.trim().is_empty() {
            faults.tell(FILE, format!("[{name}] 没有写 title"), "写文书的名称，比如 受理通知书");
        }
        if kind.gives_reasons() && !written.words.iter().any(|words| words.contains("{reasons}")) {
            faults.tell(
                FILE,
                format!("[{name}] 没有 {{reasons}}"),
                "这种文书要写明理由，words 里留出 {reasons}",
            );
        }
        let tells = written.remedies && documents.remedies.iter().any(|one| !one.trim().is_empty());
        if kind.tells_remedies() && !tells {
            let what = format!("[{name}] 没有告诉救济途径");
            faults.tell(
                FILE,
                what,
                "写 remedies = true，并在开头的 remedies 里写明复议、诉讼找谁、多少天",
            );
        }
        for words in &written.words {
            expect_words(name, words, faults);
        }
    }
    for basis in &documents.bases {
        expect_words("[basis]", &basis.words, faults);
        for id in &basis.workflows {
            if workflows.iter().all(|workflow| workflow.id != *id) {
                let what = format!("[[basis]] 里没有叫 {id} 的流程");
                faults.tell(FILE, what, "填 workflows/ 下有的文件名，不带 .toml");
            }
        }
    }
}

fn expect_words(name: &str, words: &str, faults: &mut Faults) {
    let dot = || "。".to_owned();
    let all = DocumentValues {
        item: dot(),
        case: dot(),
        office: dot(),
        received: dot(),
        promised: dot(),
        until: dot(),
        reasons: dot(),
    };
    let filled = all.fill(words);
    if filled.is_none_or(|filled| filled.contains('}')) {
        faults.tell(
            FILE,
            format!("[{name}] 的“{words}”里有不认识的花括号"),
            DocumentValues::REMEDY,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_names_the_year_and_its_place_in_it_without_zeros() {
        let number: DocumentNumber = "青政服〔{year}〕{serial}号".parse().unwrap();
        assert_eq!(number.of(2026, 7), "青政服〔2026〕7号");
        assert!("青政服〔{year}〕号".parse::<DocumentNumber>().is_err());
        assert!("青政服{serial}号".parse::<DocumentNumber>().is_err());
        assert!("{year}{serial}{day}".parse::<DocumentNumber>().is_err());
    }

    #[test]
    fn what_is_filled_in_is_not_looked_through_for_more() {
        let values = DocumentValues {
            reasons: "写着 {office} 和 {".into(),
            office: "综合办公室".into(),
            ..DocumentValues::default()
        };
        let filled = values.fill("{office}：{reasons}。");
        assert_eq!(filled.unwrap(), "综合办公室：写着 {office} 和 {。");
        assert_eq!(values.fill("到{until}为止"), None, "what is not known is not said");
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::named(kind.name()), Some(kind));
        }
    }
}
