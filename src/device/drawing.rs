//! Drawing with a finger.

use std::cell::Cell;

use leptos::html::Canvas;
use leptos::prelude::{GetUntracked, NodeRef};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

use super::pictures::{self, Picture, Unreadable};

/// How wide a stroke is, in CSS pixels.
const STROKE: f64 = 3.0;
/// Canvas pixels to a CSS pixel: enough for print.
const DENSITY: f64 = 2.0;

/// A canvas that is drawn on.
pub(crate) struct Drawing {
    canvas: NodeRef<Canvas>,
    last: Cell<Option<(f64, f64)>>,
    strokes: Cell<u32>,
}

impl Drawing {
    /// Nothing is drawn yet.
    pub(crate) fn on(canvas: NodeRef<Canvas>) -> Self {
        Self { canvas, last: Cell::new(None), strokes: Cell::new(0) }
    }

    /// Whether anything is drawn.
    pub(crate) fn is_empty(&self) -> bool {
        self.strokes.get() == 0
    }

    /// A finger touches the canvas.
    pub(crate) fn begin(&self, event: &PointerEvent) {
        event.prevent_default();
        let Some(canvas) = self.canvas.get_untracked() else { return };
        if self.is_empty() {
            clear(&canvas);
        }
        // Refused where the finger is gone already.
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let at = place(event);
        self.last.set(Some(at));
        // A dot is a stroke too.
        stroke(&canvas, at, (at.0 + 0.1, at.1));
        self.strokes.set(self.strokes.get() + 1);
    }

    /// The finger moves.
    pub(crate) fn go_on(&self, event: &PointerEvent) {
        let (Some(canvas), Some(last)) = (self.canvas.get_untracked(), self.last.get()) else {
            return;
        };
        let at = place(event);
        stroke(&canvas, last, at);
        self.last.set(Some(at));
    }

    /// The finger leaves.
    pub(crate) fn end(&self) {
        self.last.set(None);
    }

    /// What was drawn.
    pub(crate) async fn picture(&self) -> Result<Picture, Unreadable> {
        let canvas = self.canvas.get_untracked().ok_or(Unreadable::Unknown)?;
        pictures::of_canvas(&canvas, "image/png").await
    }

    /// Takes everything away.
    pub(crate) fn clear(&self) {
        self.strokes.set(0);
        self.last.set(None);
        if let Some(canvas) = self.canvas.get_untracked() {
            clear(&canvas);
        }
    }
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// White paper of the size that the canvas has on the screen.
fn clear(canvas: &HtmlCanvasElement) {
    let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
    canvas.set_width((width * DENSITY) as u32);
    canvas.set_height((height * DENSITY) as u32);
    if let Some(context) = context(canvas) {
        // Refused only where a factor is not a number.
        let _ = context.scale(DENSITY, DENSITY);
        context.set_fill_style_str("#fff");
        context.fill_rect(0.0, 0.0, width, height);
        context.set_stroke_style_str("#000");
        context.set_line_width(STROKE);
        context.set_line_cap("round");
        context.set_line_join("round");
    }
}

fn stroke(canvas: &HtmlCanvasElement, from: (f64, f64), to: (f64, f64)) {
    if let Some(context) = context(canvas) {
        context.begin_path();
        context.move_to(from.0, from.1);
        context.line_to(to.0, to.1);
        context.stroke();
    }
}
