//! Forward, back, and how far: from page to page over what is asked now.

use std::rc::Rc;

use form::{Form, InstanceId, Session};
use rustc_hash::FxHashSet;

use super::plan::{Content, Page, Plan};
use super::{Address, unfinished};

/// A page of the form, or of one row of a repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Step {
    /// The root, or the row.
    pub(crate) body: InstanceId,
    /// Which of its pages, from 0.
    pub(crate) page: usize,
}

impl Plan {
    /// The page at `step`.
    pub(crate) fn page(&self, step: Step) -> Option<&Page> {
        self.pages(step.body.node).get(step.page)
    }

    /// Every question and note of the page, asked now or not.
    pub(crate) fn instances(&self, session: &Session, step: Step) -> Vec<InstanceId> {
        let nodes = self.page(step).map_or(&[][..], Page::nodes);
        nodes.iter().filter_map(|node| session.nearest(step.body, *node)).collect()
    }

    /// The repeat whose rows the page lists.
    pub(crate) fn repeat(&self, session: &Session, step: Step) -> Option<InstanceId> {
        match self.page(step)?.content {
            Content::Rows(repeat, _) => session.nearest(step.body, repeat),
            Content::Questions(_) => None,
        }
    }

    /// Whether anything of the page is asked now.
    fn is_shown(&self, session: &Session, step: Step) -> bool {
        match self.repeat(session, step) {
            Some(repeat) => session.is_relevant(repeat),
            None => self.page(step).map_or(&[][..], Page::nodes).iter().any(|node| {
                session.nearest(step.body, *node).is_some_and(|at| session.is_relevant(at))
            }),
        }
    }

    /// The pages of a body that are shown now.
    fn shown(&self, session: &Session, body: InstanceId) -> impl DoubleEndedIterator<Item = Step> {
        (0..self.pages(body.node).len())
            .map(move |page| Step { body, page })
            .filter(|step| self.is_shown(session, *step))
    }

    /// The first page of a body.
    pub(crate) fn first(&self, session: &Session, body: InstanceId) -> Option<Step> {
        self.shown(session, body).next()
    }

    /// The page that lists the row `body`; none for the root.
    pub(crate) fn list_of(&self, session: &Session, body: InstanceId) -> Option<Step> {
        if body.node == Form::ROOT {
            return None;
        }
        let above = self.body_of(session, session.parent(body)?)?;
        let page = self.pages(above.node).iter().position(
            |page| matches!(page.content, Content::Rows(repeat, _) if repeat == body.node),
        )?;
        Some(Step { body: above, page })
    }

    /// The page after this one: of a list, the first unfinished row that was not `seen`; after
    /// a row's last page, the list. None where the form ends.
    pub(crate) fn next(
        &self,
        session: &Session,
        step: Step,
        seen: &FxHashSet<InstanceId>,
    ) -> Option<Step> {
        let unseen = self.repeat(session, step).and_then(|repeat| {
            session
                .rows(repeat)
                .into_iter()
                .find(|row| !seen.contains(row) && unfinished(session, *row) > 0)
                .and_then(|row| self.first(session, row))
        });
        unseen
            .or_else(|| self.shown(session, step.body).find(|other| other.page > step.page))
            .or_else(|| self.list_of(session, step.body))
    }

    /// The page before this one: before a row's first page, the list. None where the form begins.
    pub(crate) fn back(&self, session: &Session, step: Step) -> Option<Step> {
        // From here backwards: with hundreds of pages, the rest is not looked at.
        (0..step.page)
            .rev()
            .map(|page| Step { page, ..step })
            .find(|other| self.is_shown(session, *other))
            .or_else(|| self.list_of(session, step.body))
    }

    /// All pages shown now, in the form's order, those of rows after the list.
    pub(crate) fn steps(&self, session: &Session) -> Vec<Step> {
        let mut all = Vec::new();
        self.collect(session, session.root(), &mut all);
        all
    }

    fn collect(&self, session: &Session, body: InstanceId, all: &mut Vec<Step>) {
        for step in self.shown(session, body) {
            all.push(step);
            if let Some(repeat) = self.repeat(session, step) {
                for row in session.rows(repeat) {
                    self.collect(session, row, all);
                }
            }
        }
    }

    /// Whether nothing else is asked after `at` on its page.
    pub(crate) fn is_last(&self, session: &Session, at: InstanceId) -> bool {
        let Some(step) = self.locate(session, at) else { return false };
        let is_asked = |other: &InstanceId| {
            session.is_relevant(*other) && session.form().node(other.node).is_question()
        };
        self.instances(session, step).into_iter().rfind(is_asked) == Some(at)
    }

    /// How much of the form lies before the end of `step`, from 0 to 100.
    pub(crate) fn percent(&self, session: &Session, step: Step) -> u8 {
        let steps = self.steps(session);
        let before = steps.iter().position(|other| *other == step).map_or(0, |place| place + 1);
        u8::try_from(100 * before / (steps.len() + 1)).unwrap_or(100)
    }

    /// The page that asks `at`.
    pub(crate) fn locate(&self, session: &Session, at: InstanceId) -> Option<Step> {
        let body = self.body_of(session, session.parent(at)?)?;
        let page = self.pages(body.node).iter().position(|page| {
            page.nodes().contains(&at.node)
                || matches!(page.content, Content::Rows(repeat, _) if repeat == at.node)
        })?;
        Some(Step { body, page })
    }

    /// The root or the row that holds `at`, or that `at` is.
    fn body_of(&self, session: &Session, at: InstanceId) -> Option<InstanceId> {
        if at.node == Form::ROOT {
            return Some(at);
        }
        let parent = session.parent(at)?;
        let is_row = parent.node == at.node;
        if is_row { Some(at) } else { self.body_of(session, parent) }
    }

    /// The address of a page.
    pub(crate) fn address(&self, session: &Session, step: Step) -> Address {
        let mut numbers = vec![number(step.page)];
        let mut inner = step;
        while let Some(list) = self.list_of(session, inner.body) {
            let rows = self.repeat(session, list).map(|repeat| session.rows(repeat));
            let row = rows.and_then(|rows| rows.iter().position(|row| *row == inner.body));
            numbers.splice(0..0, [number(list.page), number(row.unwrap_or(0))]);
            inner = list;
        }
        Address::new(self.how(), numbers)
    }

    /// The page that asks first what is asked at an address of the form cut otherwise: the person
    /// went over to 长辈版 meanwhile, or back.
    fn resolve_other(&self, session: &Session, address: &Address) -> Option<Step> {
        let surroundings = Rc::clone(session.surroundings());
        let other = Self::of(session.form(), address.pages(), surroundings);
        let step = other.resolve(session, address)?;
        let mut asked =
            other.instances(session, step).into_iter().chain(other.repeat(session, step));
        asked.find_map(|at| self.locate(session, at).filter(|step| self.is_shown(session, *step)))
    }

    /// The page at an address, or, where that is not asked now, the nearest one before it.
    pub(crate) fn resolve(&self, session: &Session, address: &Address) -> Option<Step> {
        if address.pages() != self.how() {
            return self.resolve_other(session, address);
        }
        let mut body = session.root();
        let mut found = self.first(session, body)?;
        for pair in address.numbers().chunks(2) {
            let page = pair[0] as usize - 1;
            let Some(step) = self.shown(session, body).rfind(|step| step.page <= page) else {
                break;
            };
            found = step;
            let row = self
                .repeat(session, step)
                .filter(|_| step.page == page)
                .and_then(|repeat| session.rows(repeat).get(*pair.get(1)? as usize - 1).copied());
            match row {
                Some(row) => body = row,
                None => break,
            }
        }
        Some(found)
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}
