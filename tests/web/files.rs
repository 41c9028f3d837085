//! Files that are longer than a piece, on a phone that dies, fills up, or has them from before.

use core::cell::Cell;
use core::fmt::Debug;
use core::future::{Future, poll_fn};
use core::ops::Range;
use core::pin::{Pin, pin};
use core::task::Poll;

use ::vault::Source;
use gloo::timers::future::TimeoutFuture;
use protocol::Digest;
use protocol::keys::{open_file, seal_file};
use wasm_bindgen_test::wasm_bindgen_test as test;
use xiangshitong::delivery::Delivery;
use xiangshitong::vault::{self, Vault, VaultError};

use crate::mischief::{Mischief, damage, records, replace};
use crate::scene::{answers, draft, finish, is_delivered, opened, sealed, until, vault_name};
use crate::township::FakeTownship;

/// What the app reads of a file at once.
const PIECE: u64 = 512 * 1024;

/// A film that is made as it is read.
struct Film {
    length: u64,
    /// The most bytes that were read at once.
    most: Cell<u64>,
    /// From where on it cannot be read.
    ends_at: u64,
    /// From where on nothing comes for now.
    stands_at: Cell<u64>,
}

impl Film {
    fn of(length: u64) -> Self {
        let (most, stands_at) = (Cell::new(0), Cell::new(u64::MAX));
        Self { length, most, ends_at: u64::MAX, stands_at }
    }

    fn bytes(place: Range<u64>) -> Vec<u8> {
        place.map(|at| (at * 31 % 251) as u8).collect()
    }

    fn all(&self) -> Vec<u8> {
        Self::bytes(0..self.length)
    }
}

impl Source for Film {
    fn length(&self) -> u64 {
        self.length
    }

    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>> {
        self.most.set(self.most.get().max(place.end - place.start));
        while place.end > self.stands_at.get() {
            TimeoutFuture::new(1).await;
        }
        (place.end <= self.ends_at).then(|| Self::bytes(place))
    }
}

async fn keep(vault: &Vault, film: &Film) -> Result<String, VaultError> {
    let draft = draft();
    vault.keep_draft(&draft).await.unwrap();
    vault.keep_file(draft.application, "video/mp4", film).await
}

/// kobotoolbox/enketo-express#398: iOS crashed, or could not save, with three to seven photos in a
/// record.
/// apache/pouchdb#3642, apache/pouchdb#7808: 40 MB of documents took 1.5 GB of memory, a picture of
/// 10 MB 40 seconds.
#[test]
async fn a_film_is_kept_and_shown_in_pieces_and_is_sealed_as_the_township_opens_it() {
    for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 70_000] {
        let (name, film, draft) = (vault_name(), Film::of(length), draft());
        let vault = vault::open(&name).await.unwrap();
        let kept = vault.keep_file(draft.application, "video/mp4", &film).await.unwrap();
        let file = vault.file(draft.application, &kept).await.unwrap();
        assert!(film.most.get() <= PIECE);
        let pieces = records(&name, "files").await;
        assert_eq!(pieces.len() as u64, length.div_ceil(PIECE).max(1));
        assert!(pieces.iter().all(|(_, piece)| piece.len() as u64 <= PIECE + 8 * 16 + 32));

        let wire = sealed(&vault, &file).await.unwrap();
        assert_eq!(wire, seal_file(&file.key, &film.all()));
        assert_eq!((file.sealed_digest, file.digest), (Digest::of(&wire), Digest::of(&film.all())));
        assert_eq!(opened(&vault, draft.application, &kept).await.unwrap(), film.all());
        if length > PIECE {
            let across = PIECE - 9..wire.len() as u64 - 1;
            let bytes = vault.device().sealed_bytes(&file, across.clone()).await.unwrap();
            assert_eq!(bytes, wire[across.start as usize..across.end as usize]);
        }
    }
}

#[test]
async fn of_a_film_that_cannot_be_kept_whole_nothing_is_kept() {
    let name = vault_name();
    let vault = vault::open(&name).await.unwrap();
    let moved = Film { ends_at: 2 * PIECE, ..Film::of(3 * PIECE) };
    assert_eq!(keep(&vault, &moved).await, Err(VaultError::Unreadable));
    assert_eq!(records(&name, "files").await, []);

    let draft = draft();
    vault.keep_draft(&draft).await.unwrap();
    // A piece and its mark, and one more piece.
    let mischief = Mischief::has_room_for(3);
    let film = Film::of(3 * PIECE);
    let full = vault.keep_file(draft.application, "video/mp4", &film).await;
    drop(mischief);
    assert_eq!(full, Err(VaultError::Full));
    assert_eq!(records(&name, "files").await, []);
    assert!(vault.keep_file(draft.application, "video/mp4", &film).await.is_ok());
}

#[test]
async fn what_is_left_of_a_film_is_cleared_away_and_never_of_one_that_another_tab_takes() {
    let name = vault_name();
    let vault = vault::open(&name).await.unwrap();
    let (film, draft) = (Film::of(3 * PIECE), draft());
    film.stands_at.set(PIECE);
    {
        let mut taking = pin!(vault.keep_file(draft.application, "video/mp4", &film));
        meanwhile(taking.as_mut(), until(async || records(&name, "files").await.len() == 2)).await;
        let another_tab = vault::open(&name).await.unwrap();
        another_tab.device().clear_unfinished().await.unwrap();
        assert_eq!(records(&name, "files").await.len(), 2, "a piece and its mark");
        // The tab is closed.
    }
    until(async || {
        vault.device().clear_unfinished().await.unwrap();
        records(&name, "files").await.is_empty()
    })
    .await;

    // What is finished is nobody's to clear away.
    film.stands_at.set(u64::MAX);
    let kept = vault.keep_file(draft.application, "video/mp4", &film).await.unwrap();
    vault.device().clear_unfinished().await.unwrap();
    assert_eq!(opened(&vault, draft.application, &kept).await.unwrap(), film.all());
}

#[test]
async fn a_film_of_which_a_piece_was_cleared_away_is_not_kept() {
    // Before the last piece, and before one in the middle.
    for pieces in [3, 4] {
        let name = vault_name();
        let vault = vault::open(&name).await.unwrap();
        let (film, draft) = (Film::of(pieces * PIECE), draft());
        film.stands_at.set(2 * PIECE);
        let mut taking = pin!(vault.keep_file(draft.application, "video/mp4", &film));
        let two_pieces = until(async || records(&name, "files").await.len() == 3);
        meanwhile(taking.as_mut(), two_pieces).await;
        // By a tab that cannot know: a browser without locks, or somebody's tool.
        replace(&name, "files", &[]).await;
        film.stands_at.set(u64::MAX);
        assert_eq!(taking.await, Err(VaultError::Gone));
        assert_eq!(records(&name, "files").await, []);
        assert_eq!(records(&name, "captures").await, []);
    }
}

/// Puts what is kept of files as the app kept it before there were pieces.
async fn as_before(name: &str, vault: &Vault, file: &protocol::ManifestEntry) {
    let whole = sealed(vault, file).await.unwrap();
    replace(name, "files", &[(file.id.to_string(), whole)]).await;
}

#[test]
async fn a_file_that_was_kept_before_there_were_pieces_is_shown_delivered_and_removed() {
    let township = FakeTownship::open();
    let name = vault_name();
    let vault = vault::open(&name).await.unwrap();
    vault.device().keep_pack(&township.signed_pack()).await.unwrap();
    let (film, draft) = (Film::of(2 * PIECE + 5), draft());
    vault.keep_draft(&draft).await.unwrap();
    let kept = vault.keep_file(draft.application, "video/mp4", &film).await.unwrap();
    let file = vault.file(draft.application, &kept).await.unwrap();
    as_before(&name, &vault, &file).await;
    assert_eq!(opened(&vault, draft.application, &kept).await.unwrap(), film.all());

    let finish = finish(&draft, answers(&[("photos", &kept)]), &township.keys());
    vault.finish(finish).await.unwrap();
    let delivery = Delivery::start(vault.device().clone());
    delivery.deliver();
    arrives(&film, &vault, &delivery, &township).await;
    assert_eq!(records(&name, "files").await, []);
}

#[test]
async fn a_film_is_delivered_over_answers_that_are_lost_and_takes_no_room_then() {
    let township = FakeTownship::open();
    let name = vault_name();
    let vault = vault::open(&name).await.unwrap();
    vault.device().keep_pack(&township.signed_pack()).await.unwrap();
    let (film, draft) = (Film::of(3 * PIECE + 77), draft());
    vault.keep_draft(&draft).await.unwrap();
    let kept = vault.keep_file(draft.application, "video/mp4", &film).await.unwrap();
    let finish = finish(&draft, answers(&[("photos", &kept)]), &township.keys());
    vault.finish(finish).await.unwrap();
    township.drop_answers(3);
    let delivery = Delivery::start(vault.device().clone());
    arrives(&film, &vault, &delivery, &township).await;
    assert_eq!(records(&name, "files").await, []);
}

#[test]
async fn a_film_with_a_damaged_piece_is_told_and_a_removed_one_leaves_nothing() {
    let name = vault_name();
    let vault = vault::open(&name).await.unwrap();
    let (film, draft) = (Film::of(2 * PIECE), draft());
    let kept = vault.keep_file(draft.application, "video/mp4", &film).await.unwrap();
    damage(&name, "files").await;
    assert_eq!(opened(&vault, draft.application, &kept).await, Err(VaultError::Damaged));
    vault.remove_file(draft.application, &kept, &answers(&[])).await.unwrap();
    assert_eq!(records(&name, "files").await, []);
}

/// Does `other` while `work`, which does not end, goes on.
async fn meanwhile<T: Debug>(mut work: Pin<&mut impl Future<Output = T>>, other: impl Future) {
    let mut other = pin!(other);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Pending => other.as_mut().poll(context).map(|_| ()),
        Poll::Ready(done) => panic!("it ended: {done:?}"),
    })
    .await;
}

/// Waits until the township has the film, and looks whether it is that one.
async fn arrives(film: &Film, vault: &Vault, delivery: &Delivery, township: &FakeTownship) {
    until(async || {
        delivery.try_now();
        is_delivered(vault).await
    })
    .await;
    let [(entry, arrived)] = township.files().try_into().unwrap();
    assert_eq!(open_file(&entry.key, entry.length, &arrived).unwrap(), film.all());
}
