//! What a node is: by its control, the type of its data and its media type (specification,
//! sections "Data Types" and "Body Elements").

use form::definition::{Declaration, DeclaredKind, SelectKind};
use form::expression::Number;
use form::model::{Bounds, Question, Range, Recording, TextKind};

use super::Reader;
use super::document::{Xml, attribute, child, elements};
use super::path::clean;
use super::tree::Spot;
use crate::write::{ONE_FILE, UNBOUNDED};

impl<'x> Reader<'x> {
    /// What a node is; none where its choices are not understood, which is told.
    pub(super) fn kind(
        &mut self,
        d: &Declaration,
        spot: &Spot<'x>,
        bind: Option<Xml<'x>>,
        control: Option<Xml<'x>>,
    ) -> Option<DeclaredKind> {
        if spot.is_repeat {
            return Some(self.repeat_kind(spot));
        }
        if self.body.groups.contains_key(&spot.path) || elements(spot.element).next().is_some() {
            return Some(DeclaredKind::Group);
        }
        let Some(control) = control else {
            return Some(self.hidden(spot));
        };
        if self.body.actions_on(&spot.path).iter().any(|action| action.name != "setvalue") {
            let what = "设备自己记的内容，不再显示给人看";
            self.lose(control, what, "要人填的话，去掉 odk:setgeopoint 等动作");
            return Some(self.hidden(spot));
        }
        match control.tag_name().name() {
            "select1" => self.select(SelectKind::One, spot, control),
            "select" => self.select(SelectKind::Multiple, spot, control),
            "rank" => self.select(SelectKind::Rank, spot, control),
            _ => self.asked(d, bind, control),
        }
    }

    /// A question that is no select, or a note.
    fn asked(
        &mut self,
        d: &Declaration,
        bind: Option<Xml<'x>>,
        control: Xml<'x>,
    ) -> Option<DeclaredKind> {
        if child(control, "itemset").is_some() {
            let what = "这一题不是选择题，itemset 没有读";
            self.lose(control, what, "刻度和参照的图形要另外给");
        }
        if child(control, "tag").is_some() {
            self.lose(control, "OSM 的标签没有读", "由画图的程序自己给出标签");
        }
        let own = |name| bind.and_then(|bind| attribute(bind, name));
        let data_type = own("type").unwrap_or_default();
        let question = match control.tag_name().name() {
            "trigger" => Question::Acknowledge,
            "range" => Question::Range(self.range(control)?),
            "upload" => upload(control, bind),
            _ => match control.attribute("query") {
                Some(query) => return self.query(control, query),
                None => input(d, data_type.strip_prefix("xsd:").unwrap_or(data_type)),
            },
        };
        let is_text = matches!(question, Question::Text(_));
        let is_note = match own("xst:type") {
            Some(own) => own == "note",
            None => is_text && is_note(d),
        };
        Some(if is_note { DeclaredKind::Note } else { DeclaredKind::Question(question) })
    }

    fn repeat_kind(&self, spot: &Spot<'x>) -> DeclaredKind {
        let repeat = self.body.repeats.get(&spot.path).copied();
        let own = |name| repeat.and_then(|repeat| attribute(repeat, name));
        let initial = own("xst:initial").and_then(|number| number.parse().ok());
        let initial = initial.unwrap_or(spot.initial);
        let worked_out = self.counts.get(&spot.path).cloned();
        let count = worked_out.or_else(|| own("jr:count").map(clean));
        DeclaredKind::Repeat { bounds: self.bounds(repeat, initial), initial, count }
    }

    /// What people do not see.
    fn hidden(&self, spot: &Spot<'x>) -> DeclaredKind {
        if spot.path == format!("{}/meta/audit", self.root) {
            return DeclaredKind::Recorded(Recording::Audit);
        }
        let bind = self.binds.get(&spot.path).copied();
        let preload = |name| bind.and_then(|bind| attribute(bind, name));
        if (preload("jr:preload"), preload("jr:preloadParams")) == (Some("timestamp"), Some("end"))
        {
            return DeclaredKind::Recorded(Recording::End);
        }
        let actions = self.body.actions_on(&spot.path);
        let by = |name| actions.iter().find(|action| action.name == name);
        match (by("recordaudio"), by("setgeopoint")) {
            (Some(_), _) => DeclaredKind::Recorded(Recording::Audio),
            (_, Some(action)) if action.is_on(&["xforms-value-changed"]) => {
                DeclaredKind::Recorded(Recording::Place)
            }
            (_, Some(_)) => DeclaredKind::Recorded(Recording::StartPlace),
            _ => DeclaredKind::Calculated,
        }
    }

    fn range(&mut self, control: Xml<'x>) -> Option<Range> {
        let number = |name: &str, usual: i64| match control.attribute(name) {
            Some(written) => Number::parse(written.trim()),
            None => Some(Number::whole(usual)),
        };
        match (number("start", 1), number("end", 10), number("step", 1)) {
            (Some(start), Some(end), Some(step)) => Some(Range { start, end, step }),
            _ => {
                self.fail(control, "start、end、step 里有的不是数", "三个都写成数");
                None
            }
        }
    }
}

fn input(d: &Declaration, data_type: &str) -> Question {
    match data_type {
        "int" | "integer" | "long" | "short" => Question::Integer,
        "decimal" | "double" | "float" => Question::Decimal,
        "date" => Question::Date,
        "time" => Question::Time,
        "dateTime" => Question::DateTime,
        "geopoint" => Question::Place,
        "geotrace" => Question::Trace,
        "geoshape" => Question::Shape,
        "barcode" => Question::Barcode,
        "binary" | "base64Binary" => Question::File,
        _ => Question::Text(text_kind(d)),
    }
}

fn text_kind(d: &Declaration) -> TextKind {
    let kinds = d.appearance.iter().filter_map(|word| match word.as_str() {
        "multiline" => Some(TextKind::Lines),
        "numbers" => Some(TextKind::Digits),
        _ => None,
    });
    kinds.take(1).next().unwrap_or(TextKind::Line)
}

/// pyxform writes notes as texts that nobody can change; so they are, unless something gives them a
/// value.
fn is_note(d: &Declaration) -> bool {
    let is_read_only = d.read_only.as_deref() == Some("true()");
    is_read_only && d.calculation.is_none() && d.default.is_none() && d.trigger.is_empty()
}

fn upload<'x>(control: Xml<'x>, bind: Option<Xml<'x>>) -> Question {
    let own = |name: &str| bind.and_then(|bind| attribute(bind, name));
    let number = |name: &str| own(name).and_then(|number| number.trim().parse().ok());
    let media_type = control.attribute("mediatype").unwrap_or_default();
    match media_type.split('/').next() {
        Some("image") => {
            let files = match (number("xst:min-files"), own("xst:max-files")) {
                (None, None) => ONE_FILE,
                (min, Some(UNBOUNDED)) => Bounds { min: min.unwrap_or(0), max: None },
                (min, _) => {
                    Bounds { min: min.unwrap_or(0), max: number("xst:max-files").or(ONE_FILE.max) }
                }
            };
            Question::Image { files, max_pixels: number("orx:max-pixels") }
        }
        Some("audio") => Question::Audio { max_seconds: number("xst:max-seconds") },
        Some("video") => Question::Video { max_seconds: number("xst:max-seconds") },
        _ => Question::File,
    }
}
