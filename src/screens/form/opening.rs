//! Opens a draft.

use ::vault::Crypto as _;
use std::rc::Rc;

use form::Session;
use leptos::prelude::untrack;
use protocol::pack::Item;
use protocol::{ApplicationId, Digest, decode};

use super::notice::Untold;
use crate::filling::{Pages, Plan, language_of};
use crate::later;
use crate::phone::Phone;
use crate::surroundings::ThisPhone;
use crate::vault::Draft;
use crate::words::{self, InWords as _};

/// A draft, ready to be shown.
pub(super) struct Opening {
    pub(super) draft: Draft,
    pub(super) session: Session,
    pub(super) plan: Plan,
    /// The item's name.
    pub(super) item: String,
    /// What the person has to be told first.
    pub(super) untold: Option<Untold>,
    /// Whether the person is asked first if they want to go on with a newer form.
    pub(super) is_asked: bool,
}

/// Why there is no form to fill in.
#[derive(Clone)]
pub(super) enum NotOpened {
    /// The second file of the app could not be had.
    NotLoaded,
    /// As these words tell.
    Because(String),
}

impl From<String> for NotOpened {
    fn from(words: String) -> Self {
        Self::Because(words)
    }
}

/// Opens the draft of `application`.
pub(super) async fn open(
    phone: Phone,
    pages: Pages,
    application: ApplicationId,
) -> Result<Opening, NotOpened> {
    let (draft, mut session) = match phone.take_over(application) {
        Some(begun) => begun,
        None => {
            let later = later::load().await.map_err(|_| NotOpened::NotLoaded)?;
            (later.resume)(phone, application).await?
        }
    };
    let plan = Plan::of(session.form(), pages, Rc::new(ThisPhone));
    let language = language_of(session.form(), words::in_use().code);
    session.speak(language);
    let item = item_of(phone, &draft);
    let untold = untold(phone, item.as_ref(), &draft).await?;
    let is_asked = newer(item.as_ref(), &draft).is_some_and(|form| draft.declined != Some(form));
    let item = item.map_or_else(|| draft.title.clone(), |item| item.name);
    Ok(Opening { draft, session, plan, item, untold, is_asked })
}

/// What has to be told before the first answer, and was not.
async fn untold(
    phone: Phone,
    item: Option<&Item>,
    draft: &Draft,
) -> Result<Option<Untold>, String> {
    match item.filter(|_| draft.informed.is_none()) {
        Some(item) => notice_of(phone, item).await,
        None => Ok(None),
    }
}

/// What has to be told before the first answer of an item.
pub(super) async fn notice_of(phone: Phone, item: &Item) -> Result<Option<Untold>, String> {
    let guide = phone.delivery().guide(item.guide).await.map_err(|error| error.in_words())?;
    let Some(bytes) = guide.notice else { return Ok(None) };
    let digest = phone.device().crypto().digest(&bytes).await.map_err(|error| error.in_words())?;
    let unreadable = |_| words::error().form_too_new().to_owned();
    Ok(Some(Untold { digest, notice: decode(&bytes).map_err(unreadable)? }))
}

/// The item of a draft, if the township still has it.
pub(super) fn item_of(phone: Phone, draft: &Draft) -> Option<Item> {
    let pack = untrack(|| phone.delivery().pack())?;
    pack.items.iter().find(|item| item.id == draft.item).cloned()
}

/// The form that the township has for the item now, if it is not the draft's.
pub(super) fn newer(item: Option<&Item>, draft: &Draft) -> Option<Digest> {
    item.map(|item| item.form).filter(|form| *form != draft.form)
}

/// Takes a draft up again.
pub(crate) async fn resume(
    phone: Phone,
    application: ApplicationId,
) -> Result<(Draft, Session), String> {
    let draft = phone.vault().draft(application).await.map_err(|error| error.in_words())?;
    let form = phone.delivery().form(draft.form).await.map_err(|error| error.in_words())?;
    // A form never changes under a draft, so nothing is left over.
    let (session, _) = Session::resume(Rc::new(form), Rc::new(ThisPhone), &draft.answers);
    Ok((draft, session))
}
