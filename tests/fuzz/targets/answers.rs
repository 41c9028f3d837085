//! Any bytes as the answers to a form, in our own encoding or as an XForms instance. The first byte
//! says to which form.
#![cfg_attr(fuzzing, no_main)]

use std::cell::OnceCell;
use std::rc::Rc;

use form::surroundings::Fixed;
use form::{Answers, Form, Session, compile};
use fuzz::{Target, resume, seeds};
use time::macros::datetime;
use xform::Meta;

#[path = "../../../crates/xform/tests/xform/forms.rs"]
mod forms;

const TARGET: Target = Target { run, seeds, words };

fuzz::target!(TARGET);

thread_local! {
    static FORMS: OnceCell<Vec<Rc<Form>>> = const { OnceCell::new() };
}

fn run(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    FORMS.with(|forms| {
        let forms = forms.get_or_init(forms_to_answer);
        let form = &forms[usize::from(*which) % forms.len()];
        let answers = match str::from_utf8(bytes) {
            Ok(xml) if xml.starts_with('<') => {
                xform::read_instance(form, xml).ok().map(|filled| filled.answers)
            }
            _ => Answers::from_bytes(bytes).ok(),
        };
        if let Some(answers) = answers {
            assert_eq!(
                Answers::from_bytes(&answers.to_bytes()).ok().as_ref(),
                Some(&answers),
                "it is read as it was written"
            );
            resume(form, &answers);
        }
    });
}

/// Those that have everything that a form can have, and the township's.
fn forms_to_answer() -> Vec<Rc<Form>> {
    let made =
        forms::all().into_iter().chain([forms::choices()]).filter_map(|form| compile(&form).ok());
    let township = seeds::workbooks("township/forms", "xlsx").into_iter();
    let read = township.filter_map(|form| xlsform::read(&form, &xlsform::NoFiles).ok());
    made.chain(read).map(Rc::new).collect()
}

fn seeds() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for (which, form) in (0..).zip(forms_to_answer()) {
        let surroundings = Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)));
        let session = Session::start(Rc::clone(&form), surroundings);
        let answers = session.draft();
        let entities = session.entities(&mut |dataset| format!("uuid:{dataset}"));
        let xml = xform::write_instance(&form, &Meta::default(), &answers, &entities);
        all.push([&[which], &answers.to_bytes()[..]].concat());
        all.push([&[which], xml.as_bytes()].concat());
    }
    all
}

/// The names of what is asked.
fn words() -> Vec<String> {
    let names =
        |form: &Rc<Form>| form.nodes.iter().map(|node| node.name.clone()).collect::<Vec<_>>();
    let mut all: Vec<_> = forms_to_answer().iter().flat_map(names).collect();
    all.sort();
    all.dedup();
    all
}
