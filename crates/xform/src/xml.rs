//! XML as it is written: elements put together, then told as text (XML 1.0).

use std::borrow::Cow;

/// An element to be written.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    name: Cow<'static, str>,
    attributes: Vec<(Cow<'static, str>, String)>,
    children: Vec<Child>,
}

/// What stands in an element.
#[derive(Clone, Debug)]
pub(crate) enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    pub(crate) fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), attributes: Vec::new(), children: Vec::new() }
    }

    /// With an attribute; one that is there already stays as it is.
    pub(crate) fn with(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
    ) -> Self {
        self.set(name, value);
        self
    }

    /// With an attribute, where there is a value for it.
    pub(crate) fn with_some(
        mut self,
        name: &'static str,
        value: Option<impl Into<String>>,
    ) -> Self {
        self.set_some(name, value);
        self
    }

    pub(crate) fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let name = name.into();
        if !self.has(&name) {
            self.attributes.push((name, value.into()));
        }
    }

    pub(crate) fn set_some(&mut self, name: &'static str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Sets an attribute, where there is one for it.
    pub(crate) fn set_some_name(&mut self, name: Option<&'static str>, value: &str) {
        if let Some(name) = name {
            self.set(name, value);
        }
    }

    pub(crate) fn has_attributes(&self) -> bool {
        !self.attributes.is_empty()
    }

    pub(crate) fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|(own, _)| own == attribute)
    }

    /// Whether it says nothing but what its first attribute says.
    pub(crate) fn is_idle(&self) -> bool {
        self.attributes.len() < 2 && self.children.is_empty()
    }

    pub(crate) fn holding(mut self, children: impl IntoIterator<Item = Child>) -> Self {
        self.children.extend(children);
        self
    }

    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.children.push(Child::Text(text));
        }
        self
    }

    pub(crate) fn push(&mut self, child: Element) {
        self.children.push(Child::Element(child));
    }

    pub(crate) fn extend(&mut self, children: impl IntoIterator<Item = Element>) {
        self.children.extend(children.into_iter().map(Child::Element));
    }

    /// The whole document.
    pub(crate) fn document(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\"?>\n");
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        out.push_str(&indent);
        self.write_inline(out, Some(depth));
        out.push('\n');
    }

    /// Without the spaces around. `depth`: how deep, where spaces inside mean nothing.
    fn write_inline(&self, out: &mut String, depth: Option<usize>) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(out, value, true);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        let is_mixed = self.children.iter().any(|child| matches!(child, Child::Text(_)));
        match depth.filter(|_| !is_mixed) {
            Some(depth) => {
                out.push('\n');
                for child in &self.children {
                    if let Child::Element(element) = child {
                        element.write(out, depth + 1);
                    }
                }
                out.push_str(&"  ".repeat(depth));
            }
            None => {
                for child in &self.children {
                    match child {
                        Child::Element(element) => element.write_inline(out, None),
                        Child::Text(text) => escape(out, text, false),
                    }
                }
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// Characters that XML 1.0 (section 2.2) has no way to say are left out. A carriage return must be
/// said by its number, or readers take it for the end of a line.
fn escape(out: &mut String, text: &str, in_attribute: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\n' if in_attribute => out.push_str("&#10;"),
            '\t' if in_attribute => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}

/// Whether `name` can be the name of an element or an attribute without a prefix (Namespaces in
/// XML 1.0, production 4).
pub(crate) fn is_name(name: &str) -> bool {
    let begins = |c: char| {
        matches!(c, 'A'..='Z' | 'a'..='z' | '_' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}'
            | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}'
            | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
            | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
            | '\u{10000}'..='\u{effff}')
    };
    let follows = |c: char| {
        begins(c)
            || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}'
                | '\u{203f}'..='\u{2040}')
    };
    name.chars().next().is_some_and(begins) && name.chars().all(follows)
}
