//! Fingers that push and spread something.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// The fingers that touch it.
#[derive(Default)]
pub(crate) struct Hand {
    fingers: RefCell<Vec<Finger>>,
}

#[derive(Clone, Copy)]
struct Finger {
    id: i32,
    x: f64,
    y: f64,
}

/// What a hand did. Lengths are parts of the width of what is touched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Motion {
    /// To the right.
    pub(crate) right: f64,
    /// Downwards.
    pub(crate) down: f64,
    /// How many times as far apart the fingers are.
    pub(crate) spread: f64,
}

impl Hand {
    /// A finger touches.
    pub(crate) fn touch(&self, event: &PointerEvent) {
        event.prevent_default();
        if let Some(touched) = touched(event) {
            // Refused where the finger is gone already.
            let _ = touched.set_pointer_capture(event.pointer_id());
        }
        self.lift(event);
        self.fingers.borrow_mut().push(Finger::of(event));
    }

    /// A finger moves; none where it does not touch.
    pub(crate) fn go_on(&self, event: &PointerEvent) -> Option<Motion> {
        let width = f64::from(touched(event)?.client_width()).max(1.0);
        let mut fingers = self.fingers.borrow_mut();
        let place = fingers.iter().position(|finger| finger.id == event.pointer_id())?;
        let (before, now) = (fingers[place], Finger::of(event));
        fingers[place] = now;
        let other = fingers.iter().find(|finger| finger.id != now.id);
        // Of two fingers, each moves the middle by half.
        let share = if other.is_some() { 0.5 } else { 1.0 };
        let spread = other.map_or(1.0, |other| now.far_from(*other) / before.far_from(*other));
        Some(Motion {
            right: (now.x - before.x) * share / width,
            down: (now.y - before.y) * share / width,
            spread,
        })
    }

    /// A finger leaves.
    pub(crate) fn lift(&self, event: &PointerEvent) {
        self.fingers.borrow_mut().retain(|finger| finger.id != event.pointer_id());
    }
}

impl Finger {
    fn of(event: &PointerEvent) -> Self {
        Self { id: event.pointer_id(), x: event.offset_x().into(), y: event.offset_y().into() }
    }

    /// Never nothing: it is divided by.
    fn far_from(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y).max(1.0)
    }
}

fn touched(event: &PointerEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
