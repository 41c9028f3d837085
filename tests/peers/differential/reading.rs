//! What pyxform writes of a spreadsheet is read here as the spreadsheet itself: an XForm and its
//! XLSForm are one form.

use std::fmt::Write as _;
use std::rc::Rc;

use fastrand::Rng;
use form::{Form, Moment};
use peers::deeds;
use peers::known::Known;
use peers::pyxform::{Converted, Pyxform};
use peers::samples::{Sample, Samples};
use player::Player;
use time::macros::datetime;

const DEEDS: usize = 40;

const NOW: Moment = datetime!(2026-11-23 09:00 +8);

#[test]
fn an_xform_behaves_as_the_spreadsheet_that_it_was_made_of() {
    let mut pyxform = Pyxform::start().expect("pyxform is here");
    let known = Known::beside("pyxform, read").expect("the differences can be read");
    let samples = Samples::gather().expect("the forms are here");
    let (mut report, mut compared) = (String::new(), 0);
    for sample in &samples.all {
        let Ok(ours) = xlsform::read(&sample.bytes, &sample.files) else { continue };
        let Ok(Converted::Xform(xform)) = pyxform.convert(&sample.path) else { continue };
        compared += 1;
        let told = match read(sample, &xform) {
            Ok(theirs) => difference(ours, theirs),
            Err(refused) => Some(format!("  the XForm is refused: {refused}\n")),
        };
        if let Some(told) = told
            && !known.differs(&sample.name, "")
        {
            let _ = writeln!(report, "{}\n{told}", sample.name);
        }
    }
    eprintln!("{compared} forms");
    assert!(report.is_empty(), "{report}");
    assert!(known.idle().is_empty(), "these are no differences: {:?}", known.idle());
}

/// The form that an XForm is, with the files beside it.
fn read(sample: &Sample, xform: &str) -> Result<Form, String> {
    let faults = |faults: &dyn Fn() -> Vec<String>| faults().join(" / ");
    let mut read = xform::read(xform)
        .map_err(|own| faults(&|| own.iter().map(ToString::to_string).collect()))?;
    for attached in &read.attached {
        let file = attached.source.rsplit('/').next().unwrap_or(&attached.source);
        xlsform::fill(&mut read.definition, &attached.list, file, &sample.files)
            .map_err(|own| own.to_string())?;
    }
    form::compile(&read.definition)
        .map_err(|own| faults(&|| own.iter().map(|fault| fault.kind.to_string()).collect()))
}

/// The first thing that is said otherwise.
fn difference(ours: Form, theirs: Form) -> Option<String> {
    let mut ours = Player::open(Rc::new(ours), NOW);
    let mut theirs = Player::open(Rc::new(theirs), NOW);
    let mut chance = Rng::with_seed(7);
    for turn in 0..DEEDS {
        let (own, other) = (ours.state(), theirs.state());
        let mut pairs = own.nodes.iter().zip(&other.nodes);
        if let Some((own, other)) = pairs.find(|(own, other)| own != other) {
            return Some(format!("  after {turn}: {own:?}\n  theirs {other:?}\n"));
        }
        if own.nodes.len() != other.nodes.len() {
            return Some(format!("  after {turn}: other nodes\n"));
        }
        let action = deeds::next(ours.session(), &mut chance)?;
        let done = (ours.act(&action), theirs.act(&action));
        if done.0 != done.1 {
            return Some(format!("  {action:?}: {done:?}\n"));
        }
    }
    None
}
