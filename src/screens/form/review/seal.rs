//! Seals what was filled in.

use leptos::prelude::{GetUntracked, WithValue, untrack};

use super::Filling;
use crate::phone::Phone;
use crate::surroundings::device_time;
use crate::vault::{Finish, VaultError};
use crate::words::{self, InWords as _};

/// Seals the form and puts it in the outbox; or tells, in words, why it is not.
pub(super) async fn seal(phone: Phone, filling: Filling) -> Result<(), String> {
    let Some(pack) = untrack(|| phone.delivery().pack()) else {
        return Err(words::home().first_load_offline().to_owned());
    };
    // What is sealed was worked out at one moment, which the envelope names.
    filling.form.finish();
    let (answers, finished_at, is_good) = filling.form.look(|session, _| {
        (session.answers(), device_time(session.moment()), session.problems().is_empty())
    });
    if !is_good {
        return Err(words::review().missing(1));
    }
    let draft = filling.keeper.with_value(|keeper| keeper.draft());
    let finish = Finish {
        township: pack.township.clone(),
        sealing_key: pack.sealing_key,
        application: draft.application,
        item: draft.item,
        form: draft.form,
        answers,
        title: draft.title,
        begun_at: draft.begun_at,
        finished_at,
        informed: draft.informed,
        corrects: draft.corrects.map(|begun| filling.seen.get_untracked().unwrap_or(begun)),
    };
    match phone.vault().finish(finish).await {
        // Another window was faster: it is sealed all the same.
        Ok(_) | Err(VaultError::Finished) => {
            phone.delivery().deliver();
            Ok(())
        }
        Err(error) => Err(error.in_words()),
    }
}
