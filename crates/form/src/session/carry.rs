//! Carrying what was filled in over to another version of its form: a draft that was begun with
//! last year's spreadsheet goes on with this year's.
//!
//! A question is known again by its name ([`homes`]), and what was said is taken as an answer to
//! what is asked now ([`fit`]). Nothing is lost without a word: each answer of a person stands in
//! the other version as it was, or is among [`Carried::left`].

use std::rc::Rc;

use super::Session;
use super::rules::{Deed, Pending, Work};
use super::table::towards;
use crate::expression::Expression;
use crate::instance::{InstanceId, RowId};
use crate::model::{Form, Initial, Kind, NodeId, ScopeId};
use crate::surroundings::Surroundings;

mod fit;
mod homes;

use fit::{Part, fit};
use homes::Homes;

/// A filled form that was carried to another version.
pub struct Carried {
    /// The other version, filled in as far as that goes.
    pub session: Session,
    /// The answers that are not in it as they were, in the order of the form that they stood in.
    pub left: Vec<Left>,
    /// By row and place in it of the session that it was carried from.
    homes: Vec<Vec<Option<InstanceId>>>,
    from: Rc<Form>,
}

/// An answer that could not be carried, or not all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where it stood: [`Session::label`] and [`Session::label_of`] of the session that it was
    /// carried from say what a person read there.
    pub at: InstanceId,
    /// The same by names, as in `m[2]/m_name`; rows count from 1.
    pub path: String,
    /// What was answered; of several choices those that could not be carried.
    pub value: String,
    /// Why.
    pub why: Why,
}

/// Why an answer is not in the other version of its form as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The question is no more.
    Gone,
    /// What bears its name is another kind of thing: a picture where words were asked.
    AnotherKind,
    /// It is not a value of the question's new type: words where a number is asked.
    NotOfItsType,
    /// The choice is not on offer any more.
    NotOffered,
    /// What was asked in every row is asked fewer times.
    NoRow,
    /// The form itself says now what stands there, and says something else.
    Given,
    /// It was carried, but is not asked as things stand.
    NotAsked,
}

impl Carried {
    /// Where the other version has what stands at `at` in the session that it was carried from,
    /// answered or not. None for groups, and for what has no place.
    pub fn home(&self, at: InstanceId) -> Option<InstanceId> {
        let slot = self.from.node(at.node).slot as usize;
        self.homes.get(at.row.0 as usize)?.get(slot).copied()?
    }
}

impl Session {
    /// Carries everything that stands here to another version of the form. What only that version
    /// asks begins as in a new form, with its defaults; what both ask and nobody answered stays
    /// empty: an answer that is missing was taken away.
    pub fn carry(&self, form: Rc<Form>, surroundings: Rc<dyn Surroundings>) -> Carried {
        let mut carrier = Carrier {
            old: self,
            homes: Homes::find(&self.form, &form),
            new: Self::empty(Rc::clone(&form), surroundings),
            form,
            work: Work::begun(Deed::Resume),
            rows: vec![None; self.table.length()],
            opened: Vec::new(),
            lists: Vec::new(),
            found: vec![Vec::new(); self.table.length()],
            answers: Vec::new(),
            turn: 0,
            left: Vec::new(),
        };
        let root = carrier.new.table.open(&carrier.form, None, Form::ROOT);
        carrier.furnish(root);
        carrier.rows[0] = Some(root);
        carrier.carry_rows(self.root());
        carrier.carry_values(self.root());
        carrier.give_first_rows();
        carrier.finish()
    }
}

/// What is under way.
struct Carrier<'o> {
    old: &'o Session,
    homes: Homes,
    new: Session,
    form: Rc<Form>,
    work: Work,
    /// By row of the old session: the row of the new one.
    rows: Vec<Option<RowId>>,
    /// The rows that came about by carrying.
    opened: Vec<RowId>,
    /// The repeats that have as many rows as before.
    lists: Vec<InstanceId>,
    /// See [`Carried::home`].
    found: Vec<Vec<Option<InstanceId>>>,
    /// What people answered, and where it should stand now.
    answers: Vec<Answer>,
    /// How many values of the old session were looked at.
    turn: usize,
    /// With the turn at which each was looked at.
    left: Vec<(usize, Left)>,
}

/// What a person answered, and where it should stand now.
struct Answer {
    turn: usize,
    at: InstanceId,
    home: InstanceId,
    parts: Vec<Part>,
}

impl Carrier<'_> {
    /// Opens as many rows as there were. Before any value is put: one that moved into a list goes
    /// to its first row.
    fn carry_rows(&mut self, group: InstanceId) {
        for at in self.old.children(group) {
            match self.old.form.node(at.node).kind {
                Kind::Group => self.carry_rows(at),
                Kind::Repeat { .. } => self.carry_list(at),
                _ => {}
            }
        }
    }

    fn carry_list(&mut self, list: InstanceId) {
        let rows = self.old.rows(list);
        let is_list = |node: &NodeId| matches!(self.form.node(*node).kind, Kind::Repeat { .. });
        let home = self.homes.of(list.node).filter(is_list).and_then(|node| {
            let row = self.row_for(list.row, self.form.node(node).scope, !rows.is_empty())?;
            Some(InstanceId { row, node })
        });
        self.lists.extend(home);
        for row in rows {
            self.rows[row.row.0 as usize] = home.and_then(|home| self.open_row(home));
            self.carry_rows(row);
        }
        if let Some(home) = home {
            self.new.pass_on_rows(home, &mut self.work);
        }
    }

    /// A new row of a list, where there is room.
    fn open_row(&mut self, list: InstanceId) -> Option<RowId> {
        let row = self.new.new_row(list, &mut self.work)?;
        self.furnish(row);
        Some(row)
    }

    /// Begins a row as in a new form; what was answered takes the place of its defaults.
    fn furnish(&mut self, row: RowId) {
        self.new.enter(row, &mut self.work);
        for node in &self.form.scopes[self.new.table.row(row).scope.0 as usize].nodes {
            self.new.give_default(InstanceId { row, node: *node }, &mut self.work);
        }
        self.opened.push(row);
    }

    /// The row of `scope` in which what stood in `row` belongs; opened, where it `may_open`. What
    /// is not asked in every row any more has one place, which the first row gets.
    fn row_for(&mut self, row: RowId, scope: ScopeId, may_open: bool) -> Option<RowId> {
        let mut row = row;
        loop {
            if let Some(new) = self.rows[row.0 as usize]
                && self.leads_to(new, scope)
            {
                return self.row_below(new, scope, may_open);
            }
            let list = InstanceId {
                row: self.old.table.row(row).parent?,
                node: self.old.form.scopes[self.old.table.row(row).scope.0 as usize].node,
            };
            if self.old.rows(list).first().is_none_or(|first| first.row != row) {
                return None;
            }
            row = list.row;
        }
    }

    fn leads_to(&self, row: RowId, scope: ScopeId) -> bool {
        let own = self.new.table.row(row).scope;
        own == scope || towards(&self.form, own, scope).is_some()
    }

    /// The first row of `scope` below `row`.
    fn row_below(&mut self, row: RowId, scope: ScopeId, may_open: bool) -> Option<RowId> {
        let own = self.new.table.row(row).scope;
        if own == scope {
            return Some(row);
        }
        let list = InstanceId { row, node: towards(&self.form, own, scope)? };
        let inner = match self.new.rows(list).first() {
            Some(first) => first.row,
            None if may_open => {
                let row = self.open_row(list)?;
                self.new.pass_on_rows(list, &mut self.work);
                row
            }
            None => return None,
        };
        self.row_below(inner, scope, may_open)
    }

    fn carry_values(&mut self, group: InstanceId) {
        for at in self.old.children(group).into_iter().chain(self.old.rows(group)) {
            match self.old.form.node(at.node).holds_value() {
                true => self.carry_value(at),
                false => self.carry_values(at),
            }
        }
    }

    fn carry_value(&mut self, at: InstanceId) {
        self.turn += 1;
        let value = self.old.value(at);
        let was_given = is_given(self.old, at);
        let is_answer = !was_given && !value.is_empty();
        let home = match self.place(at, is_answer) {
            Ok(home) => home,
            Err(why) if is_answer => return self.leave(at, value, why),
            Err(_) => return,
        };
        match (was_given, is_given(&self.new, home)) {
            (false, false) => self.put(at, home),
            // What the form says by itself is not put; if it is the same, all is well.
            (false, true) => self.expect(at, home, Part::whole(value)),
            (true, true) => self.put_record(at, home),
            (true, false) => {}
        }
    }

    /// Where the new version has the value at `at`.
    fn place(&mut self, at: InstanceId, may_open: bool) -> Result<InstanceId, Why> {
        let node = self.homes.of(at.node).ok_or(Why::Gone)?;
        if !self.form.node(node).holds_value() {
            return Err(Why::AnotherKind);
        }
        let row = self.row_for(at.row, self.form.node(node).scope, may_open).ok_or(Why::NoRow)?;
        let home = InstanceId { row, node };
        let slot = self.old.form.node(at.node).slot as usize;
        let found = &mut self.found[at.row.0 as usize];
        found.resize(found.len().max(slot + 1), None);
        found[slot] = Some(home);
        Ok(home)
    }

    fn put(&mut self, at: InstanceId, home: InstanceId) {
        match fit(self.old, at, &self.new, home) {
            Ok(parts) => {
                self.keep(home, &joined(parts.iter().filter_map(|part| part.new.as_deref())));
                self.expect(at, home, parts);
            }
            Err(why) => {
                // What is another kind of thing now was never asked before, and has its default.
                if why != Why::AnotherKind {
                    self.keep(home, "");
                }
                if !self.old.value(at).is_empty() {
                    self.leave(at, self.old.value(at), why);
                }
            }
        }
    }

    /// What the form or the device keeps by itself: the moment when it was begun, its number. But
    /// not what is written in the spreadsheet: there the newer one is right.
    fn put_record(&mut self, at: InstanceId, home: InstanceId) {
        let (old, new) = (self.old.form.node(at.node), self.form.node(home.node));
        let value = self.old.value(at);
        let is_written = matches!(&old.default, Some(Initial::Fixed(written)) if written == value);
        if old.kind == new.kind && !is_written {
            self.keep(home, value);
        }
    }

    fn keep(&mut self, home: InstanceId, value: &str) {
        self.work.never_mind(Pending::Default(home));
        self.new.set_value(home, value, &mut self.work);
    }

    fn expect(&mut self, at: InstanceId, home: InstanceId, parts: Vec<Part>) {
        self.answers.push(Answer { turn: self.turn, at, home, parts });
    }

    fn leave(&mut self, at: InstanceId, value: &str, why: Why) {
        self.leave_at(self.turn, at, value, why);
    }

    fn leave_at(&mut self, turn: usize, at: InstanceId, value: &str, why: Why) {
        let left = Left { at, path: path(self.old, at), value: value.to_owned(), why };
        let place = self.left.partition_point(|(other, _)| *other < turn);
        self.left.insert(place, (turn, left));
    }

    /// A list that only the new form has begins with its own number of rows; one that lost all of
    /// its rows stays empty.
    fn give_first_rows(&mut self) {
        for row in self.opened.clone() {
            for node in &self.form.scopes[self.new.table.row(row).scope.0 as usize].nodes {
                let at = InstanceId { row, node: *node };
                if !self.lists.contains(&at) && self.new.rows(at).is_empty() {
                    self.new.give_first_rows(at, &mut self.work);
                }
            }
        }
    }

    /// Works everything out, and looks what became of the answers.
    fn finish(mut self) -> Carried {
        self.new.settle(core::mem::replace(&mut self.work, Work::begun(Deed::Resume)));
        for answer in core::mem::take(&mut self.answers) {
            self.look_after(&answer);
        }
        Carried {
            session: self.new,
            left: self.left.into_iter().map(|(_, left)| left).collect(),
            homes: self.found,
            from: Rc::clone(&self.old.form),
        }
    }

    fn look_after(&mut self, answer: &Answer) {
        let Answer { turn, at, home, parts } = answer;
        let value = self.new.value(*home);
        let question = self.form.node(home.node).question();
        let is_choice = question.is_some_and(|own| own.choices().is_some());
        let stands = |part: &Part| match (&part.new, is_choice) {
            (Some(new), true) => value.split_whitespace().any(|own| own == new),
            (Some(new), false) => value == new,
            (None, _) => false,
        };
        let lost = parts.iter().filter(|part| !stands(part)).map(|part| part.old.as_str());
        let (whole, lost) = (self.old.value(*at), joined(lost));
        if self.new.table.cell(&self.form, *home).is_none() {
            self.leave_at(*turn, *at, whole, Why::NoRow);
        } else if !lost.is_empty() {
            let is_given = is_given(&self.new, *home);
            let why = if is_given { Why::Given } else { Why::NotOffered };
            self.leave_at(*turn, *at, &lost, why);
        } else if !parts.is_empty() && self.old.is_relevant(*at) && !self.new.is_relevant(*home) {
            self.leave_at(*turn, *at, whole, Why::NotAsked);
        }
    }
}

/// Whether nobody is asked for what stands at `at`: it is computed, kept by the device, or never
/// open to be changed.
fn is_given(session: &Session, at: InstanceId) -> bool {
    let node = session.form.node(at.node);
    !node.is_question() || node.calculation.is_some() || is_closed(session, at)
}

/// Whether a condition that looks at no answer closes it, or what it stands in.
fn is_closed(session: &Session, at: InstanceId) -> bool {
    let form = &session.form;
    let own = form.node(at.node).read_only.map(|id| form.expression(id));
    let looks = |one: &Expression| {
        matches!(one, Expression::This | Expression::Node(_) | Expression::Rare(_))
    };
    own.is_some_and(|own| !own.any(&looks) && session.truth(at, own))
        || session.parent(at).is_some_and(|parent| is_closed(session, parent))
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

/// By names from the root, as in `m[2]/m_name`.
fn path(session: &Session, at: InstanceId) -> String {
    let name = &session.form.node(at.node).name;
    let Some(parent) = session.parent(at) else { return String::new() };
    if parent.node == at.node {
        let place = session.rows(parent).iter().position(|row| *row == at).unwrap_or(0);
        return format!("{}[{}]", path(session, parent), place + 1);
    }
    match path(session, parent) {
        above if above.is_empty() => name.clone(),
        above => format!("{above}/{name}"),
    }
}
