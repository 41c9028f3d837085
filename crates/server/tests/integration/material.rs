//! What people fill in, made up: forms of the demonstration township, answered.

use std::rc::Rc;

use form::model::NodeId;
use form::surroundings::Fixed;
use form::{Answers, Form, InstanceId, Moment, Session};
use time::macros::datetime;

/// When everybody here finishes, by their phones.
pub(crate) const FINISHED: Moment = datetime!(2026-11-23 09:30 +8);

/// People of the made-up area 529999.
pub(crate) const PEOPLE: [(&str, &str, &str); 4] = [
    ("示例甲", "529999197001010247", "02"),
    ("示例乙", "529999196312319909", "11"),
    ("示例丙", "529999199911123733", "20"),
    ("示例丁", "529999201806301155", "41"),
];

/// Answers, and the names of the files in them.
pub(crate) struct Filled {
    pub(crate) answers: Answers,
    pub(crate) files: Vec<String>,
}

/// A household of so many, all newly insured, each with a photo of their card.
pub(crate) fn household(form: &Rc<Form>, people: usize) -> Filled {
    let mut filling = Filling::start(form);
    filling.all(&[
        ("mode", "self"),
        ("app_name", PEOPLE[0].0),
        ("app_id", PEOPLE[0].1),
        ("app_hasphone", "yes"),
        ("app_phone", "13900000000"),
        ("app_village", "529999101203"),
        ("app_group", "三组"),
        ("app_addr", "示例三村三组 18 号"),
    ]);
    for (place, (name, id, relation)) in PEOPLE.iter().take(people).enumerate() {
        let row = filling.row("m", place);
        let photo = format!("card-{place}.jpg");
        filling.all_in(
            row,
            &[
                ("m_name", name),
                ("m_id", id),
                ("m_rel", relation),
                ("m_type", "adult"),
                ("m_special", "none"),
                ("m_act", "new"),
            ],
        );
        filling.file_in(row, "m_idphoto", photo);
    }
    filling.all(&[("promise", "yes"), ("sign_kind", "draw")]);
    filling.file("sign", "sign.png".into());
    filling.done()
}

/// A street light that is out, told by somebody who gives their name.
pub(crate) fn street_light(form: &Rc<Form>) -> Filled {
    report(form, &[("cat", "light"), ("sub", "dark"), ("danger", "no")])
}

/// A report without photos; `first` are its first answers.
pub(crate) fn report(form: &Rc<Form>, first: &[(&str, &str)]) -> Filled {
    let mut filling = Filling::start(form);
    filling.all(first);
    filling.all(&[
        ("txt", "村口的路灯三天没有亮"),
        ("mark", "村口老槐树"),
        ("vil", "529999101201"),
        ("hh", "12"),
        ("found", "2026-11-22T19:00:00.000+08:00"),
        ("anon", "no"),
        ("name", "示例甲"),
        ("tel", "13900000000"),
        ("open", "yes"),
    ]);
    filling.done()
}

/// A street light told by somebody who cannot write: the words and the name are spoken.
pub(crate) fn spoken_report(form: &Rc<Form>) -> Filled {
    let mut filling = Filling::start(form);
    filling.all(&[("cat", "light"), ("sub", "dark"), ("danger", "no"), ("vil", "529999101201")]);
    filling.all(&[("txt", "spoken:txt.weba"), ("mark", "村口老槐树"), ("anon", "no")]);
    filling.all(&[("found", "2026-11-22T19:00:00.000+08:00"), ("name", "spoken:name.weba")]);
    filling.all(&[("tel", "13900000000"), ("open", "yes")]);
    let mut filled = filling.done();
    filled.files.extend(["txt.weba".to_owned(), "name.weba".to_owned()]);
    filled
}

/// Any form, answered outside of rows.
pub(crate) fn filled(form: &Rc<Form>, answers: &[(&str, &str)]) -> Filled {
    let mut filling = Filling::start(form);
    filling.all(answers);
    filling.done()
}

/// The same, with other answers outside of rows.
pub(crate) fn changed(form: &Rc<Form>, filled: Filled, answers: &[(&str, &str)]) -> Filled {
    let surroundings = Rc::new(Fixed::at(FINISHED));
    let (session, _) = Session::resume(Rc::clone(form), surroundings, &filled.answers);
    let mut filling = Filling { session, files: filled.files };
    filling.all(answers);
    filling.done()
}

struct Filling {
    session: Session,
    files: Vec<String>,
}

impl Filling {
    fn start(form: &Rc<Form>) -> Self {
        let surroundings = Rc::new(Fixed::at(FINISHED));
        Self { session: Session::start(Rc::clone(form), surroundings), files: Vec::new() }
    }

    fn all(&mut self, answers: &[(&str, &str)]) {
        self.all_in(self.session.root(), answers);
    }

    fn all_in(&mut self, near: InstanceId, answers: &[(&str, &str)]) {
        for (name, value) in answers {
            let at = self.at(near, name);
            self.session.answer(at, value).unwrap();
        }
    }

    fn file(&mut self, name: &str, file: String) {
        self.file_in(self.session.root(), name, file);
    }

    fn file_in(&mut self, near: InstanceId, name: &str, file: String) {
        let at = self.at(near, name);
        self.session.answer(at, &file).unwrap();
        self.files.push(file);
    }

    fn row(&mut self, repeat: &str, place: usize) -> InstanceId {
        let repeat = self.at(self.session.root(), repeat);
        while self.session.rows(repeat).len() <= place {
            self.session.add_row(repeat).unwrap();
        }
        self.session.rows(repeat)[place]
    }

    fn at(&self, near: InstanceId, name: &str) -> InstanceId {
        let id: NodeId = self.session.form().find(name).unwrap_or_else(|| panic!("no {name}"));
        self.session.nearest(near, id).unwrap_or_else(|| panic!("no {name} near"))
    }

    fn done(self) -> Filled {
        let problems = self.session.problems();
        let form = self.session.form();
        let names: Vec<_> = problems.iter().map(|(at, why)| (form.path(at.node), *why)).collect();
        assert!(names.is_empty(), "still wrong: {names:?}");
        Filled { answers: self.session.answers(), files: self.files }
    }
}
