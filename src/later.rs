//! What the first question does not need: a second WebAssembly file, loaded when something of it is
//! wanted (`docs/decisions/0007-size.md`).
//!
//! Whatever is reached only through [`Later`] is in the second file. Built without `--cfg split`,
//! as for tests, there is one file and nothing to wait for.

use std::cell::Cell;
use std::pin::Pin;

use form::InstanceId;
use form::expression::library::Library;
use form::model::Question;
use leptos::prelude::*;
use protocol::{ApplicationId, ItemId};

use crate::delivery::Delivery;
use crate::device::radios;
use crate::effect::loaded;
use crate::questions::{Asked, List, later_control, opened};
use crate::screens::{
    CaseScreen, FinishedScreen, MineScreen, OfficesScreen, RenewalScreen, ReviewScreen,
    SettingsScreen, draft_cards, latest_draft, list,
};
use crate::vault::Vault;

type Work<T> = Pin<Box<dyn Future<Output = T>>>;

/// The ways into the second file.
pub(crate) struct Later {
    /// Once, when the file is there.
    begin: fn(),
    /// Delivers for as long as the page lives.
    pub(crate) deliver: fn(Delivery) -> Work<()>,
    /// The controls that few forms begin with.
    pub(crate) control: fn(Asked, &Question) -> AnyView,
    /// A long list of choices that is open.
    pub(crate) list: fn(List) -> AnyView,
    /// The rows of a repeat.
    pub(crate) rows: fn(InstanceId, RwSignal<bool>) -> AnyView,
    /// What was begun, as cards.
    pub(crate) drafts: fn() -> AnyView,
    /// The draft of an item that was changed last.
    pub(crate) latest_draft: fn(Vault, ItemId) -> Work<Option<ApplicationId>>,
    /// Asks whether to go on with a newer form.
    pub(crate) renewal: fn() -> AnyView,
    pub(crate) review: fn() -> AnyView,
    pub(crate) finished: fn(ApplicationId) -> AnyView,
    pub(crate) mine: fn() -> AnyView,
    pub(crate) case: fn(ApplicationId) -> AnyView,
    pub(crate) offices: fn() -> AnyView,
    pub(crate) settings: fn() -> AnyView,
    /// The parts of the expression language that few forms use.
    pub(crate) library: fn() -> Library,
}

static LATER: Later = Later {
    begin: radios::follow_keys,
    deliver: |delivery| Box::pin(delivery.run()),
    control: later_control,
    list: opened,
    rows: list,
    drafts: draft_cards,
    latest_draft: |vault, item| Box::pin(latest_draft(vault, item)),
    renewal: || view! { <RenewalScreen /> }.into_any(),
    review: || view! { <ReviewScreen /> }.into_any(),
    finished: |application| view! { <FinishedScreen application /> }.into_any(),
    mine: || view! { <MineScreen /> }.into_any(),
    case: |application| view! { <CaseScreen application /> }.into_any(),
    offices: || view! { <OfficesScreen /> }.into_any(),
    settings: || view! { <SettingsScreen /> }.into_any(),
    library: || Library::WHOLE,
};

/// The second file could not be had. Asking again may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotLoaded;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

#[cfg(split)]
#[allow(unsafe_code, reason = "exported from the second file, and imported where it is called")]
#[wasm_split_helpers::wasm_split(later, fallible)]
fn second_file() -> Result<&'static Later, NotLoaded> {
    Ok(&LATER)
}

#[cfg(not(split))]
async fn second_file() -> Result<&'static Later, NotLoaded> {
    Ok(&LATER)
}

thread_local! {
    static LOADED: Cell<Option<&'static Later>> = const { Cell::new(None) };
}

/// Loads the second file.
///
/// # Errors
/// [`NotLoaded`] where there is no network and the browser does not keep it yet.
pub(crate) async fn load() -> Result<&'static Later, NotLoaded> {
    let later = second_file().await?;
    if LOADED.replace(Some(later)).is_none() {
        (later.begin)();
    }
    Ok(later)
}

/// What works out the rare parts of the expression language. A form that needs them is opened when
/// the second file is there.
pub(crate) fn library() -> Library {
    LOADED.get().map_or(Library::MISSING, |later| (later.library)())
}

/// Why something of the second file cannot be shown yet.
#[derive(Clone, Copy)]
pub(crate) enum Missing {
    /// It is loading.
    OnItsWay,
    /// It could not be loaded; it is asked for again when this is notified.
    Unreachable {
        /// Asks again.
        again: Trigger,
    },
}

/// Shows what is in the second file: at once if it is there; `meanwhile` shows why it is not.
pub(crate) fn show(
    view: impl Fn(&'static Later) -> AnyView + Send + 'static,
    meanwhile: fn(Missing) -> AnyView,
) -> AnyView {
    boxed(Box::new(view), meanwhile)
}

type View = Box<dyn Fn(&'static Later) -> AnyView + Send>;

fn boxed(view: View, meanwhile: fn(Missing) -> AnyView) -> AnyView {
    if let Some(later) = LOADED.get() {
        return view(later);
    }
    let again = Trigger::new();
    let later = loaded(move || {
        again.track();
        load()
    });
    let show = move || match later.get() {
        None => meanwhile(Missing::OnItsWay),
        Some(Ok(later)) => view(later),
        Some(Err(NotLoaded)) => meanwhile(Missing::Unreachable { again }),
    };
    show.into_any()
}
