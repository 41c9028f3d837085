//! What a person might do next in a form, at random: answers of the question's type, rows added and
//! removed.

use fastrand::Rng;
use form::model::{Kind, Language, Question, TextKind};
use form::{InstanceId, Session};
use player::Action;

/// Something that can be done now; nothing where nothing can.
pub fn next(session: &Session, chance: &mut Rng) -> Option<Action> {
    let mut places = Places::default();
    places.collect(session, session.root(), "/data");
    if !places.repeats.is_empty() && chance.u8(..10) == 0 {
        let path = chance.choice(&places.repeats)?.clone();
        return Some(Action::Add { path });
    }
    if !places.rows.is_empty() && chance.u8(..14) == 0 {
        let path = chance.choice(&places.rows)?.clone();
        return Some(Action::Remove { path });
    }
    let languages = &session.form().languages;
    if languages.len() > 1 && chance.u8(..20) == 0 {
        let value = full_name(chance.choice(languages)?);
        return Some(Action::Language { value });
    }
    let (path, at) = chance.choice(&places.questions)?.clone();
    let value = answer(session, at, chance)?;
    Some(Action::Set { path, value })
}

/// `English (en)`, as in the heading `label::English (en)`.
pub fn full_name(language: &Language) -> String {
    match &language.code {
        Some(code) => format!("{} ({code})", language.name),
        None => language.name.clone(),
    }
}

/// Where something can be done.
#[derive(Default)]
struct Places {
    questions: Vec<(String, InstanceId)>,
    repeats: Vec<String>,
    rows: Vec<String>,
}

impl Places {
    fn collect(&mut self, session: &Session, holder: InstanceId, above: &str) {
        for at in session.children(holder) {
            if !session.is_relevant(at) {
                continue;
            }
            let node = session.form().node(at.node);
            let path = format!("{above}/{}", node.name);
            match &node.kind {
                Kind::Group => self.collect(session, at, &path),
                Kind::Repeat { count, .. } => {
                    self.collect_rows(session, at, &path, count.is_none())
                }
                Kind::Question(question) if !session.is_read_only(at) && is_asked(question) => {
                    self.questions.push((path, at));
                }
                _ => {}
            }
        }
    }

    fn collect_rows(&mut self, session: &Session, at: InstanceId, path: &str, is_free: bool) {
        let rows = session.rows(at);
        if is_free && rows.len() < 4 {
            self.repeats.push(path.to_owned());
        }
        for (place, row) in (1..).zip(rows) {
            let path = format!("{path}[{place}]");
            self.collect(session, row, &path);
            if is_free {
                self.rows.push(path);
            }
        }
    }
}

/// Files are what a browser hands over: no text stands for one.
fn is_asked(question: &Question) -> bool {
    question.files().is_none()
}

fn answer(session: &Session, at: InstanceId, chance: &mut Rng) -> Option<String> {
    if chance.u8(..8) == 0 {
        return Some(String::new());
    }
    // Others take minutes to make as many rows as a telephone number says.
    let counts = session
        .form()
        .nodes
        .iter()
        .any(|node| matches!(&node.kind, Kind::Repeat { count: Some(_), .. }));
    let question = session.form().node(at.node).question()?;
    Some(match question {
        Question::SelectOne(_) => chosen(session, at, chance, 1),
        Question::SelectMultiple(_) => {
            let many = chance.usize(1..4);
            chosen(session, at, chance, many)
        }
        Question::Rank(_) => chosen(session, at, chance, usize::MAX),
        Question::Acknowledge => "OK".to_owned(),
        Question::Range(range) => {
            let (start, end) = (range.start.double(), range.end.double());
            let steps = ((end - start) / range.step.double()).abs().round() as u32;
            let part = f64::from(chance.u32(0..=steps)) / f64::from(steps.max(1));
            let value = format!("{:.6}", start + (end - start) * part);
            value.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Question::Text(_) | Question::Integer | Question::Decimal if counts => {
            chance.u8(..6).to_string()
        }
        other => (*chance.choice(typical(other))?).to_owned(),
    })
}

fn typical(question: &Question) -> &'static [&'static str] {
    match question {
        Question::Integer => &["0", "1", "2", "5", "17", "65", "120", "2026", "-3", "90000"],
        Question::Decimal => &["0", "1", "0.5", "12.25", "365.5", "1200", "99999.99", "-1.5"],
        Question::Date => {
            &["1958-06-01", "2000-02-29", "2015-12-31", "2026-11-23", "2026-11-24", "2030-01-01"]
        }
        Question::Time => &["09:30:00.000+08:00", "23:59:00.000+08:00"],
        Question::DateTime => &["2026-11-20T08:00:00.000+08:00", "2026-11-23T23:30:00.000+08:00"],
        Question::Place => &["26.58 107.98 650 5", "-12.5 30.25 0 0"],
        Question::Trace => &["26.5 107.9 0 0; 26.6 107.9 0 0; 26.6 108 0 0"],
        Question::Shape => &["26.5 107.9 0 0; 26.6 107.9 0 0; 26.6 108 0 0; 26.5 107.9 0 0"],
        Question::Text(TextKind::Digits) => &["1", "007", "13800000000", "529999"],
        _ => &[
            "a",
            "b",
            "王秀兰",
            "x y",
            "1",
            "20",
            "13800000000",
            "529999195806010022",
            "A-1",
            "true",
            "false",
            "red",
            "cat",
        ],
    }
}

/// Some of what is on offer.
fn chosen(session: &Session, at: InstanceId, chance: &mut Rng, many: usize) -> String {
    let mut offered: Vec<String> = session
        .choices(at)
        .into_iter()
        .map(|choice| session.choice_name(at, choice).to_owned())
        .collect();
    chance.shuffle(&mut offered);
    offered.truncate(many);
    offered.join(" ")
}
