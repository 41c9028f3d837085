//! What a document says, as the template is given it: values, never markup.

use typst::foundations::{Array, Dict, IntoValue, Str, Value};

use crate::{Document, qr};

impl Document {
    /// The same without what nobody sees: control characters, and those that turn the order of others
    /// around, by which a page could show what it does not say. What was written in lines stays so.
    pub(crate) fn plain(&self) -> Self {
        let one = |text: &String| seen(text).replace('\n', " ");
        let lines = |all: &Vec<String>| {
            let all = all.iter().flat_map(|text| {
                let text = seen(text);
                text.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>()
            });
            all.filter(|line| !line.is_empty()).collect()
        };
        Self {
            title: one(&self.title),
            number: one(&self.number),
            issuer: one(&self.issuer),
            office: one(&self.office),
            addressee: one(&self.addressee),
            case: one(&self.case),
            item: one(&self.item),
            body: lines(&self.body),
            grounds: lines(&self.grounds),
            remedies: lines(&self.remedies),
            at: self.at,
            proof: one(&self.proof),
            is_demonstration: self.is_demonstration,
        }
    }

    /// For `sys.inputs`; none where its address is longer than a QR code.
    pub(crate) fn inputs(&self) -> Option<Dict> {
        let (size, runs) = qr::runs(&self.proof)?;
        let run = |run: qr::Run| {
            [run.x, run.y, run.length].into_iter().map(IntoValue::into_value).collect::<Array>()
        };
        let runs: Array = runs.into_iter().map(|one| Value::Array(run(one))).collect();
        let mut inputs = Dict::new();
        let mut give = |name: &str, value: Value| inputs.insert(Str::from(name), value);
        give("title", text(&self.title));
        give("number", text(&self.number));
        give("issuer", text(&self.issuer));
        give("office", text(&self.office));
        give("addressee", text(&self.addressee));
        give("case", text(&self.case));
        give("item", text(&self.item));
        give("body", texts(&self.body));
        give("grounds", texts(&self.grounds));
        give("remedies", texts(&self.remedies));
        give("day", text(&self.day()));
        give("proof", text(&self.proof));
        give("demonstration", self.is_demonstration.into_value());
        give("qr", Value::Array(runs));
        give("qr_size", size.into_value());
        Some(inputs)
    }

    /// 成文日期 (GB/T 9704-2012, 7.3.5.4): Arabic numerals, without zeros before them.
    fn day(&self) -> String {
        let (year, month, day) = self.at.to_calendar_date();
        format!("{year}年{}月{day}日", u8::from(month))
    }

    /// Every character that it is to show.
    pub(crate) fn characters(&self) -> impl Iterator<Item = char> {
        let one = [
            &self.title,
            &self.number,
            &self.issuer,
            &self.office,
            &self.addressee,
            &self.case,
            &self.item,
            &self.proof,
        ];
        let all = one.into_iter().chain(&self.body).chain(&self.grounds).chain(&self.remedies);
        all.flat_map(|text| text.chars())
    }
}

fn text(text: &str) -> Value {
    Str::from(text).into_value()
}

fn texts(all: &[String]) -> Value {
    Value::Array(all.iter().map(|one| text(one)).collect())
}

fn seen(text: &str) -> String {
    let is_seen = |c: &char| {
        let turns = matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        *c == '\n' || !(c.is_control() || turns)
    };
    text.replace("\r\n", "\n")
        .replace(['\r', '\t', '\u{2028}', '\u{2029}'], "\n")
        .chars()
        .filter(is_seen)
        .collect()
}
