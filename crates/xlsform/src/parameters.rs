//! The `parameters` column: `max-pixels=1600 quality=low`.

use std::collections::HashSet;

use crate::fault::Faults;
use crate::kind::Plain;
use crate::sheet::{Row, Sheet};
use crate::survey::yes_or_no;
use form::compile::nearest::nearest;
use form::expression::Number;

/// What is written, by names in small letters.
pub(crate) type Parameters = Vec<(String, String)>;

/// Reads a row's parameters: between two may stand blanks, commas and semicolons, and blanks
/// around the equals sign.
pub(crate) fn read(sheet: &Sheet, row: Row<'_>, faults: &mut Faults) -> Parameters {
    let Some(cell) = row.get("parameters") else { return Parameters::new() };
    parse(cell.text).unwrap_or_else(|| {
        let what = format!("parameters 写得不对：{}", cell.text);
        faults.at(sheet, &cell, what, "写成 名字=值，几个之间用空格隔开，例如 max-pixels=1600");
        Parameters::new()
    })
}

fn parse(text: &str) -> Option<Parameters> {
    let spaced = text.replace('=', " = ");
    let mut words = spaced.split([' ', '\t', '\n', '\r', ',', ';']).filter(|word| !word.is_empty());
    let mut parameters = Parameters::new();
    while let Some(name) = words.next() {
        let (equals, value) = (words.next()?, words.next()?);
        if equals != "=" || name == "=" || value == "=" {
            return None;
        }
        parameters.push((name.to_lowercase(), value.to_owned()));
    }
    // Of several of a name the last counts.
    let mut seen = HashSet::new();
    parameters.reverse();
    parameters.retain(|(name, _)| seen.insert(name.clone()));
    parameters.reverse();
    Some(parameters)
}

/// Takes a parameter away.
pub(crate) fn take(parameters: &mut Parameters, name: &str) -> Option<String> {
    let place = parameters.iter().position(|(own, _)| own == name)?;
    Some(parameters.remove(place).1)
}

/// Tells which parameters the type does not have.
pub(crate) fn check(
    parameters: &Parameters,
    known: &[&str],
    sheet: &Sheet,
    row: Row<'_>,
    faults: &mut Faults,
) {
    for (name, _) in parameters.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        let remedy = match (nearest(name, known.iter().copied()), known) {
            (Some(similar), _) => format!("是不是想写 {similar}？"),
            (None, []) => "这种 type 没有参数，删去它".to_owned(),
            (None, known) => format!("可用的有：{}", known.join("、")),
        };
        faults.warn(sheet, row.number, "parameters", format!("没有“{name}”这个参数"), remedy);
    }
}

/// What a parameter may say.
enum Value {
    Truth,
    /// That it is so, in any words.
    Yes,
    /// A whole number, not negative.
    Whole,
    Number,
    OneOf(&'static [&'static str]),
}

const VALUES: [(&str, Value); 12] = [
    ("quality", Value::OneOf(&["voice-only", "low", "normal", EXTERNAL])),
    ("capture-accuracy", Value::Number),
    ("warning-accuracy", Value::Number),
    ("allow-mock-accuracy", Value::Truth),
    ("incremental", Value::Yes),
    ("rows", Value::Whole),
    ("track-changes", Value::Truth),
    ("track-changes-reasons", Value::OneOf(&["on-form-edit"])),
    ("identify-user", Value::Truth),
    ("location-priority", Value::OneOf(&["no-power", "low-power", "balanced", "high-accuracy"])),
    ("location-min-interval", Value::Whole),
    ("location-max-age", Value::Whole),
];

/// The quality of what another program records: not of what is recorded while the form is filled in.
const EXTERNAL: &str = "external";

/// Tells which parameters say what they cannot (pyxform's `workbook_to_json`).
pub(crate) fn check_values(
    parameters: &mut Parameters,
    plain: Plain,
    sheet: &Sheet,
    row: Row<'_>,
    faults: &mut Faults,
) {
    for (name, written) in &mut *parameters {
        let Some((_, value)) = VALUES.iter().find(|(own, _)| own == name) else { continue };
        let recorded = matches!(plain, Plain::Recorded(_));
        let (fits, wanted) = match value {
            Value::Truth => (matches!(&**written, "true" | "false"), "写 true 或 false".to_owned()),
            Value::Yes => (yes_or_no(written) == Some(true), "写 true，或者删去它".to_owned()),
            Value::Whole => (written.parse::<u32>().is_ok(), "写 0 或者正整数".to_owned()),
            Value::Number => (Number::parse(written).is_some(), "写一个数".to_owned()),
            Value::OneOf(all) => {
                let all = all.iter().filter(|one| !(recorded && **one == EXTERNAL));
                let all: Vec<&str> = all.copied().collect();
                (all.contains(&&**written), format!("可以写：{}", all.join("、")))
            }
        };
        if !fits {
            let what = format!("{name} 不能是“{written}”");
            faults.row(sheet, row.number, "parameters", what, wanted);
        } else if let Value::Yes = value {
            "true".clone_into(written);
        }
    }
    check_places(parameters, sheet, row, faults);
}

/// Where the audit notes places, it must be said how often and how old they may be.
fn check_places(parameters: &Parameters, sheet: &Sheet, row: Row<'_>, faults: &mut Faults) {
    let names = ["location-priority", "location-min-interval", "location-max-age"];
    let own = |wanted: &str| {
        let found = parameters.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let missing: Vec<&str> = names.into_iter().filter(|name| own(name).is_none()).collect();
    let mut tell = |what: String, remedy: &str| {
        faults.row(sheet, row.number, "parameters", what, remedy);
    };
    if !missing.is_empty() && missing.len() < names.len() {
        tell(format!("缺少参数 {}", missing.join("、")), "三个 location- 参数要一起写");
    }
    let number = |name: &str| own(name)?.parse::<u32>().ok();
    if let (Some(least), Some(most)) = (number(names[1]), number(names[2]))
        && most < least
    {
        tell(
            format!("location-max-age 是 {most}，比 location-min-interval 的 {least} 小"),
            "改大 location-max-age",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pyxform: `tests/parsing/test_parameters.py` (the separators), `SURVEY_004`.
    #[test]
    fn parameters_are_parted_by_blanks_commas_and_semicolons() {
        let parsed = |text| {
            let pairs = parse(text)?;
            Some(pairs.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join(" "))
        };
        let cases = [
            ("start=1 end=10", Some("start=1 end=10")),
            ("start=1,end=10", Some("start=1 end=10")),
            ("start = 1 ; End=10;", Some("start=1 end=10")),
            ("value=ID, label=Name", Some("value=ID label=Name")),
            ("randomize=true seed=${Seed}", Some("randomize=true seed=${Seed}")),
            ("a=1 b=2 A=3", Some("b=2 a=3")),
            ("rows", None),
            ("rows=", None),
            ("=5", None),
            ("a==b", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parsed(text).as_deref(), expected, "{text}");
        }
    }
}
