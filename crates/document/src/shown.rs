//! What stands on pages that were laid out.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst::text::{TextItem, is_default_ignorable};
use typst_layout::PagedDocument;

/// Whether one sees a character at all.
pub(crate) fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !is_default_ignorable(c)
}

/// What stands on pages.
#[derive(Default)]
pub(crate) struct Shown {
    /// The characters that are drawn by a glyph of their own.
    pub(crate) drawn: BTreeSet<char>,
    /// Those that some font drew as its glyph 0, which says that it has none: a box, or nothing.
    pub(crate) boxes: BTreeSet<char>,
}

impl Shown {
    pub(crate) fn on(pages: &PagedDocument) -> Self {
        let mut shown = Self::default();
        pages.pages().iter().for_each(|page| shown.frame(&page.frame));
        shown
    }

    fn frame(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.frame(&group.frame),
                FrameItem::Text(text) => self.text(text),
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &TextItem) {
        for glyph in &text.glyphs {
            let Some(of) = text.text.get(glyph.range()) else { continue };
            let into = if glyph.id == 0 { &mut self.boxes } else { &mut self.drawn };
            into.extend(of.chars().filter(|c| is_seen(*c)));
        }
    }
}
