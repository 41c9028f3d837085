//! Help with a PIN that was forgotten.

use protocol::{Holder, RecoveryAnswer};
use reqwest::StatusCode;
use server::{Chain, NotAllowed, Server};

use crate::phone::Phone;
use crate::township::TestTownship;

const SECRET: [u8; 32] = [5; 32];

fn server(township: &TestTownship) -> &Server {
    township.server.as_deref().unwrap()
}

/// A phone that was given to a clerk.
async fn clerks_phone(township: &TestTownship) -> Phone {
    let phone = township.phone().await;
    let device = phone.key.public().device_id();
    let holder = Holder::Other("一村文书".into());
    server(township).certify_device(device, holder, 30).await.unwrap();
    phone
}

#[tokio::test]
async fn help_is_given_only_once_an_operator_said_so_and_only_for_a_while() {
    let township = TestTownship::start().await;
    let phone = clerks_phone(&township).await;
    let (key, device) = (phone.key.public(), phone.key.public().device_id());
    let entrusted = phone.entrust(&SECRET);
    let ask = async || phone.ask_recovery(key, entrusted.clone()).await;
    let asked_at = async || server(&township).known_devices().await.unwrap()[0].asked_for_help_at;

    assert_eq!(asked_at().await, None);
    assert_eq!(ask().await, Ok(RecoveryAnswer::Asked));
    assert!(asked_at().await.is_some(), "the operator sees who asks");
    server(&township).allow_recovery(device, 2).await.unwrap();
    assert_eq!(ask().await, Ok(RecoveryAnswer::Given(SECRET)));
    assert_eq!(ask().await, Ok(RecoveryAnswer::Given(SECRET)), "the answer may have been lost");
    assert_eq!(asked_at().await, None);
    township.clock.forward(2 * 60);
    assert_eq!(ask().await, Ok(RecoveryAnswer::Asked));
    // Given, allowed, told twice.
    assert_eq!(server(&township).verify_audit().await.unwrap(), Chain::Whole(4));
}

#[tokio::test]
async fn a_secret_is_given_to_nobody_but_the_device_that_entrusted_it() {
    let township = TestTownship::start().await;
    let (phone, thief) = (clerks_phone(&township).await, clerks_phone(&township).await);
    for each in [&phone, &thief] {
        server(&township).allow_recovery(each.key.public().device_id(), 2).await.unwrap();
    }
    let entrusted = phone.entrust(&SECRET);
    let own = thief.ask_recovery(thief.key.public(), entrusted.clone()).await;
    assert_eq!(own, Ok(RecoveryAnswer::Asked), "it was not sealed for the thief's phone");
    let pretended = thief.ask_recovery(phone.key.public(), entrusted).await;
    assert_eq!(pretended, Err(StatusCode::BAD_REQUEST), "the thief cannot sign as the phone");
}

#[tokio::test]
async fn nobody_is_helped_whom_the_township_gave_no_phone() {
    let township = TestTownship::start().await;
    let villager = township.phone().await;
    let key = villager.key.public();
    let denied = villager.ask_recovery(key, villager.entrust(&SECRET)).await;
    assert_eq!(denied, Ok(RecoveryAnswer::Denied));
    let allowed = server(&township).allow_recovery(key.device_id(), 2).await;
    assert!(matches!(allowed, Err(NotAllowed::NotGiven(_))));

    let clerk = clerks_phone(&township).await;
    let key = clerk.key.public();
    server(&township).allow_recovery(key.device_id(), 2).await.unwrap();
    server(&township).revoke_device(key.device_id(), "丢了").await.unwrap();
    let revoked = clerk.ask_recovery(key, clerk.entrust(&SECRET)).await;
    assert_eq!(revoked, Ok(RecoveryAnswer::Denied), "whatever was said before");
}

#[tokio::test]
async fn help_is_given_after_the_keys_were_renewed() {
    let mut township = TestTownship::start().await;
    let phone = clerks_phone(&township).await;
    let key = phone.key.public();
    let entrusted = phone.entrust(&SECRET);
    let both = server::Rotation { suite: protocol::Suite::One, sealing: true, signing: true };
    server(&township).rotate_keys(both).await.unwrap();
    server(&township).take_up_changes().await;
    server(&township).allow_recovery(key.device_id(), 2).await.unwrap();
    assert_eq!(phone.ask_recovery(key, entrusted).await, Ok(RecoveryAnswer::Given(SECRET)));
    township.stop().await;
}
