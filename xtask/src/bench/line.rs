//! One figure, as a benchmark prints it and as people read it.

use std::fmt;

/// A figure.
pub(crate) struct Line {
    case: String,
    ours: f64,
    unit: String,
    peer: Option<(String, f64)>,
    goal: Option<f64>,
}

impl Line {
    /// Reads a flat JSON object, which is all that benchmarks print.
    pub(crate) fn read(json: &str) -> Option<Self> {
        let field = |name: &str| {
            let value = json.split_once(&format!("\"{name}\":"))?.1.trim_start();
            let end = if let Some(text) = value.strip_prefix('"') {
                text.find('"')? + 2
            } else {
                value.find([',', '}'])?
            };
            Some(value[..end].trim_matches('"').to_owned())
        };
        let number = |name: &str| field(name)?.parse().ok();
        Some(Self {
            case: field("case")?,
            ours: number("ours")?,
            unit: field("unit")?,
            peer: field("peer_name").zip(number("peer")),
            goal: number("goal"),
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { case, ours, unit, peer, goal } = self;
        write!(f, "{case:32} {:>14} {unit}", figure(*ours))?;
        if let Some(goal) = goal {
            write!(f, "   goal: {} {unit}", figure(*goal))?;
        }
        if let Some((name, theirs)) = peer {
            let times = theirs / ours;
            write!(f, "   {name}: {} {unit}, {} times as long", figure(*theirs), figure(times))?;
        }
        Ok(())
    }
}

/// What is small is told more finely.
fn figure(value: f64) -> String {
    if value.abs() < 1.0 { format!("{value:.4}") } else { format!("{value:.2}") }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn a_figure_is_read_with_its_peer_and_without() {
        let alone = Line::read(r#"{"case":"cold_start","ours":5120.5,"unit":"ms"}"#);
        assert_eq!(
            alone.map(|line| line.to_string()).as_deref(),
            Some("cold_start                              5120.50 ms")
        );
        let beside = Line::read(
            r#"{"case":"save","ours":2,"peer":4,"peer_name":"Dexie","unit":"ms","goal":5}"#,
        );
        let told = "goal: 5.00 ms   Dexie: 4.00 ms, 2.00 times as long";
        assert!(beside.is_some_and(|line| line.to_string().ends_with(told)));
    }
}
