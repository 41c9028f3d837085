//! Forms behave as in ODK's engine, whatever is done to them. It is given the XForms that are
//! written here: that they are pyxform's is another test.

use std::fmt::Write as _;
use std::rc::Rc;

use fastrand::Rng;
use form::{Form, Moment};
use peers::deeds;
use peers::engine::{Engine, Played};
use peers::facts::{self, Fact};
use peers::known::Known;
use peers::samples::{Origin, Samples};
use player::{Action, NodeState, Player};
use time::macros::datetime;

const NOW: Moment = datetime!(2026-11-23 09:00 +8);

/// How often each form is filled in, and how many things are done each time.
fn effort(origin: Origin) -> (u64, usize) {
    match origin {
        Origin::Township => (4, 50),
        Origin::Suite => (2, 40),
    }
}

#[test]
fn forms_behave_as_in_odks_engine() {
    let mut engine = Engine::start().expect("ODK's engine is here");
    let known = Known::beside("@getodk/xforms-engine").expect("the differences can be read");
    let endless = Known::beside("@getodk/xforms-engine, without end").expect("a table");
    let samples = Samples::gather().expect("the forms are here");
    let (mut report, mut compared, mut same) = (String::new(), 0, 0);
    for sample in &samples.all {
        let checked = xlsform::check(&sample.bytes, &sample.files);
        let Some(form) = checked.form else { continue };
        let xform = xform::write(&checked.definition);
        if endless.differs(&sample.name, "") {
            continue;
        }
        let form = Rc::new(form);
        compared += 1;
        let (times, deeds) = effort(sample.origin);
        for seed in 0..times {
            let ours = Filled::at_random(&form, seed, deeds);
            let theirs =
                engine.play(&xform, &sample.files, NOW, &ours.actions).expect("it answers");
            match ours.compare(&theirs, &|path| known.differs(&sample.name, path)) {
                Ok(facts) => same += facts,
                Err(what) => drop(writeln!(report, "{} ({seed})\n{what}", sample.name)),
            }
        }
    }
    eprintln!("{compared} forms, {same} facts are the same");
    assert!(report.is_empty(), "{report}");
    assert!(known.idle().is_empty(), "these are no differences: {:?}", known.idle());
}

/// What is said of each node.
type Said = Vec<(String, NodeState, Vec<Fact>)>;

/// A form that was filled in here.
struct Filled {
    actions: Vec<Action>,
    /// After loading and after each action.
    said: Vec<Said>,
    player: Player,
}

impl Filled {
    fn at_random(form: &Rc<Form>, seed: u64, deeds: usize) -> Self {
        let player = Player::open(Rc::clone(form), NOW);
        let mut filled = Self { actions: Vec::new(), said: vec![said(&player)], player };
        let mut chance = Rng::with_seed(seed);
        for _ in 0..deeds {
            let next = deeds::next(filled.player.session(), &mut chance);
            let Some(action) = next else { break };
            if filled.player.act(&action).is_ok() {
                filled.actions.push(action);
                filled.said.push(said(&filled.player));
            }
        }
        filled
    }

    /// How many facts are the same; or the first that differ and are not known to.
    fn compare(&self, theirs: &Played, is_known: &dyn Fn(&str) -> bool) -> Result<usize, String> {
        let mut same = 0;
        for (turn, (ours, theirs)) in self.said.iter().zip(&theirs.states).enumerate() {
            let mut told = Vec::new();
            for (path, node, facts) in ours {
                match theirs.get(path) {
                    None if matches!(node, NodeState::Calculated { .. }) => {}
                    None => told.push((path, "is not there".to_owned())),
                    Some(their) => {
                        let their = facts::theirs(&self.player, path, node, their);
                        same += facts.iter().filter(|fact| their.contains(fact)).count();
                        told.extend(differing(facts, &their).map(|what| (path, what)));
                    }
                }
            }
            told.retain(|(path, _)| !is_known(path));
            if !told.is_empty() {
                return Err(self.report(turn, &told));
            }
        }
        match &theirs.error {
            Some(error) if !is_known("") => {
                let action = self.actions.get(theirs.states.len().wrapping_sub(1));
                Err(format!("  it says {error} at {action:?}\n"))
            }
            _ => Ok(same),
        }
    }

    fn report(&self, turn: usize, told: &[(&String, String)]) -> String {
        let done = turn.checked_sub(1).and_then(|turn| self.actions.get(turn));
        let mut report = format!("  after {turn}: {done:?}\n");
        for (path, what) in told.iter().take(6) {
            let _ = writeln!(report, "  {path} {what}");
        }
        report
    }
}

fn differing(ours: &[Fact], theirs: &[Fact]) -> impl Iterator<Item = String> {
    ours.iter()
        .zip(theirs)
        .filter(|(ours, theirs)| ours != theirs)
        .map(|((name, ours), (_, theirs))| format!("{name}: {ours:?}, theirs {theirs:?}"))
}

fn said(player: &Player) -> Said {
    let nodes = player.state().nodes.into_iter();
    nodes
        .map(|(path, node)| {
            let facts = facts::ours(player, &path, &node);
            (path, node, facts)
        })
        .collect()
}
