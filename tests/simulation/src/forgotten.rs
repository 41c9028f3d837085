//! A PIN that was forgotten, or is not wanted each time.

use protocol::keys::{Keyring, Suite1, verify};
use protocol::{RecoveryRequest, Signed};
use vault::{
    AccountId, Authenticator, Device, LockError, Phone as _, Pin, Place, Store as _, VaultError,
    Write,
};

use crate::chance::Chance;
use crate::ending::drive;
use crate::phone::{BEGINNING_MS, SimulatedPhone};
use crate::scene::{certified, device, draft, keep_pack, open, phone, titles, town};
use crate::time::Time;
use crate::wire::Secrets;

const ID: AccountId = AccountId::FIRST;

fn pin() -> Pin {
    Pin::choose("284619").unwrap()
}

fn another() -> Pin {
    Pin::choose("730958").unwrap()
}

/// The phone of a clerk who has written something, before it has a PIN.
fn clerks_phone(town: &Keyring<Suite1>) -> (SimulatedPhone, Device<SimulatedPhone>) {
    let phone = phone();
    draft(&open(&phone), "低保");
    let device = device(&phone);
    keep_pack(&device, town);
    drive(device.write_down(&[certified(&device, town, BEGINNING_MS)])).unwrap();
    (phone, device)
}

/// What the township reads in a request.
fn secret(town: &Keyring<Suite1>, signed: &Signed<RecoveryRequest>) -> Option<[u8; 32]> {
    let request = verify(signed, &signed.claim().unwrap().device).unwrap();
    town.open_entrusted(&request.entrusted, &request.township, &request.device)
}

#[test]
fn who_works_for_the_township_gets_another_pin_with_its_help_and_loses_nothing() {
    let town = town();
    let (_, device) = clerks_phone(&town);
    drive(device.change_pin(ID, None, Some(&pin()))).unwrap();
    let request = drive(device.recovery_request(ID)).unwrap();
    let told = secret(&town, &request).unwrap();
    assert_eq!(secret(&self::town(), &request), None, "nobody else reads it");

    let guessed = drive(device.recover(ID, &[7; 32], &another())).err();
    assert!(matches!(guessed, Some(VaultError::Crypto(_))), "{guessed:?}");
    let vault = drive(device.recover(ID, &told, &another())).unwrap();
    assert_eq!(titles(&vault), ["低保"]);
    assert!(matches!(drive(device.unlock(ID, &pin())), Err(LockError::Wrong { .. })));
    assert_eq!(titles(&drive(device.unlock(ID, &another())).unwrap()), ["低保"]);

    // What was told once over a network opens nothing any more.
    assert!(drive(device.recover(ID, &told, &pin())).is_err());
    let again = secret(&town, &drive(device.recovery_request(ID)).unwrap()).unwrap();
    assert_ne!(again, told);
    assert!(drive(device.recover(ID, &again, &pin())).is_ok());
}

#[test]
fn the_secret_is_worth_nothing_on_another_device() {
    let town = town();
    let (phone, one) = clerks_phone(&town);
    drive(one.change_pin(ID, None, Some(&pin()))).unwrap();
    let request = drive(one.recovery_request(ID)).unwrap();
    let told = secret(&town, &request).unwrap();

    let other = SimulatedPhone::new(Chance::new(8), Time::default(), Secrets);
    open(&other);
    let record = drive(phone.store().get(Place::Keys, "account 0")).unwrap().unwrap();
    drive(other.store().write(&[Write::put(Place::Keys, "account 0", record)])).unwrap();
    let thief = device(&other);
    let request = request.claim().unwrap();
    assert_eq!(town.open_entrusted(&request.entrusted, &request.township, &thief.key()), None);
    let opened = drive(thief.recover(ID, &told, &another())).err();
    assert!(matches!(opened, Some(VaultError::Crypto(_))), "{opened:?}");
}

#[test]
fn a_pin_that_was_there_before_the_phone_was_given_can_be_helped_from_the_next_time_on() {
    let (phone, town) = (phone(), town());
    draft(&open(&phone), "低保");
    let device = device(&phone);
    keep_pack(&device, &town);
    drive(device.change_pin(ID, None, Some(&pin()))).unwrap();
    drive(device.unlock(ID, &pin())).unwrap();
    assert!(!drive(device.can_be_helped(ID)).unwrap(), "a villager's PIN is nobody else's matter");
    assert!(matches!(drive(device.recovery_request(ID)), Err(VaultError::Gone)));

    drive(device.write_down(&[certified(&device, &town, BEGINNING_MS)])).unwrap();
    drive(device.unlock(ID, &pin())).unwrap();
    assert!(drive(device.can_be_helped(ID)).unwrap());
    drive(device.change_pin(ID, Some(&pin()), Some(&another()))).unwrap();
    let told = secret(&town, &drive(device.recovery_request(ID)).unwrap()).unwrap();
    assert_eq!(titles(&drive(device.recover(ID, &told, &pin())).unwrap()), ["低保"]);
}

#[test]
fn the_phones_authenticator_opens_an_account_beside_its_pin_for_as_long_as_it_has_one() {
    let phone = phone();
    draft(&open(&phone), "低保");
    let device = device(&phone);
    let authenticator = Authenticator { credential: b"a credential".to_vec(), salt: [3; 32] };
    let made = async || Ok::<_, ()>((authenticator.clone(), [9; 32]));
    let bind = |pin: &Pin| drive(device.bind_authenticator(ID, pin, made));
    let by_authenticator = |secret| drive(device.unlock_by_authenticator(ID, &secret));
    drive(device.change_pin(ID, None, Some(&pin()))).unwrap();
    assert!(matches!(bind(&another()), Err(LockError::Wrong { .. })));
    let unmade = async || Err("a wet finger");
    let unmade = drive(device.bind_authenticator(ID, &pin(), unmade));
    assert_eq!(
        (unmade.unwrap(), drive(device.authenticator(ID)).unwrap()),
        (Err("a wet finger"), None)
    );
    let meanwhile = async || {
        device.change_pin(ID, Some(&pin()), Some(&another())).await.unwrap();
        made().await
    };
    let meanwhile = drive(device.bind_authenticator(ID, &pin(), meanwhile));
    assert!(matches!(meanwhile, Err(LockError::Vault(VaultError::Gone))));
    drive(device.change_pin(ID, Some(&another()), Some(&pin()))).unwrap();
    bind(&pin()).unwrap().unwrap();

    assert_eq!(drive(device.authenticator(ID)).unwrap(), Some(authenticator.clone()));
    assert_eq!(titles(&by_authenticator([9; 32]).unwrap()), ["低保"]);
    assert!(matches!(by_authenticator([8; 32]), Err(VaultError::Crypto(_))));
    assert_eq!(titles(&drive(device.unlock(ID, &pin())).unwrap()), ["低保"]);
    drive(device.change_pin(ID, Some(&pin()), Some(&another()))).unwrap();
    assert!(by_authenticator([9; 32]).is_ok(), "another PIN is no reason to begin anew");

    drive(device.forget_authenticator(ID)).unwrap();
    assert!(matches!(by_authenticator([9; 32]), Err(VaultError::Gone)));
    bind(&another()).unwrap().unwrap();
    drive(device.change_pin(ID, Some(&another()), None)).unwrap();
    assert_eq!(drive(device.authenticator(ID)).unwrap(), None);
}
