//! The `parameters` column: `max-pixels=1600 quality=low`.

use std::collections::HashSet;

use crate::fault::Faults;
use crate::sheet::{Row, Sheet};
use form::compile::nearest::nearest;

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
