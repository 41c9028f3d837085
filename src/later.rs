//! What the first question does not need: a second WebAssembly file, loaded when something of it is
//! wanted (`docs/decisions/0007-size.md`).
//!
//! Whatever is reached only through [`Later`] is in the second file. Built without `--cfg split`,
//! as for tests, there is one file and nothing to wait for.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use form::expression::library::Library;
use form::model::Question;
use form::{Form, InstanceId, Session};
use leptos::prelude::*;
use protocol::pack::Office;
use protocol::{ApplicationId, ItemId};

use crate::aloud;
use crate::delivery::Delivery;
use crate::device::radios;
use crate::effect::loaded;
use crate::phone::Phone;
use crate::questions::{Asked, known, later_control, pick_person, rich, seen_and_heard, spoken};
use crate::screens::{
    AccountsScreen, CaseScreen, CertificatesScreen, FinishedScreen, GateScreen, MailbagScreen,
    MineScreen, OfficesScreen, OfflineScreen, RenewalScreen, ReviewScreen, SettingsScreen,
    certificates_found, draft_cards, latest_draft, list, office_way, resume, undo,
};
use crate::surroundings::{AfterAnother, ThisPhone};
use crate::vault::{Draft, Vault};

/// A draft and its answers; or why there are none, in words.
type Resumed = Result<(Draft, Session), String>;
type Work<T> = Pin<Box<dyn Future<Output = T>>>;

/// The ways into the second file.
pub(crate) struct Later {
    /// Once, when the file is there.
    begin: fn(),
    /// Delivers for as long as the page lives.
    pub(crate) deliver: fn(Delivery) -> Work<()>,
    /// What is seen and heard with a question's words.
    pub(crate) beside: fn(Asked) -> AnyView,
    /// Saying instead of writing.
    pub(crate) spoken: fn(Asked, &Question) -> AnyView,
    /// Says an answer back, where that is wanted.
    pub(crate) answered: fn(Asked),
    /// The controls that few forms begin with.
    pub(crate) control: fn(Asked, &Question) -> AnyView,
    /// Picks the person of a block of questions from the roster.
    pub(crate) pick_person: fn(Asked) -> AnyView,
    /// What the roster answered.
    pub(crate) known: fn(Asked) -> AnyView,
    /// An author's words with their styles.
    pub(crate) rich: fn(&str) -> AnyView,
    /// The rows of a repeat.
    pub(crate) rows: fn(InstanceId, RwSignal<bool>) -> AnyView,
    /// What was begun, as cards.
    pub(crate) drafts: fn() -> AnyView,
    /// The draft of an item that was changed last.
    pub(crate) latest_draft: fn(Vault, ItemId) -> Work<Option<ApplicationId>>,
    /// Starts a form that may ask what was answered in the last application for the item.
    pub(crate) start: fn(Vault, ItemId, Rc<Form>) -> Work<Session>,
    /// Takes a draft up again.
    pub(crate) resume: fn(Phone, ApplicationId) -> Work<Resumed>,
    /// Takes back what was just answered on the page.
    pub(crate) undo: fn(StoredValue<Vec<InstanceId>>) -> AnyView,
    /// Asks whether to go on with a newer form.
    pub(crate) renewal: fn() -> AnyView,
    pub(crate) review: fn() -> AnyView,
    pub(crate) finished: fn(ApplicationId) -> AnyView,
    pub(crate) mine: fn() -> AnyView,
    pub(crate) case: fn(ApplicationId) -> AnyView,
    pub(crate) offices: fn() -> AnyView,
    /// Where an office is.
    pub(crate) way: fn(Office) -> AnyView,
    pub(crate) settings: fn() -> AnyView,
    pub(crate) accounts: fn() -> AnyView,
    /// Before any account is open: choosing one, its PIN, why the device has dropped its keys; and
    /// then its screens.
    pub(crate) gate: fn(fn(Vault) -> AnyView) -> AnyView,
    pub(crate) certificates: fn() -> AnyView,
    pub(crate) offline: fn() -> AnyView,
    pub(crate) mailbag: fn() -> AnyView,
    /// What is not certified any more, of what somebody looks for.
    pub(crate) certificates_found: fn(String) -> AnyView,
    /// The parts of the expression language that few forms use.
    pub(crate) library: fn() -> Library,
}

static LATER: Later = Later {
    begin: radios::follow_keys,
    deliver: |delivery| Box::pin(delivery.run()),
    beside: seen_and_heard,
    spoken,
    answered: aloud::answered,
    control: later_control,
    pick_person,
    known,
    rich,
    rows: list,
    drafts: draft_cards,
    latest_draft: |vault, item| Box::pin(latest_draft(vault, item)),
    start: |vault, item, form| Box::pin(start(vault, item, form)),
    resume: |phone, application| Box::pin(resume(phone, application)),
    undo,
    renewal: || view! { <RenewalScreen /> }.into_any(),
    review: || view! { <ReviewScreen /> }.into_any(),
    finished: |application| view! { <FinishedScreen application /> }.into_any(),
    mine: || view! { <MineScreen /> }.into_any(),
    case: |application| view! { <CaseScreen application /> }.into_any(),
    offices: || view! { <OfficesScreen /> }.into_any(),
    way: office_way,
    settings: || view! { <SettingsScreen /> }.into_any(),
    accounts: || view! { <AccountsScreen /> }.into_any(),
    gate: |screens| view! { <GateScreen screens /> }.into_any(),
    certificates: || view! { <CertificatesScreen /> }.into_any(),
    offline: || view! { <OfflineScreen /> }.into_any(),
    mailbag: || view! { <MailbagScreen /> }.into_any(),
    certificates_found,
    library: || Library::WHOLE,
};

async fn start(vault: Vault, item: ItemId, form: Rc<Form>) -> Session {
    match vault.last_answers(&item).await {
        Some(last) => Session::start(form, Rc::new(AfterAnother { last })),
        None => Session::start(form, Rc::new(ThisPhone)),
    }
}

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

/// The second file, if it is here.
pub(crate) fn here() -> Option<&'static Later> {
    LOADED.get()
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
    boxed(Box::new(view), Box::new(meanwhile))
}

/// What an author wrote, with the styles in it (XLSForm, "Styling"); without them, as long as the
/// second file is not there.
pub(crate) fn words_of_author(words: String) -> AnyView {
    if !words.contains(['*', '_', '#', '<', '[', '\\', '\n']) {
        return words.into_any();
    }
    let plain = words.clone();
    boxed(Box::new(move |later| (later.rich)(&words)), Box::new(move |_| plain.clone().into_any()))
}

type View = Box<dyn Fn(&'static Later) -> AnyView + Send>;
type Meanwhile = Box<dyn Fn(Missing) -> AnyView + Send>;

fn boxed(view: View, meanwhile: Meanwhile) -> AnyView {
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
