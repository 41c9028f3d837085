//! Effects with one copy of their code: Leptos' own is compiled anew for every closure.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

/// Runs `act` now, and whenever something that it follows has changed.
pub(crate) fn effect(act: impl FnMut() + 'static) {
    boxed(Box::new(act));
}

fn boxed(act: Box<dyn FnMut()>) {
    Effect::new(act);
}

/// What `load` gives, once it has; again, whenever something changes that `load` follows before it
/// waits for anything.
pub(crate) fn loaded<T: 'static, F: Future<Output = T> + 'static>(
    load: impl Fn() -> F + 'static,
) -> RwSignal<Option<T>, LocalStorage> {
    let loaded = RwSignal::new_local(None);
    effect(move || {
        let loading = load();
        let loading: Pin<Box<dyn Future<Output = ()>>> = Box::pin(async move {
            let value = loading.await;
            loaded.try_set(Some(value));
        });
        spawn_local(loading);
    });
    loaded
}
