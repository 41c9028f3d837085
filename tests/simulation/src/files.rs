//! Files of any length: what a vault keeps in pieces is what `docs/wire.md` says of the whole.

use core::ops::Range;

use mailbag::CarriedFile;
use proptest::prelude::*;
use protocol::file::{PIECE, sealed_length};
use protocol::keys::{open_file, seal_file};
use protocol::{ApplicationId, Digest, FileId, ManifestEntry};
use vault::{Device, Phone as _, Place, Store as _, Vault, VaultError};

use crate::chance::Chance;
use crate::ending::drive;
use crate::phone::SimulatedPhone;
use crate::time::Time;
use crate::wire::Secrets;

fn open(seed: u64) -> Vault<SimulatedPhone> {
    let phone = SimulatedPhone::new(Chance::new(seed), Time::default(), Secrets);
    let device = drive(Device::of(phone)).unwrap();
    drive(device.open_the_only()).unwrap().unwrap()
}

fn kept(vault: &Vault<SimulatedPhone>, plain: &[u8]) -> ManifestEntry {
    let application = ApplicationId::from_bytes([1; 16]);
    let name = drive(vault.keep_file(application, "video/mp4", plain)).unwrap();
    drive(vault.file(application, &name)).unwrap()
}

fn plain(length: u64, seed: u64) -> Vec<u8> {
    Chance::new(seed).many(length as usize)
}

/// How long a file is: any length, and those at which pieces begin and end.
fn length() -> impl Strategy<Value = u64> {
    prop_oneof![
        0..4 * PIECE,
        (0..4_u64, 0..3_u64)
            .prop_map(|(pieces, more)| { (pieces * PIECE + more).saturating_sub(1) })
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_kept_in_pieces_is_the_file_that_the_township_opens(length in length(), seed: u64) {
        let vault = open(seed);
        let plain = plain(length, seed);
        let file = kept(&vault, &plain);
        let sealed = drive(vault.device().sealed_bytes(&file, 0..sealed_length(length))).unwrap();
        prop_assert!(sealed == seal_file(&file.key, &plain));
        prop_assert!(open_file(&file.key, length, &sealed).as_ref() == Ok(&plain));
        prop_assert_eq!((file.length, file.digest), (length, Digest::of(&plain)));
        prop_assert_eq!(file.sealed_digest, Digest::of(&sealed));
        let mut opened = Vec::new();
        drive(vault.open_file(&file, |piece| opened.extend(piece))).unwrap();
        prop_assert!(opened == plain);
    }

    /// tus/tus-js-client#142, tus/tus-js-client#730: the phone recompressed the video at each pick,
    /// or was ended: the upload was not found again.
    #[test]
    fn any_bytes_of_it_can_be_sent(length in length(), seed: u64, at: [f64; 2]) {
        let vault = open(seed);
        let plain = plain(length, seed);
        let file = kept(&vault, &plain);
        let all = sealed_length(length);
        let place = |part: f64| (part.abs().fract() * all as f64) as u64;
        let range = place(at[0]).min(place(at[1]))..place(at[0]).max(place(at[1]));
        let sealed = seal_file(&file.key, &plain);
        let bytes = drive(vault.device().sealed_bytes(&file, range.clone())).unwrap();
        prop_assert!(bytes == sealed[range.start as usize..range.end as usize]);
        let beyond = drive(vault.device().sealed_bytes(&file, range.start..all + 1));
        prop_assert!(beyond.is_err());
    }
}

fn files(vault: &Vault<SimulatedPhone>) -> Vec<String> {
    drive(vault.phone().store().keys(Place::Files, "")).unwrap()
}

/// A sealed file of somebody else's, as a mailbag has it behind some other bytes.
fn somebody_elses(length: u64) -> (CarriedFile, Vec<u8>, Range<u64>) {
    let sealed = plain(length, 3);
    let file = CarriedFile {
        id: FileId::from_bytes([9; 16]),
        length,
        sealed_digest: Digest::of(&sealed),
        is_inside: true,
    };
    let bag = [b"a list".as_slice(), &sealed].concat();
    (file, bag, 6..6 + length)
}

#[test]
fn of_a_file_that_is_carried_nothing_stays_unless_a_parcel_names_it() {
    let vault = open(5);
    let (file, bag, place) = somebody_elses(3 * PIECE);
    let carried = drive(vault.device().carry_file(&file, &bag, place.start)).unwrap();
    assert_eq!(files(&vault).len(), 4, "three pieces and a mark");
    let again = drive(vault.device().carry_file(&file, &bag, place.start));
    assert_eq!(again.err(), Some(VaultError::Damaged), "it is here already");
    drive(vault.device().clear_unfinished()).unwrap();
    assert_eq!(files(&vault).len(), 4, "somebody is at it");
    // The app ends.
    drop(carried);
    let again = drive(vault.device().carry_file(&file, &bag, place.start));
    assert!(again.is_ok(), "it is begun again");
    drop(again);
    drive(vault.device().clear_unfinished()).unwrap();
    assert_eq!(files(&vault), Vec::<String>::new());
}

#[test]
fn a_carried_file_that_is_another_or_cut_short_is_not_kept() {
    let vault = open(6);
    let (file, mut bag, place) = somebody_elses(3 * PIECE);
    let short = bag[..bag.len() - 1].to_vec();
    bag[70_000] ^= 1;
    for bag in [short, bag] {
        let carried = drive(vault.device().carry_file(&file, &bag, place.start));
        assert_eq!(carried.err(), Some(VaultError::Damaged));
        assert_eq!(files(&vault), Vec::<String>::new());
    }
}
