//! What of an XForm or an instance is not understood: where, what, and what to do.

use core::fmt;

/// Something that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the XML, counted from 1; none where the file as a whole is meant.
    pub line: Option<u32>,
    /// The path of the element, as in `/html/body/input`; empty where the file as a whole is meant.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "第 {line} 行 ")?;
        }
        if !self.path.is_empty() {
            write!(f, "{}：", self.path)?;
        }
        let end = if self.remedy.ends_with('？') { "" } else { "。" };
        write!(f, "{}。{}{end}", self.what, self.remedy)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// Of the file as a whole.
    pub(crate) fn of_file(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { line: None, path: String::new(), what: what.into(), remedy: remedy.into() }
    }

    /// At an element.
    pub(crate) fn at(
        element: roxmltree::Node<'_, '_>,
        lines: &Lines,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            line: Some(lines.of(element)),
            path: path(element),
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

/// Where the lines of a document begin: to count them anew for each element takes too long.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of_document(document: &roxmltree::Document<'_>) -> Self {
        Self(document.input_text().match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line that an element begins in, counted from 1.
    pub(crate) fn of(&self, element: roxmltree::Node<'_, '_>) -> u32 {
        let start = element.range().start;
        self.0.partition_point(|end| *end < start) as u32 + 1
    }
}

fn path(element: roxmltree::Node<'_, '_>) -> String {
    let mut names: Vec<_> = element
        .ancestors()
        .filter(|one| one.is_element())
        .map(|one| one.tag_name().name())
        .collect();
    names.reverse();
    format!("/{}", names.join("/"))
}
