//! What a form says at one moment.

use form::model::Kind;
use form::{InstanceId, Session};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

/// Everything that a form says, by path, in document order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// The nodes.
    #[serde(serialize_with = "as_map")]
    pub nodes: Vec<(String, NodeState)>,
}

/// What a form says of one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum NodeState {
    /// A group, or a row of a repeat.
    Holder {
        /// Whether it is asked.
        relevant: bool,
        /// Whether nothing in it can be changed.
        readonly: bool,
        /// Its words.
        label: Option<String>,
    },
    /// What is computed or recorded.
    Calculated {
        /// What it is; empty where it is not relevant.
        value: String,
        /// Whether it is relevant.
        relevant: bool,
    },
    /// A question or a note.
    Question {
        /// The answer; empty where it is not relevant.
        value: String,
        /// Whether it is asked.
        relevant: bool,
        /// Whether it must be answered.
        required: bool,
        /// Whether it cannot be changed.
        readonly: bool,
        /// Whether nothing is wrong with the answer.
        valid: bool,
        /// Its words, outputs filled in.
        label: Option<String>,
        /// The names of the choices on offer, of a select.
        #[serde(skip_serializing_if = "Option::is_none")]
        choices: Option<Vec<String>>,
    },
}

impl State {
    /// What `session` says now.
    pub(crate) fn of(session: &Session) -> Self {
        let mut nodes = Vec::new();
        collect(session, session.root(), "/data", &mut nodes);
        Self { nodes }
    }

    /// What is said of the node at a path.
    pub fn get(&self, path: &str) -> Option<&NodeState> {
        self.nodes.iter().find(|(own, _)| own == path).map(|(_, state)| state)
    }
}

fn collect(
    session: &Session,
    holder: InstanceId,
    above: &str,
    nodes: &mut Vec<(String, NodeState)>,
) {
    for at in session.children(holder) {
        let node = session.form().node(at.node);
        let path = format!("{above}/{}", node.name);
        match node.kind {
            Kind::Repeat { .. } => {
                for (place, row) in (1..).zip(session.rows(at)) {
                    let path = format!("{path}[{place}]");
                    nodes.push((path.clone(), told(session, row)));
                    collect(session, row, &path, nodes);
                }
            }
            Kind::Group => {
                nodes.push((path.clone(), told(session, at)));
                collect(session, at, &path, nodes);
            }
            _ => nodes.push((path, told(session, at))),
        }
    }
}

fn told(session: &Session, at: InstanceId) -> NodeState {
    let relevant = session.is_relevant(at);
    let value = if relevant { session.value(at) } else { "" }.to_owned();
    let node = session.form().node(at.node);
    match &node.kind {
        Kind::Group | Kind::Repeat { .. } => NodeState::Holder {
            relevant,
            readonly: session.is_read_only(at),
            label: session.label(at),
        },
        Kind::Calculated | Kind::Recorded(_) => NodeState::Calculated { value, relevant },
        Kind::Note | Kind::Question(_) => NodeState::Question {
            value,
            relevant,
            required: session.is_required(at),
            readonly: node.kind == Kind::Note || session.is_read_only(at),
            valid: session.problem(at).is_none(),
            label: session.label(at),
            choices: node.question().and_then(|question| question.choices()).map(|_| {
                let offered = session.choices(at).into_iter();
                offered.map(|choice| session.choice_name(at, choice).to_owned()).collect()
            }),
        },
    }
}

fn as_map<S: Serializer>(nodes: &[(String, NodeState)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(nodes.len()))?;
    for (path, state) in nodes {
        map.serialize_entry(path, state)?;
    }
    map.end()
}
