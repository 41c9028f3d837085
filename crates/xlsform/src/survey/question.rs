//! Rows whose type has no list.

use form::definition::{Declaration, DeclaredDefault, DeclaredKind};
use form::expression::Number;
use form::model::{Bounds, Crop, NoCrop, Question, Range, Recording, TextKind};

use super::{Reader, default};
use crate::kind::{self, Plain, Type};
use crate::parameters::{self, Parameters};
use crate::sheet::Row;

impl Reader<'_, '_> {
    pub(super) fn question(&mut self, row: Row<'_>, plain: Plain) -> Declaration {
        let plain = as_bound(row, plain);
        let mut parameters = parameters::read(&self.workbook.survey, row, self.faults);
        let known = plain.parameters();
        parameters::check(&parameters, known, &self.workbook.survey, row, self.faults);
        parameters::check_values(&mut parameters, plain, &self.workbook.survey, row, self.faults);
        let kind = self.kind(row, plain, &mut parameters);
        let mut declaration = match plain {
            Plain::Recorded(Recording::Audit) => self.audit(row, kind),
            _ => self.declaration(row, kind),
        };
        declaration.parameters.splice(0..0, parameters);
        declaration.default = default::default(row, plain.has_hyphens());
        self.complete(row, plain, &mut declaration);
        if plain.is_shown() {
            self.check_label(&declaration);
        }
        declaration
    }

    fn kind(&mut self, row: Row<'_>, plain: Plain, parameters: &mut Parameters) -> DeclaredKind {
        let ask = DeclaredKind::Question;
        match plain {
            Plain::Note => DeclaredKind::Note,
            Plain::Recorded(recording) => DeclaredKind::Recorded(recording),
            Plain::Text => ask(Question::Text(text_kind(row))),
            Plain::PhoneNumber => ask(Question::Text(TextKind::Digits)),
            Plain::Integer | Plain::UpTo(_) => ask(Question::Integer),
            Plain::Decimal => ask(Question::Decimal),
            Plain::Date => ask(Question::Date),
            Plain::Time => ask(Question::Time),
            Plain::DateTime => ask(Question::DateTime),
            Plain::Place => ask(Question::Place),
            Plain::Trace => ask(Question::Trace),
            Plain::Shape => ask(Question::Shape),
            Plain::Barcode => ask(Question::Barcode),
            Plain::File | Plain::Osm => ask(Question::File),
            Plain::Acknowledge => ask(Question::Acknowledge),
            Plain::Range => ask(Question::Range(self.range(row, parameters))),
            Plain::Image => ask(self.image(row, parameters)),
            Plain::Audio => ask(Question::Audio { max_seconds: self.number(row, "max_seconds") }),
            Plain::Video => ask(Question::Video { max_seconds: self.number(row, "max_seconds") }),
            Plain::Calculate
            | Plain::Hidden
            | Plain::Start
            | Plain::End
            | Plain::Today
            | Plain::Property(_)
            | Plain::External(_) => DeclaredKind::Calculated,
        }
    }

    /// What a type says beyond its kind.
    fn complete(&mut self, row: Row<'_>, plain: Plain, d: &mut Declaration) {
        let computed = |source: &str| Some(DeclaredDefault::Computed(source.to_owned()));
        match plain {
            Plain::Start => d.default = computed("now()"),
            Plain::Today => d.default = computed("today()"),
            Plain::End => d.kind = DeclaredKind::Recorded(Recording::End),
            Plain::Property(name) => {
                d.default = Some(DeclaredDefault::Property(name.to_owned()));
                if name.ends_with("simserial") || name.ends_with("subscriberid") {
                    let what = format!("现在的手机已经不让读 {name}");
                    self.warn(row.number, "type", what, "删去这一行，或改用 deviceid");
                }
            }
            Plain::Calculate => self.check_calculation(row, d),
            // Words that are worked out can be read and referred to.
            Plain::Note if d.calculation.is_some() => {
                d.kind = DeclaredKind::Question(Question::Text(TextKind::Line));
                d.read_only = Some("true()".to_owned());
            }
            Plain::UpTo(most) => {
                d.constraint.get_or_insert_with(|| format!("0 <= . and . <= {most}"));
                // pyxform has a hint for the days, and none for the percentage.
                if d.hint.is_empty() && most != 100 {
                    d.hint = vec![(0, format!("Enter a number 0-{most}."))];
                }
            }
            Plain::PhoneNumber => {
                d.constraint.get_or_insert_with(|| "regex(., '^\\d*$')".to_owned());
                if d.hint.is_empty() {
                    d.hint = vec![(0, "Enter numbers only.".to_owned())];
                }
            }
            Plain::Osm => {
                d.attributes.push(("body::mediatype".to_owned(), "osm/*".to_owned()));
                let what = "osm 要用别的程序画好再交文件，osm 表里的标签没有用到";
                self.warn(row.number, "type", what, "改用 geopoint、geotrace 或 geoshape");
            }
            Plain::Recorded(Recording::Place) => self.check_place(row, d),
            _ => {}
        }
    }

    /// Others who run the form know it by this name only.
    fn audit(&mut self, row: Row<'_>, kind: DeclaredKind) -> Declaration {
        if let Some(name) = row.text("name").filter(|name| *name != "audit") {
            let what = format!("audit 只能叫 audit，不能叫“{name}”");
            self.tell(row.number, "name", what, "name 一列留空");
        }
        Declaration { row: row.number, name: "audit".to_owned(), kind, ..Declaration::default() }
    }

    fn check_calculation(&mut self, row: Row<'_>, d: &Declaration) {
        let is_computed = matches!(d.default, Some(DeclaredDefault::Computed(_)));
        if d.calculation.is_none() && !is_computed {
            let what = format!("“{}”没有写怎么算", d.name);
            self.tell(row.number, "calculation", what, "填 calculation 一列");
        }
    }

    fn check_place(&mut self, row: Row<'_>, d: &Declaration) {
        if d.trigger.is_empty() && row.text("trigger").is_none() {
            let what = "background-geopoint 要有 trigger";
            self.tell(row.number, "trigger", what, "写上哪一题变了就记下位置：${题名}");
        }
        if d.calculation.is_some() {
            let what = "background-geopoint 不能有 calculation";
            self.tell(row.number, "calculation", what, "清空 calculation 一列");
        }
    }

    pub(super) fn check_label(&mut self, d: &Declaration) {
        if d.label.is_empty() && d.hint.is_empty() && d.media.is_empty() {
            let what = format!("“{}”没有 label，填的人不知道问什么", d.name);
            self.warn(d.row, "label", what, "写上问题");
        }
    }

    fn image(&mut self, row: Row<'_>, parameters: &mut Parameters) -> Question {
        let (min, max) = self.bounds(row, "min_files", "max_files");
        let min = min.unwrap_or(0);
        let written = parameters::take(parameters, "max-pixels");
        let max_pixels = written.as_deref().and_then(|pixels| pixels.parse().ok());
        if let (Some(written), None) = (written, max_pixels) {
            let what = format!("max-pixels 要是整数，不能是“{written}”");
            self.tell(row.number, "parameters", what, "写成 max-pixels=1600");
        }
        self.check_crop(row, parameters);
        let max = Some(max.unwrap_or(1).max(min));
        Question::Image { files: Bounds { min, max }, max_pixels }
    }

    /// What pictures are cut to is for whoever shows the question; here it is only made sure of.
    fn check_crop(&mut self, row: Row<'_>, parameters: &Parameters) {
        let written = |name: &str| {
            let found = parameters.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.as_str())
        };
        let Err(fault) = Crop::read(written) else { return };
        let (what, remedy) = match fault {
            NoCrop::Size => {
                let size = written("crop").unwrap_or_default();
                (format!("crop 要写宽和高，16 到 4096 像素，不能是“{size}”"), "写成 crop=352x440")
            }
            NoCrop::Weight(name) => {
                let weight = written(name).unwrap_or_default();
                (format!("{name} 要是正整数，不能是“{weight}”"), "写成 min-kb=20 max-kb=50")
            }
            NoCrop::Empty => (
                "没有照片能又不小于 min-kb、又不大于 max-kb".to_owned(),
                "改小 min-kb，或改大 max-kb",
            ),
            NoCrop::Alone => {
                ("min-kb、max-kb 要和 crop 一起写".to_owned(), "写上 crop=352x440，或者删去它们")
            }
        };
        self.tell(row.number, "parameters", what, remedy);
    }

    fn range(&mut self, row: Row<'_>, parameters: &mut Parameters) -> Range {
        let mut number = |name: &str, usual: i64| {
            let Some(written) = parameters::take(parameters, name) else {
                return Number::whole(usual);
            };
            Number::parse(&written).filter(|number| number.double().is_finite()).unwrap_or_else(
                || {
                    let what = format!("{name} 要是数，不能是“{written}”");
                    self.tell(row.number, "parameters", what, "写成 start=0 end=10 step=1");
                    Number::whole(usual)
                },
            )
        };
        let range =
            Range { start: number("start", 1), end: number("end", 10), step: number("step", 1) };
        let width = (range.end.double() - range.start.double()).abs();
        if range.step.is_zero() {
            self.tell(row.number, "parameters", "step 不能是 0", "写成 step=1");
        } else if range.step.double().abs() > width {
            let what = "step 比 start 到 end 还大";
            self.tell(row.number, "parameters", what, "改小 step，或改大 end");
        }
        range
    }
}

/// `bind::type` says what a text really is.
fn as_bound(row: Row<'_>, plain: Plain) -> Plain {
    let bound = row.text("bind::type").filter(|_| plain == Plain::Text);
    match bound.and_then(|bound| kind::read(bound).ok()) {
        Some(Type::Plain(bound)) if bound.is_shown() && bound != Plain::Note => bound,
        _ => plain,
    }
}

fn text_kind(row: Row<'_>) -> TextKind {
    let appearance = row.text("appearance").unwrap_or_default();
    match appearance.split_whitespace().find(|word| matches!(*word, "multiline" | "numbers")) {
        Some("multiline") => TextKind::Lines,
        Some(_) => TextKind::Digits,
        None => TextKind::Line,
    }
}
