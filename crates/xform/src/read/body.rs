//! The body: which node has which control, and what is done when something happens
//! (specification, sections "Body", "Groups", "Repeats", "Events and Actions").

use std::collections::HashMap;

use super::document::{Xml, attribute, child, elements};
use super::path::resolve;

/// What the body, and the actions of the model, say of the nodes at paths.
#[derive(Default)]
pub(super) struct Body<'x> {
    pub(super) controls: HashMap<String, Xml<'x>>,
    pub(super) groups: HashMap<String, Xml<'x>>,
    pub(super) repeats: HashMap<String, Xml<'x>>,
    /// The labels of repeats stand in the groups around them.
    pub(super) labels: HashMap<String, Xml<'x>>,
    /// Which comes first.
    pub(super) order: HashMap<String, usize>,
    pub(super) actions: HashMap<String, Vec<Action<'x>>>,
    pub(super) losses: Vec<Loss<'x>>,
    ids: HashMap<&'x str, &'x str>,
}

/// Something that was passed over.
pub(super) struct Loss<'x> {
    pub(super) element: Xml<'x>,
    pub(super) what: String,
    pub(super) remedy: &'static str,
}

/// Something that is done when something happens.
#[derive(Clone)]
pub(super) struct Action<'x> {
    /// `setvalue`, `setgeopoint`, `recordaudio`
    pub(super) name: &'x str,
    /// The control that it is nested in.
    pub(super) source: Option<String>,
    pub(super) element: Xml<'x>,
}

impl<'x> Action<'x> {
    /// Whether it is done when one of these happens.
    pub(super) fn is_on(&self, events: &[&str]) -> bool {
        let own = attribute(self.element, "event").or_else(|| attribute(self.element, "ev:event"));
        own.unwrap_or_default().split_whitespace().any(|event| events.contains(&event))
    }

    fn is_one(element: Xml<'x>) -> bool {
        matches!(element.tag_name().name(), "setvalue" | "setgeopoint" | "recordaudio")
    }
}

impl<'x> Body<'x> {
    pub(super) fn of(model: Xml<'x>, body: Xml<'x>, root: &str) -> Self {
        let mut found = Self::default();
        for bind in elements(model).filter(|element| element.tag_name().name() == "bind") {
            if let (Some(id), Some(nodeset)) = (bind.attribute("id"), bind.attribute("nodeset")) {
                found.ids.insert(id, nodeset);
            }
        }
        let context = format!("/{root}");
        for element in elements(model).filter(|element| Action::is_one(*element)) {
            found.act(element, None, &context);
        }
        found.walk(body, &context);
        found
    }

    /// The path that an element is about.
    fn path(&self, element: Xml<'x>, context: &str) -> Option<String> {
        let by_id = || element.attribute("bind").and_then(|id| self.ids.get(id).copied());
        let source =
            element.attribute("ref").or_else(|| element.attribute("nodeset")).or_else(by_id);
        source.map(|source| resolve(source, context))
    }

    fn walk(&mut self, around: Xml<'x>, context: &str) {
        for element in elements(around) {
            match element.tag_name().name() {
                "label" | "hint" | "help" => {}
                "group" => self.group(element, context),
                "repeat" => self.repeat(element, context),
                "input" | "select" | "select1" | "upload" | "trigger" | "range" | "rank"
                | "secret" => self.control(element, context),
                _ if Action::is_one(element) => self.act(element, None, context),
                name => {
                    let what = format!("不认识 <{name}>，没有读");
                    self.lose(element, what, "换成 ODK XForms 里有的元素");
                }
            }
        }
    }

    fn group(&mut self, element: Xml<'x>, context: &str) {
        let path = self.path(element, context);
        let repeat = child(element, "repeat")
            .and_then(|repeat| self.path(repeat, path.as_deref().unwrap_or(context)));
        match (&path, repeat) {
            (path, Some(repeat)) if path.as_ref().is_none_or(|path| *path == repeat) => {
                self.labels.insert(repeat, element);
            }
            (Some(path), _) => {
                self.note(path);
                self.groups.insert(path.clone(), element);
            }
            (None, _)
                if child(element, "label").is_some() || element.has_attribute("appearance") =>
            {
                let what = "这个分组没有 ref，它的标题和样式没有读";
                let remedy = "在主实例里给它建一个节点，并写上 ref";
                self.lose(element, what, remedy);
            }
            (None, _) => {}
        }
        self.walk(element, path.as_deref().unwrap_or(context));
    }

    fn repeat(&mut self, element: Xml<'x>, context: &str) {
        let Some(path) = self.path(element, context) else {
            self.lose(element, "repeat 没有写 nodeset", "写上它重复的节点的路径");
            return;
        };
        self.note(&path);
        self.walk(element, &path);
        self.repeats.insert(path, element);
    }

    fn control(&mut self, element: Xml<'x>, context: &str) {
        let Some(path) = self.path(element, context) else {
            self.lose(element, "这一题没有写 ref，没有读", "写上它的节点的路径");
            return;
        };
        self.note(&path);
        for action in elements(element).filter(|inner| Action::is_one(*inner)) {
            self.act(action, Some(&path), &path);
        }
        self.controls.insert(path, element);
    }

    fn act(&mut self, element: Xml<'x>, source: Option<&str>, context: &str) {
        match self.path(element, context) {
            Some(target) => {
                let (name, source) = (element.tag_name().name(), source.map(str::to_owned));
                let actions = self.actions.entry(target).or_default();
                actions.push(Action { name, source, element });
            }
            None => self.lose(element, "这个动作没有写 ref，没有读", "写上它要设置的节点的路径"),
        }
    }

    fn lose(&mut self, element: Xml<'x>, what: impl Into<String>, remedy: &'static str) {
        self.losses.push(Loss { element, what: what.into(), remedy });
    }

    fn note(&mut self, path: &str) {
        let next = self.order.len();
        self.order.entry(path.to_owned()).or_insert(next);
    }

    /// The actions on the node at `path`.
    pub(super) fn actions_on(&self, path: &str) -> &[Action<'x>] {
        self.actions.get(path).map(Vec::as_slice).unwrap_or_default()
    }
}
