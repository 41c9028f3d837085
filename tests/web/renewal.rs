use protocol::Digest;
use wasm_bindgen_test::wasm_bindgen_test as test;
use xiangshitong::vault::{self, Draft, VaultError};

use crate::mischief::{Mischief, damage};
use crate::scene::{answers, draft, empty_vault, finish, opened, township, vault_name};

/// The same draft on this year's form.
fn renewed(before: &Draft) -> Draft {
    Draft {
        form: Digest::of(b"a newer form"),
        answers: answers(&[("where", "村口路灯"), ("since", "昨天")]),
        title: "报修·村口路灯".into(),
        ..before.clone()
    }
}

#[test]
async fn a_draft_goes_on_with_a_newer_form_and_can_be_taken_back() {
    let name = vault_name();
    let before = draft();
    let after = renewed(&before);
    let vault = vault::open(&name).await.unwrap();
    vault.keep_draft(&before).await.unwrap();
    assert_eq!(vault.draft_before(before.application).await, Ok(None));
    vault.renew_draft(&before, &after).await.unwrap();

    let vault = vault::open(&name).await.unwrap();
    assert_eq!(vault.draft(before.application).await, Ok(after.clone()));
    assert_eq!(vault.draft_before(before.application).await, Ok(Some(before.clone())));
    let listed = vault.drafts().await.unwrap();
    assert_eq!((listed.records.len(), listed.damaged.len()), (1, 0), "it is one draft");
    assert_eq!(listed.records[0].title, after.title);

    vault.take_draft_back(before.application).await.unwrap();
    let back = Draft { declined: Some(after.form), ..before.clone() };
    assert_eq!(vault.draft(before.application).await, Ok(back), "and is not asked again");
    assert_eq!(vault.draft_before(before.application).await, Ok(None));
    assert_eq!(vault.drafts().await.unwrap().records[0].title, before.title);
    assert_eq!(vault.take_draft_back(before.application).await, Err(VaultError::Gone));
}

#[test]
async fn once_the_person_has_understood_only_the_newer_one_is_kept() {
    let vault = empty_vault().await;
    let before = draft();
    let after = renewed(&before);
    vault.keep_draft(&before).await.unwrap();
    vault.renew_draft(&before, &after).await.unwrap();
    vault.accept_renewal(before.application).await.unwrap();
    assert_eq!(vault.draft_before(before.application).await, Ok(None));
    assert_eq!(vault.draft(before.application).await, Ok(after));
}

#[test]
async fn a_phone_that_fails_in_between_has_the_one_draft_whole_or_the_other() {
    let vault = empty_vault().await;
    let before = draft();
    let application = before.application;
    let after = renewed(&before);
    vault.keep_draft(&before).await.unwrap();
    for records in 0..3 {
        let mischief = Mischief::has_room_for(records);
        assert_eq!(vault.renew_draft(&before, &after).await, Err(VaultError::Full));
        drop(mischief);
        assert_eq!(vault.draft(application).await, Ok(before.clone()));
        assert_eq!(vault.draft_before(application).await, Ok(None));
        assert_eq!(vault.drafts().await.unwrap().records[0].title, before.title);
    }
    vault.renew_draft(&before, &after).await.unwrap();
    for records in 0..2 {
        let mischief = Mischief::has_room_for(records);
        assert_eq!(vault.take_draft_back(application).await, Err(VaultError::Full));
        drop(mischief);
        assert_eq!(vault.draft(application).await, Ok(after.clone()));
        assert_eq!(vault.draft_before(application).await, Ok(Some(before.clone())));
        assert_eq!(vault.drafts().await.unwrap().records[0].title, after.title);
    }
}

#[test]
async fn a_picture_of_the_older_draft_stays_as_long_as_one_can_go_back() {
    let vault = empty_vault().await;
    let mut before = draft();
    let application = before.application;
    let photo = vault.keep_file(application, "image/jpeg", b"a photo").await.unwrap();
    before.answers = answers(&[("photos", &photo)]);
    vault.keep_draft(&before).await.unwrap();
    vault.renew_draft(&before, &renewed(&before)).await.unwrap();

    vault.remove_file(application, &photo, &answers(&[])).await.unwrap();
    assert_eq!(opened(&vault, application, &photo).await.unwrap(), b"a photo");
    vault.accept_renewal(application).await.unwrap();
    // Taken out of the answers, and put back.
    vault.remove_file(application, &photo, &before.answers).await.unwrap();
    assert_eq!(opened(&vault, application, &photo).await.unwrap(), b"a photo");
    vault.remove_file(application, &photo, &answers(&[])).await.unwrap();
    assert_eq!(vault.file(application, &photo).await.unwrap_err(), VaultError::Gone);
}

#[test]
async fn what_a_draft_was_before_goes_with_it() {
    let keys = township();
    let vault = empty_vault().await;
    let (finished, removed) = (draft(), draft());
    for before in [&finished, &removed] {
        vault.keep_draft(before).await.unwrap();
        vault.renew_draft(before, &renewed(before)).await.unwrap();
    }
    let after = renewed(&finished);
    vault.finish(finish(&after, after.answers.clone(), &keys)).await.unwrap();
    vault.remove_draft(removed.application).await.unwrap();
    for before in [&finished, &removed] {
        assert_eq!(vault.draft_before(before.application).await, Ok(None));
    }
    let again = vault.renew_draft(&finished, &after).await;
    assert_eq!(again, Err(VaultError::Finished), "in another window, of an older day");
}

#[test]
async fn a_renewed_draft_is_whole_where_what_it_was_before_cannot_be_read() {
    let name = vault_name();
    let vault = vault::open(&name).await.unwrap();
    let before = draft();
    vault.keep_draft(&before).await.unwrap();
    vault.renew_draft(&before, &renewed(&before)).await.unwrap();
    damage(&name, "drafts").await;
    assert_eq!(vault.draft_before(before.application).await, Err(VaultError::Damaged));
    vault.keep_draft(&renewed(&before)).await.unwrap();
    assert_eq!(vault.draft(before.application).await, Ok(renewed(&before)));
    assert_eq!(vault.take_draft_back(before.application).await, Err(VaultError::Damaged));
}
