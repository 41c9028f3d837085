//! Files of an application: kept in the vault as soon as they are there, named in the answers.

use async_lock::Mutex;
use form::Answers;
use leptos::prelude::*;
use protocol::{ApplicationId, ManifestEntry};

use crate::device::content::{Content, Pile};
use crate::device::object_url::ObjectUrl;
use crate::device::pictures::{ChosenFile, chosen, preview};
use crate::parts::Glyph;
use crate::vault::{Vault, VaultError};
use crate::words::InWords as _;

/// Where the files of the application on the screen are.
#[derive(Clone, Copy)]
pub(crate) struct Attachments {
    vault: StoredValue<Vault, LocalStorage>,
    application: ApplicationId,
    /// What was taken out of the answers, and can still be put back.
    removed: StoredValue<Vec<String>>,
}

impl Attachments {
    /// The files of `application`.
    pub(crate) fn of(vault: Vault, application: ApplicationId) -> Self {
        let vault = StoredValue::new_local(vault);
        Self { vault, application, removed: StoredValue::default() }
    }

    /// Those of the screen.
    pub(super) fn here() -> Self {
        expect_context()
    }

    /// Keeps a file and tells the name that stands in the answers.
    pub(super) async fn keep(
        self,
        media_type: &str,
        content: &Content,
    ) -> Result<String, VaultError> {
        let vault = self.vault.try_get_value().ok_or(VaultError::Gone)?;
        vault.keep_file(self.application, media_type, content).await
    }

    async fn look_up(self, name: &str) -> Result<ManifestEntry, VaultError> {
        let vault = self.vault.try_get_value().ok_or(VaultError::Gone)?;
        vault.file(self.application, name).await
    }

    /// A file, opened outside this app's memory. None where the browser does not take it.
    async fn open(self, file: &ManifestEntry) -> Result<Option<Content>, VaultError> {
        let vault = self.vault.try_get_value().ok_or(VaultError::Gone)?;
        let mut pile = Pile::default();
        let mut is_taken = true;
        vault.open_file(file, |piece| is_taken &= pile.put(&piece)).await?;
        Ok(pile.whole(&file.media_type).filter(|_| is_taken))
    }

    /// A file was taken out of the answers.
    pub(super) fn remove(self, name: String) {
        self.removed.update_value(|removed| removed.push(name));
    }

    /// The page is left with these answers: what they do not name is removed for good.
    pub(crate) fn forget(self, answers: impl FnOnce() -> Answers) {
        let vault = self.vault.get_value();
        let removed = self.removed.try_update_value(core::mem::take).unwrap_or_default();
        if removed.is_empty() {
            return;
        }
        let answers = answers();
        leptos::task::spawn_local(async move {
            for name in removed {
                // One that stays is in nobody's way: it goes when the application is finished.
                let _ = vault.remove_file(self.application, &name, &answers).await;
            }
        });
    }
}

/// A file, opened to be looked at or listened to; closed with the view that opened it.
#[derive(Clone, Copy)]
pub(crate) struct Opened {
    /// What can be shown.
    pub(crate) url: RwSignal<Option<String>>,
    /// SHA-256 of the content, once it was read.
    pub(crate) digest: RwSignal<Option<String>>,
    /// What it is, once it was read.
    pub(crate) about: RwSignal<Option<About>>,
    /// Why it cannot be shown.
    pub(crate) problem: RwSignal<Option<String>>,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct About {
    /// Such as `video/mp4`.
    pub(crate) media_type: String,
    /// How many there are.
    pub(crate) bytes: u64,
}

/// What of a file is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// All of it.
    Whole,
    /// A picture so small that twenty of them have room in an old phone.
    Preview,
}

/// Held by who has a picture of a row open, so that a row of twenty opens one after the other.
static GLANCE: Mutex<()> = Mutex::new(());

/// Opens a file of the screen's application.
pub(crate) fn open(name: String) -> Opened {
    show(name, Shown::Whole)
}

/// Opens a picture of the screen's application, to be looked at among others.
pub(super) fn glance(name: String) -> Opened {
    show(name, Shown::Preview)
}

fn show(name: String, shown: Shown) -> Opened {
    let attachments = Attachments::here();
    let opened = Opened {
        url: RwSignal::new(None),
        digest: RwSignal::new(None),
        about: RwSignal::new(None),
        problem: RwSignal::new(None),
    };
    let held = StoredValue::new_local(None::<ObjectUrl>);
    leptos::task::spawn_local(async move {
        if let Err(error) = read(attachments, &name, shown, opened, held).await {
            opened.problem.try_set(Some(error.in_words()));
        }
    });
    opened
}

/// Tells what a file is as soon as it was read; a small picture of it takes its time.
async fn read(
    attachments: Attachments,
    name: &str,
    shown: Shown,
    opened: Opened,
    held: StoredValue<Option<ObjectUrl>, LocalStorage>,
) -> Result<(), VaultError> {
    let _turn = match shown {
        Shown::Preview => Some(GLANCE.lock().await),
        Shown::Whole => None,
    };
    let file = attachments.look_up(name).await?;
    let content = attachments.open(&file).await?;
    let about = About { media_type: file.media_type, bytes: file.length };
    opened.about.try_set(Some(about));
    opened.digest.try_set(Some(file.digest.to_string()));
    let Some(content) = content else { return Ok(()) };
    let small = match shown {
        Shown::Preview => preview(&content).await,
        Shown::Whole => None,
    };
    let url = small.or_else(|| ObjectUrl::to(&content));
    opened.url.try_set(url.as_ref().map(|url| url.as_str().to_owned()));
    held.try_update_value(|held| *held = url);
    Ok(())
}

/// A kept picture, to look at.
#[component]
pub(crate) fn Picture(name: String) -> impl IntoView {
    let opened = glance(name);
    view! {
        <span class="record__picture" data-file=move || opened.digest.get()>
            {move || opened.url.get().map(|url| view! { <img src=url alt="" decoding="async" /> })}
            {move || opened.problem.get()}
        </span>
    }
}

/// The names in a file question's answer.
pub(super) fn names(value: &str) -> Vec<String> {
    value.split_ascii_whitespace().map(str::to_owned).collect()
}

/// `value` with one more name.
pub(super) fn with(value: &str, name: &str) -> String {
    if value.is_empty() { name.to_owned() } else { format!("{value} {name}") }
}

/// `value` without a name.
pub(super) fn without(value: &str, name: &str) -> String {
    let others: Vec<&str> = value.split_ascii_whitespace().filter(|own| *own != name).collect();
    others.join(" ")
}

/// A button that takes or chooses files. The field itself lies over its whole face.
#[component]
pub(crate) fn TakeFiles(
    words: &'static str,
    icon: Glyph,
    accept: &'static str,
    /// Opens the camera.
    #[prop(optional)]
    camera: bool,
    /// Several at once.
    #[prop(optional)]
    several: bool,
    /// The id of the field.
    #[prop(optional, into)]
    id: Option<String>,
    take: Callback<Vec<ChosenFile>>,
) -> impl IntoView {
    view! {
        <span class="button button--tool take" class:take--camera=camera>
            {icon.drawn()}
            {words}
            <input type="file" id=id accept=accept multiple=several capture=camera.then_some("environment")
                aria-label=words on:change=move |event| take.run(chosen(&event)) />
        </span>
    }
}
