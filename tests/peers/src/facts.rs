//! What a form says of its nodes, so that two who say it can be compared: one text for each fact.

use form::model::Question;
use form::{InstanceId, Session};
use player::{NodeState, Player};

use crate::engine::Node;

/// One fact: what it is about, and what is said.
pub type Fact = (&'static str, String);

/// What we say of the node at `path`.
pub fn ours(player: &Player, path: &str, node: &NodeState) -> Vec<Fact> {
    let at = player.find(path).ok();
    let question = at.and_then(|at| question(player.session(), at));
    match node {
        NodeState::Holder { relevant, readonly, label } => {
            vec![truth("relevant", relevant), truth("readonly", readonly), words(label.as_deref())]
        }
        NodeState::Calculated { value, relevant } => {
            vec![truth("relevant", relevant), ("value", plain(value, question))]
        }
        NodeState::Question { value, relevant, required, readonly, valid, label, choices } => {
            let mut facts = vec![
                truth("relevant", relevant),
                truth("required", required),
                truth("readonly", readonly),
                truth("valid", valid),
                words(label.as_deref()),
                ("value", plain(value, question)),
            ];
            // What is not asked offers nothing to anybody.
            facts.extend(choices.as_ref().filter(|_| *relevant).map(offered));
            facts
        }
    }
}

/// What ODK's engine says of the same.
pub fn theirs(player: &Player, path: &str, ours: &NodeState, node: &Node) -> Vec<Fact> {
    let at = player.find(path).ok();
    let question = at.and_then(|at| question(player.session(), at));
    let value = || ("value", plain(node.value.as_deref().unwrap_or_default(), question));
    match ours {
        NodeState::Holder { .. } => vec![
            truth("relevant", &node.relevant),
            truth("readonly", &node.readonly),
            words(node.label.as_deref()),
        ],
        NodeState::Calculated { .. } => vec![truth("relevant", &node.relevant), value()],
        NodeState::Question { relevant, choices, .. } => {
            let mut facts = vec![
                truth("relevant", &node.relevant),
                truth("required", &node.required),
                truth("readonly", &node.readonly),
                truth("valid", &node.valid),
                words(node.label.as_deref()),
                value(),
            ];
            if choices.is_some() && *relevant {
                facts.push(offered(node.choices.as_deref().unwrap_or_default()));
            }
            facts
        }
    }
}

fn question(session: &Session, at: InstanceId) -> Option<&Question> {
    session.form().node(at.node).question()
}

fn truth(name: &'static str, is: &bool) -> Fact {
    (name, is.to_string())
}

fn words(label: Option<&str>) -> Fact {
    let words: Vec<&str> = label.unwrap_or_default().split_whitespace().collect();
    ("label", words.join(" "))
}

fn offered(choices: impl AsRef<[String]>) -> Fact {
    ("choices", choices.as_ref().join(" "))
}

/// A value without what nobody can tell apart: how a number is written, how points are separated,
/// in which order several were chosen.
fn plain(value: &str, question: Option<&Question>) -> String {
    match question {
        Some(Question::SelectMultiple(_)) => {
            let mut chosen: Vec<&str> = value.split_whitespace().collect();
            chosen.sort_unstable();
            chosen.join(" ")
        }
        _ => {
            let points = value.split(';').map(|point| {
                let numbers: Vec<String> = point.split_whitespace().map(number).collect();
                numbers.join(" ")
            });
            points.filter(|point| !point.is_empty()).collect::<Vec<_>>().join(";")
        }
    }
}

fn number(word: &str) -> String {
    match word.parse::<f64>() {
        Ok(number) if number.is_finite() => number.to_string(),
        _ => word.to_owned(),
    }
}
