//! What is said of a PIN that was typed.

use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

use crate::vault::LockError;
use crate::words::{self, InWords};

/// A line that says how it went; empty at first. Cheap to copy.
#[derive(Clone, Copy)]
pub(in crate::screens) struct Said(RwSignal<(bool, String)>);

impl Said {
    pub(in crate::screens) fn new() -> Self {
        Self(RwSignal::new((false, String::new())))
    }

    /// Says something that is well.
    pub(in crate::screens) fn say(self, words: &str) {
        self.0.try_set((false, words.to_owned()));
    }

    /// Says what is wrong.
    pub(in crate::screens) fn complain(self, error: &impl InWords) {
        self.0.try_set((true, error.in_words()));
    }

    /// Says what is in the way, in words that are there.
    pub(in crate::screens) fn warn(self, words: &str) {
        self.0.try_set((true, words.to_owned()));
    }

    /// The line.
    pub(in crate::screens) fn shown(self) -> AnyView {
        let Self(said) = self;
        view! {
            <p class="pad__said" class:pad__said--wrong=move || said.with(|said| said.0) role="status" data-said>
                {move || said.with(|said| said.1.clone())}
            </p>
        }
        .into_any()
    }
}

/// Says how long it is still to wait until it is over.
pub(in crate::screens) async fn counted_down(said: Said, wait_ms: u64) {
    const SECOND_MS: u32 = 1_000;
    let mut left_ms = wait_ms;
    while left_ms > 0 {
        said.complain(&LockError::Wait { wait_ms: left_ms });
        TimeoutFuture::new(SECOND_MS).await;
        left_ms = left_ms.saturating_sub(u64::from(SECOND_MS));
    }
    if wait_ms > 0 {
        said.say(words::gate().pin());
    }
}
