//! Begins an application.

use std::rc::Rc;

use form::Session;
use protocol::ApplicationId;
use protocol::pack::Item;

use crate::device::{clock, random};
use crate::later;
use crate::phone::Phone;
use crate::surroundings::ThisPhone;
use crate::vault::{Draft, Progress};
use crate::words::InWords as _;

/// A new draft of `item`, kept before its first page is shown; or why there is none, in words.
pub(super) async fn begin(phone: Phone, item: &Item) -> Result<ApplicationId, String> {
    let form = phone.delivery().form(item.form).await.map_err(|error| error.in_words())?;
    let form = Rc::new(form);
    // What was answered the last time is asked for in a rare part of the language.
    let session = match later::here().filter(|_| form.needs_library) {
        Some(later) => (later.start)(phone.vault(), item.id.clone(), Rc::clone(&form)).await,
        None => Session::start(Rc::clone(&form), Rc::new(ThisPhone)),
    };
    let now = clock::now();
    let application = ApplicationId::new(now.unix_ms.unsigned_abs(), random::bytes());
    let draft = Draft {
        application,
        item: item.id.clone(),
        form: item.form,
        answers: session.draft(),
        title: item.name.clone(),
        progress: Progress::default(),
        place: String::new(),
        begun_at: now,
        updated_at: now,
        declined: None,
        informed: None,
        corrects: None,
    };
    phone.vault().keep_draft(&draft).await.map_err(|error| error.in_words())?;
    phone.hand_over(draft, session);
    Ok(application)
}
