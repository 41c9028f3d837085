//! One figure, as a benchmark prints it and as people read it.

use std::fmt;

use serde_json::Value;

/// A figure.
pub(crate) struct Line {
    case: String,
    ours: f64,
    unit: String,
    peers: Vec<(String, f64)>,
    goal: Option<f64>,
}

impl Line {
    /// Reads what a benchmark prints: a JSON object.
    pub(crate) fn read(json: &str) -> Option<Self> {
        let line: Value = serde_json::from_str(json).ok()?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let peer = |peer: &Value| text(&peer[0]).zip(peer[1].as_f64());
        let peers = line["peers"].as_array().map_or(&[][..], Vec::as_slice);
        Some(Self {
            case: text(&line["case"])?,
            ours: line["ours"].as_f64()?,
            unit: text(&line["unit"])?,
            peers: peers.iter().map(peer).collect::<Option<_>>()?,
            goal: line["goal"].as_f64(),
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { case, ours, unit, peers, goal } = self;
        write!(f, "{case:32} {:>14} {unit}", figure(*ours))?;
        if let Some(goal) = goal {
            write!(f, "   goal: {} {unit}", figure(*goal))?;
        }
        for (name, theirs) in peers {
            let times = theirs / ours;
            write!(f, "   {name}: {} {unit}, {} times ours", figure(*theirs), figure(times))?;
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
    fn a_figure_is_read_with_its_peers_and_without() {
        let alone = Line::read(r#"{"case":"cold_start","ours":5120.5,"unit":"ms"}"#);
        assert_eq!(
            alone.map(|line| line.to_string()).as_deref(),
            Some("cold_start                              5120.50 ms")
        );
        let beside = Line::read(
            r#"{"case":"save","ours":2,"peers":[["Dexie",4],["PouchDB",1]],"unit":"ms","goal":5}"#,
        );
        let told =
            "goal: 5.00 ms   Dexie: 4.00 ms, 2.00 times ours   PouchDB: 1.00 ms, 0.5000 times ours";
        assert!(beside.is_some_and(|line| line.to_string().ends_with(told)));
    }
}
