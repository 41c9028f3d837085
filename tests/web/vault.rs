use form::Form;
use mailbag::CarriedFile;
use protocol::keys::{self, NotOpened, verify};
use protocol::{Command, Digest, Envelope, FileId, decode};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::wasm_bindgen_test as test;
use xiangshitong::vault::{self, VaultError};

use crate::mischief::{Mischief, damage};
use crate::scene::{answers, draft, empty_vault, finish, opened, sealed, township, vault_name};

#[test]
async fn a_draft_is_there_when_the_app_starts_again() {
    let name = vault_name();
    let kept = draft();
    vault::open(&name).await.unwrap().keep_draft(&kept).await.unwrap();

    let vault = vault::open(&name).await.unwrap();
    assert_eq!(vault.draft(kept.application).await, Ok(kept.clone()));
    let listed = vault.drafts().await.unwrap().records;
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0].title, listed[0].progress), (&kept.title, kept.progress));
}

#[test]
async fn the_device_is_the_same_when_the_app_starts_again() {
    for mischief in [
        None,
        Some(Mischief::refuses_key_objects as fn() -> Mischief),
        Some(Mischief::forgets_key_objects),
    ] {
        let name = vault_name();
        let mischief = mischief.map(|begin| begin());
        let first = vault::open(&name).await.unwrap();
        first.keep_draft(&draft()).await.unwrap();
        let again = vault::open(&name).await.unwrap();
        assert_eq!(again.device().key(), first.device().key());
        assert_eq!(again.drafts().await.unwrap().records.len(), 1);
        drop(mischief);
    }
}

#[test]
async fn two_tabs_that_start_at_once_are_one_device() {
    let name = vault_name();
    let (told, hears) = std::sync::mpsc::channel();
    let open = || {
        let (name, told) = (name.clone(), told.clone());
        future_to_promise(async move {
            told.send(vault::open(&name).await.unwrap().device().key()).unwrap();
            Ok(JsValue::UNDEFINED)
        })
    };
    let (one, other) = (open(), open());
    JsFuture::from(one).await.unwrap();
    JsFuture::from(other).await.unwrap();
    assert_eq!(hears.recv(), hears.recv());
}

/// dimagi/commcare-android#1807, dimagi/commcare-android#1823, dimagi/commcare-android#2289: one
/// form that could not be read made the phone useless, or was deleted.
#[test]
async fn a_draft_that_cannot_be_read_is_listed_and_kept_and_blocks_no_other() {
    let name = vault_name();
    let vault = vault::open(&name).await.unwrap();
    let broken = draft();
    vault.keep_draft(&broken).await.unwrap();
    damage(&name, "drafts").await;
    damage(&name, "draft_index").await;
    let whole = draft();
    vault.keep_draft(&whole).await.unwrap();

    let listing = vault.drafts().await.unwrap();
    assert_eq!(listing.damaged, [broken.application.to_string()]);
    assert_eq!(listing.records.len(), 1);
    assert_eq!(vault.draft(broken.application).await, Err(VaultError::Damaged));
    assert_eq!(vault.draft(whole.application).await, Ok(whole));
}

#[test]
async fn what_lists_show_of_a_draft_is_found_in_the_draft_when_it_is_damaged() {
    let name = vault_name();
    let vault = vault::open(&name).await.unwrap();
    vault.keep_draft(&draft()).await.unwrap();
    damage(&name, "draft_index").await;
    let listing = vault.drafts().await.unwrap();
    assert_eq!((listing.records.len(), listing.damaged.len()), (1, 0));
}

/// medic/cht-core#7149: the database was full, or did not answer, 21 times a month.
/// enketo/enketo-legacy#318: with the quota used up, an edit was not stored.
#[test]
async fn a_full_phone_says_so_and_keeps_what_it_had() {
    let vault = empty_vault().await;
    let before = draft();
    vault.keep_draft(&before).await.unwrap();
    let mut after = before.clone();
    after.title = "后来".into();

    let mischief = Mischief::has_no_room();
    assert_eq!(vault.keep_draft(&after).await, Err(VaultError::Full));
    drop(mischief);
    assert_eq!(vault.draft(before.application).await, Ok(before));
}

/// enketo/enketo#1576: iOS closed the database under an open page; every save after that failed.
/// dexie/Dexie.js#2008, dexie/Dexie.js#2296, dexie/Dexie.js#1139, localForage/localForage#1113,
/// binwiederhier/ntfy#787: iOS lost the connection to the database in the background.
#[test]
async fn a_lost_connection_is_made_anew() {
    let vault = empty_vault().await;
    let kept = draft();
    let mischief = Mischief::lost_the_connection();
    assert_eq!(vault.keep_draft(&kept).await, Ok(()));
    drop(mischief);
    assert_eq!(vault.draft(kept.application).await, Ok(kept));
}

/// opencrvs/opencrvs-core#12292: records were "sending" for ever, online too.
/// medic/cht-core#7149: the database was full, or did not answer, 21 times a month.
#[test]
async fn a_transaction_that_never_ends_is_given_up_and_done_again() {
    let vault = empty_vault().await;
    let kept = draft();
    let mischief = Mischief::forgets_a_transaction();
    assert_eq!(vault.keep_draft(&kept).await, Ok(()));
    drop(mischief);
    assert_eq!(vault.draft(kept.application).await, Ok(kept));
}

#[test]
async fn what_was_finished_though_the_browser_denies_it_is_finished_once() {
    let keys = township();
    let vault = empty_vault().await;
    let draft = draft();
    vault.keep_draft(&draft).await.unwrap();
    let mischief = Mischief::denies_what_it_wrote();
    let finished = vault.finish(finish(&draft, answers(&[]), &keys)).await;
    drop(mischief);
    let deliveries = vault.device().deliveries().await.unwrap().records;
    assert_eq!(deliveries.len(), 1);
    assert_eq!(finished, Ok(deliveries[0].envelope));
}

#[test]
async fn what_is_finished_opens_at_the_township_with_its_files() {
    let keys = township();
    let vault = empty_vault().await;
    let draft = draft();
    let application = draft.application;
    vault.keep_draft(&draft).await.unwrap();
    let photo = vault.keep_file(application, "image/jpeg", b"a photo").await.unwrap();
    let dropped = vault.keep_file(application, "image/jpeg", b"another").await.unwrap();
    let answers = answers(&[("where", "村口"), ("photos", &photo)]);

    let id = vault.finish(finish(&draft, answers.clone(), &keys)).await.unwrap();

    assert_eq!(vault.draft(application).await, Err(VaultError::Gone));
    assert!(vault.drafts().await.unwrap().records.is_empty());
    let cases = vault.cases().await.unwrap().records;
    let delivery = cases[0].delivery.clone().unwrap();
    assert_eq!((cases.len(), delivery.envelope), (1, id));

    let bytes = vault.device().envelope(id).await.unwrap();
    assert_eq!(Digest::of(&bytes), delivery.digest);
    let envelope: Envelope = decode(&bytes).unwrap();
    let letter = keys.open(&envelope).unwrap();
    assert_eq!(letter.author, vault.device().key());
    let Command::Submit(submission) = letter.order.command else { panic!("another command") };
    assert_eq!(submission.answers, answers);
    let [file] = submission.files.as_slice() else { panic!("one file, and not the dropped one") };
    let sealed = sealed(&vault, file).await.unwrap();
    assert_eq!(keys::open_file(&file.key, file.length, &sealed).unwrap(), b"a photo");

    assert_eq!(opened(&vault, application, &photo).await.unwrap(), b"a photo");
    assert_eq!(vault.file(application, &dropped).await.unwrap_err(), VaultError::Gone);
}

#[test]
async fn an_envelope_with_a_bit_flipped_is_refused_by_the_township() {
    let keys = township();
    let vault = empty_vault().await;
    let draft = draft();
    let id = vault.finish(finish(&draft, answers(&[]), &keys)).await.unwrap();
    let bytes = vault.device().envelope(id).await.unwrap();
    let mut envelope: Envelope = decode(&bytes).unwrap();
    let last = envelope.sealed.len() - 1;
    envelope.sealed[last] ^= 1;
    assert_eq!(keys.open(&envelope), Err(NotOpened::Altered));
}

/// getodk/collect#5317, enketo/enketo#1405: a first part was sent, then the person edited: the same
/// id with other content was refused for ever.
#[test]
async fn nothing_is_finished_twice_and_no_other_tab_brings_the_draft_back() {
    let keys = township();
    let vault = empty_vault().await;
    let draft = draft();
    vault.keep_draft(&draft).await.unwrap();
    let first = vault.finish(finish(&draft, answers(&[]), &keys)).await;
    let second = vault.finish(finish(&draft, answers(&[]), &keys)).await;
    assert!(first.is_ok());
    assert_eq!(second, Err(VaultError::Finished));
    assert_eq!(vault.keep_draft(&draft).await, Err(VaultError::Finished));
    assert_eq!(vault.device().deliveries().await.unwrap().records.len(), 1);
}

/// enketo/enketo-legacy#318: with the quota used up, an edit was not stored.
#[test]
async fn a_finish_that_fails_leaves_the_draft() {
    let keys = township();
    let vault = empty_vault().await;
    let draft = draft();
    vault.keep_draft(&draft).await.unwrap();
    let photo = vault.keep_file(draft.application, "image/jpeg", b"a photo").await.unwrap();
    let answers = answers(&[("photos", &photo)]);

    let mischief = Mischief::has_no_room();
    let full = vault.finish(finish(&draft, answers.clone(), &keys)).await;
    drop(mischief);
    assert_eq!(full, Err(VaultError::Full));
    assert_eq!(vault.draft(draft.application).await.unwrap(), draft);
    assert!(vault.finish(finish(&draft, answers, &keys)).await.is_ok());
}

#[test]
async fn who_packs_a_mailbag_cannot_put_other_bytes_in_the_place_of_what_is_here() {
    let vault = empty_vault().await;
    let draft = draft();
    vault.keep_draft(&draft).await.unwrap();
    let photo = vault.keep_file(draft.application, "image/jpeg", b"a photo").await.unwrap();
    let id: FileId = photo.split('.').next().unwrap().parse().unwrap();
    let own = vault.file(draft.application, &photo).await.unwrap();
    let own = sealed(&vault, &own).await.unwrap();

    let lie = b"something else";
    let length = lie.len() as u64;
    let carried = CarriedFile { id, length, sealed_digest: Digest::of(lie), is_inside: true };
    assert_eq!(vault.device().carry_file(&carried, lie, 0).await.err(), Some(VaultError::Damaged));
    // Nor the very bytes: they would be removed when the other envelope is delivered.
    let same = CarriedFile { length: own.len() as u64, sealed_digest: Digest::of(&own), ..carried };
    assert_eq!(vault.device().carry_file(&same, &own, 0).await.err(), Some(VaultError::Damaged));
    assert_eq!(opened(&vault, draft.application, &photo).await.unwrap(), b"a photo");
}

/// enketo/enketo#1226: a record whose form had changed could be neither opened nor deleted by
/// itself.
#[test]
async fn a_removed_draft_takes_its_files_along() {
    let vault = empty_vault().await;
    let (gone, stays) = (draft(), draft());
    let mut names = Vec::new();
    for each in [&gone, &stays] {
        vault.keep_draft(each).await.unwrap();
        names.push(
            vault.keep_file(each.application, "audio/webm;codecs=opus", b"hm").await.unwrap(),
        );
    }
    vault.remove_draft(gone.application).await.unwrap();
    assert_eq!(vault.file(gone.application, &names[0]).await.unwrap_err(), VaultError::Gone);
    let file = vault.file(stays.application, &names[1]).await.unwrap();
    assert_eq!(file.media_type, "audio/webm;codecs=opus");
    assert_eq!(opened(&vault, stays.application, &names[1]).await.unwrap(), b"hm");
}

#[test]
async fn bytes_that_are_not_the_form_of_their_digest_are_not_kept() {
    let vault = empty_vault().await;
    let digest = Digest::of(b"a form");
    assert_eq!(
        vault.device().keep_content(digest, b"a log-in page").await,
        Err(VaultError::Damaged)
    );
    assert!(matches!(vault.device().form(digest).await, Ok(None::<Form>)));
}

#[test]
async fn what_this_device_signs_is_its_own() {
    let vault = empty_vault().await;
    let request = protocol::SyncRequest {
        version: protocol::sync::VERSION,
        township: protocol::Township("529999001000".into()),
        device: vault.device().key(),
        sent_at: xiangshitong::device::clock::now(),
        cursor: None,
        envelopes: Vec::new(),
        open: Vec::new(),
    };
    let signed = vault.device().sign(&request).await.unwrap();
    assert_eq!(verify(&signed, &vault.device().key()), Ok(request));
}
