//! Cuts a form into pages.
//!
//! A page holds what a person can look over on a phone: at most [`MOST`] questions, counting a
//! list of many choices twice. A question that only appears through an answer on the page belongs
//! to that page too and does not count, so that it appears where its cause is. One that the next
//! question's constraint reads stands on the same page as that. Groups are not mixed; a group whose
//! `appearance` says `field-list` is one page, as in every XLSForm tool. A repeat is a page that
//! lists its rows, and each row has pages of its own. Why: `docs/decisions/0008-small-pages.md`.
//!
//! The plan depends on the form alone: an address in it stays good while answers come and go.

use std::rc::Rc;

use form::model::{Kind, NodeId, Question, RuleKind};
use form::{Form, InstanceId, Session, Surroundings};
use rustc_hash::FxHashMap;

use super::shown::{SHORT_LIST, is_closed};

/// The most that a page asks.
const MOST: u32 = 3;

/// How much stands on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    /// What can be looked over on a phone.
    Few,
    /// One question, however the author grouped them: for 长辈版.
    Single,
}

/// A form cut into pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    how: Pages,
    /// By the root or the repeat whose row it is: the pages of the form, or of each row.
    bodies: FxHashMap<NodeId, Vec<Page>>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The group or repeat whose label is the page's title.
    pub(crate) section: Option<NodeId>,
    /// What is on it.
    pub(crate) content: Content,
}

/// What is on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Questions and notes.
    Questions(Vec<NodeId>),
    /// The rows of a repeat, and the notes that stand right below it.
    Rows(NodeId, Vec<NodeId>),
}

impl Page {
    /// The questions and notes on it.
    pub(crate) fn nodes(&self) -> &[NodeId] {
        match &self.content {
            Content::Questions(nodes) | Content::Rows(_, nodes) => nodes,
        }
    }
}

impl Plan {
    /// Cuts `form`.
    pub(crate) fn of(form: &Rc<Form>, pages: Pages, surroundings: Rc<dyn Surroundings>) -> Self {
        let mut session = Session::start(Rc::clone(form), surroundings);
        let mut plan = Self { how: pages, bodies: FxHashMap::default() };
        let root = session.root();
        plan.cut_body(&mut session, root);
        plan
    }

    /// How much stands on a page of it.
    pub(crate) fn how(&self) -> Pages {
        self.how
    }

    /// The pages of a body: the root, or a repeat whose row it is.
    pub(crate) fn pages(&self, body: NodeId) -> &[Page] {
        self.bodies.get(&body).map_or(&[], Vec::as_slice)
    }

    fn cut_body(&mut self, session: &mut Session, body: InstanceId) {
        let own = session.form().node(body.node);
        let section = matches!(own.kind, Kind::Repeat { .. }).then_some(body.node);
        let how = self.how;
        let mut cutter = Cutter { session, how, pages: Vec::new(), room: 0, inner: Vec::new() };
        cutter.cut_group(body, section, false);
        let Cutter { pages, inner, .. } = cutter;
        self.bodies.insert(body.node, pages);
        for repeat in inner {
            // A row that exists only here, to see what is asked at first.
            let row = match session.rows(repeat).first() {
                Some(row) => Some(*row),
                None => session.add_row(repeat).ok().map(|(row, _)| row),
            };
            if let Some(row) = row {
                self.cut_body(session, row);
            }
        }
    }
}

struct Cutter<'a> {
    session: &'a Session,
    how: Pages,
    pages: Vec<Page>,
    /// How much more fits on the last page.
    room: u32,
    /// The repeats of this body.
    inner: Vec<InstanceId>,
}

impl Cutter<'_> {
    fn cut_group(&mut self, group: InstanceId, section: Option<NodeId>, whole: bool) {
        let form = Rc::clone(self.session.form());
        for at in self.session.children(group) {
            let node = form.node(at.node);
            match &node.kind {
                Kind::Calculated | Kind::Recorded(_) => {}
                Kind::Group if whole => self.cut_group(at, section, true),
                Kind::Group => {
                    self.room = 0;
                    let title = node.label.is_some().then_some(at.node).or(section);
                    let whole = self.how == Pages::Few && node.appears("field-list");
                    if whole {
                        self.open(title, u32::MAX);
                    }
                    self.cut_group(at, title, whole);
                    self.room = 0;
                }
                Kind::Repeat { .. } => {
                    let title = node.label.is_some().then_some(at.node).or(section);
                    self.pages
                        .push(Page { section: title, content: Content::Rows(at.node, Vec::new()) });
                    self.room = 0;
                    self.inner.push(at);
                }
                Kind::Note => match self.pages.last_mut().map(|page| &mut page.content) {
                    Some(Content::Rows(repeat, notes))
                        if form.node(*repeat).parent == node.parent =>
                    {
                        notes.push(at.node);
                    }
                    _ => self.place(at, section, 0),
                },
                // The words over a table stand with its first line.
                Kind::Question(_) if node.appears("label") => self.place(at, section, 0),
                Kind::Question(_) if self.how == Pages::Single => self.place(at, section, 1),
                Kind::Question(question) => {
                    let size = self.size(at, question);
                    self.place(at, section, size);
                }
            }
        }
    }

    fn place(&mut self, at: InstanceId, section: Option<NodeId>, size: u32) {
        let own = self.pages.last().is_some_and(|page| {
            page.section == section && matches!(page.content, Content::Questions(_))
        });
        let (most, size, needed) = match self.how {
            Pages::Single => (1, size, size),
            Pages::Few => {
                let size = if own && self.appears_through_page(at) { 0 } else { size };
                (MOST, size, size + self.size_of_checked_by(at))
            }
        };
        if !own || needed > self.room {
            self.open(section, most);
        }
        self.room = self.room.saturating_sub(size);
        if let Some(Content::Questions(nodes)) = self.pages.last_mut().map(|page| &mut page.content)
        {
            nodes.push(at.node);
        }
    }

    fn open(&mut self, section: Option<NodeId>, room: u32) {
        self.pages.push(Page { section, content: Content::Questions(Vec::new()) });
        self.room = room;
    }

    fn size(&self, at: InstanceId, question: &Question) -> u32 {
        let choices = question.choices().map_or(0, |_| self.session.choices(at).len());
        let opens_in_full = !is_closed(self.session.form(), at.node, choices);
        if choices > SHORT_LIST && opens_in_full { 2 } else { 1 }
    }

    /// The room of the question right after `at`, where its answer is checked by that of `at`: the
    /// kind of a document and its number are seen together.
    fn size_of_checked_by(&self, at: InstanceId) -> u32 {
        let form = self.session.form();
        let after = NodeId(at.node.0 + 1);
        let Some(Kind::Question(question)) =
            form.nodes.get(after.0 as usize).map(|node| &node.kind)
        else {
            return 0;
        };
        let is_checked = form.node(after).parent == form.node(at.node).parent
            && self.decides(at.node, after, RuleKind::Constraint);
        if is_checked { self.size(InstanceId { node: after, ..at }, question) } else { 0 }
    }

    /// Whether it is not asked at first, and an answer on the last page brings it.
    fn appears_through_page(&self, at: InstanceId) -> bool {
        let nodes = self.pages.last().map_or(&[][..], Page::nodes);
        !self.session.is_relevant(at)
            && nodes.iter().any(|cause| self.decides(*cause, at.node, RuleKind::Relevant))
    }

    /// Whether a rule of this kind about `node` reads `cause`.
    fn decides(&self, cause: NodeId, node: NodeId, kind: RuleKind) -> bool {
        let graph = &self.session.form().graph;
        graph.readers.get(cause.0 as usize).into_iter().flatten().any(|edge| {
            let rule = &graph.rules[edge.rule.0 as usize];
            rule.node == node && rule.kind == kind
        })
    }
}
