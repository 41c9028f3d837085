//! True time, and waiting for the scheduler.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

/// True time in milliseconds. What clocks show is this, and what they were set wrong by. Clones are
/// the same time.
#[derive(Clone, Default)]
pub(crate) struct Time(Rc<Inner>);

#[derive(Default)]
struct Inner {
    now_ms: Cell<u64>,
    /// The first moment that somebody waits for.
    wanted_ms: Cell<Option<u64>>,
}

thread_local! {
    /// Whether somebody waits only for their turn.
    static IS_BUSY: Cell<bool> = const { Cell::new(false) };
}

impl Time {
    pub(crate) fn now_ms(&self) -> u64 {
        self.0.now_ms.get()
    }

    /// Whether it is that late; somebody waits for it otherwise.
    pub(crate) fn is(&self, ms: u64) -> bool {
        let is = self.now_ms() >= ms;
        if !is {
            let wanted = self.0.wanted_ms.get();
            self.0.wanted_ms.set(Some(wanted.map_or(ms, |wanted| wanted.min(ms))));
        }
        is
    }

    /// Waits until `ms`.
    pub(crate) async fn until(&self, ms: u64) {
        poll_fn(|_| if self.is(ms) { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    /// Waits until `ms`, or until `is_so`.
    pub(crate) async fn unless(&self, ms: u64, is_so: impl Fn() -> bool) {
        poll_fn(|_| if is_so() || self.is(ms) { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    /// Waits for `ms`.
    pub(crate) async fn rest(&self, ms: u64) {
        self.until(self.now_ms() + ms).await;
    }

    /// Time passes: a little where somebody is at work, else until something happens.
    pub(crate) fn pass(&self) {
        let wanted = self.0.wanted_ms.take();
        let soon = self.now_ms() + 1;
        let then = if IS_BUSY.take() { soon } else { wanted.unwrap_or(soon) };
        self.0.now_ms.set(then.max(soon));
    }
}

/// Lets the scheduler do something else: here a phone may die.
pub(crate) async fn turn() {
    let mut is_first = true;
    poll_fn(|_| {
        IS_BUSY.set(true);
        if std::mem::take(&mut is_first) { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}
