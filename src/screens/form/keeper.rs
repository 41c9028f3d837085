//! Writes the draft down after every change.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use form::{Answers, Session};
use leptos::prelude::{ArcRwSignal, Get, Set};
use leptos::task::spawn_local;
use protocol::{Digest, Informed};

use crate::device::clock;
use crate::filling::{Address, Keeping, Plan, application_name};
use crate::vault::{Draft, Progress, Vault, VaultError};

/// What stands in a title between the item and whose application it is.
pub(crate) const BETWEEN: &str = " · ";

/// What changes of a draft.
pub(super) struct Snapshot {
    answers: Answers,
    title: String,
    progress: Progress,
    place: Option<String>,
}

impl Snapshot {
    /// The draft of `item` as it is now, with the person at `address`.
    pub(super) fn of(
        session: &Session,
        plan: &Plan,
        item: &str,
        address: Option<&Address>,
    ) -> Self {
        let title = match application_name(session, plan) {
            Some(name) => format!("{item}{BETWEEN}{name}"),
            None => item.to_owned(),
        };
        let step = address.and_then(|address| plan.resolve(session, address));
        let percent = step.map_or(100, |step| plan.percent(session, step));
        Self {
            answers: session.draft(),
            title,
            progress: Progress { done: u32::from(percent), of: 100 },
            place: address.map(Address::to_string),
        }
    }

    /// The draft with what changed.
    pub(super) fn write_into(self, draft: &mut Draft) {
        draft.answers = self.answers;
        draft.title = self.title;
        draft.progress = self.progress;
        if let Some(place) = self.place {
            draft.place = place;
        }
        draft.updated_at = clock::now();
    }
}

/// Whether everything is durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is.
    Yes,
    /// The newest is still being written.
    NotYet,
    /// It could not be written.
    No(VaultError),
}

/// Keeps one draft. Goes on writing when the screen is gone.
#[derive(Clone)]
pub(super) struct Keeper(Rc<Inner>);

struct Inner {
    vault: Vault,
    draft: RefCell<Draft>,
    keeping: RefCell<Keeping<Draft>>,
    kept: ArcRwSignal<Kept>,
    /// Whether something newer will be put.
    is_expected: Cell<bool>,
}

impl Keeper {
    /// For `draft`, which is in the vault as it is.
    pub(super) fn new(vault: Vault, draft: Draft) -> Self {
        Self(Rc::new(Inner {
            vault,
            draft: RefCell::new(draft),
            keeping: RefCell::default(),
            kept: ArcRwSignal::new(Kept::Yes),
            is_expected: Cell::new(false),
        }))
    }

    /// Whether everything is durable. Follows.
    pub(super) fn kept(&self) -> Kept {
        self.0.kept.get()
    }

    /// The draft as it was put last.
    pub(super) fn draft(&self) -> Draft {
        self.0.draft.borrow().clone()
    }

    /// Something has changed, and will be put.
    pub(super) fn expect(&self) {
        self.0.is_expected.set(true);
        self.0.kept.set(Kept::NotYet);
    }

    /// Keeps what is new.
    pub(super) fn put(&self, newest: Snapshot) {
        self.0.is_expected.set(false);
        self.change(|draft| newest.write_into(draft));
    }

    /// Keeps that the person does not want to go on with this newer form.
    pub(super) fn decline(&self, form: Digest) {
        self.change(|draft| draft.declined = Some(form));
    }

    /// Keeps what the person was told.
    pub(super) fn inform(&self, informed: Informed) {
        self.change(|draft| draft.informed = Some(informed));
    }

    fn change(&self, change: impl FnOnce(&mut Draft)) {
        let mut draft = self.0.draft.borrow_mut();
        change(&mut draft);
        self.0.kept.set(Kept::NotYet);
        if self.0.keeping.borrow_mut().put(draft.clone()) {
            self.write();
        }
    }

    /// Tries again what could not be written.
    pub(super) fn try_again(&self) {
        if self.0.keeping.borrow_mut().retry() {
            self.0.kept.set(Kept::NotYet);
            self.write();
        }
    }

    fn write(&self) {
        let keeper = self.clone();
        spawn_local(async move {
            let kept = match keeper.write_all().await {
                Kept::Yes if keeper.0.is_expected.get() => Kept::NotYet,
                kept => kept,
            };
            keeper.0.kept.set(kept);
        });
    }

    async fn write_all(&self) -> Kept {
        loop {
            let next = self.0.keeping.borrow_mut().take();
            let Some(draft) = next else { return Kept::Yes };
            if let Err(error) = self.0.vault.keep_draft(&draft).await {
                self.0.keeping.borrow_mut().fail(draft);
                return Kept::No(error);
            }
        }
    }
}
