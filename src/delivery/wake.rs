//! Resting until something happens.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo::timers::callback::Timeout;

/// The longest that a timer can run, in milliseconds; longer ones would end at once.
const LONGEST_MS: u64 = i32::MAX as u64;

/// Wakes one who rests.
#[derive(Clone, Default)]
pub(super) struct Wake(Rc<Inner>);

#[derive(Default)]
struct Inner {
    is_woken: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Wake {
    /// Ends the rest, or the next one if nobody rests now.
    pub(super) fn wake(&self) {
        self.0.is_woken.set(true);
        if let Some(waker) = self.0.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    /// Rests until it is woken, or for `ms` at most.
    pub(super) async fn rest(&self, ms: Option<u64>) {
        let _timeout = ms.map(|ms| {
            let wake = self.clone();
            let ms = ms.min(LONGEST_MS) as u32;
            Timeout::new(ms, move || wake.wake())
        });
        poll_fn(|context| {
            if self.0.is_woken.take() {
                return Poll::Ready(());
            }
            *self.0.waker.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
