use protocol::keys::{Algorithms, Keyring, Suite1, TownshipKeys, system_random, verify};
use protocol::{DeviceCertificate, Holder, Revocation, ServerTime, Signed, Township, encode};

use crate::{Scene, in_every_suite};

in_every_suite! {
    an_envelope_sealed_before_a_rotation_opens_after_it_and_after_reading_the_keys_back,
    each_signing_key_vouches_for_the_one_that_followed_it_and_for_no_other,
    a_certificate_never_passes_for_a_revocation_nor_the_other_way_round,
}

fn an_envelope_sealed_before_a_rotation_opens_after_it_and_after_reading_the_keys_back<
    S: Algorithms,
>() {
    let mut scene = Scene::<S>::new();
    let before = scene.seal();
    scene.keys.renew_sealing_key(S::SUITE, &mut system_random());
    let after = scene.seal();
    assert_ne!(before.recipient, after.recipient);
    let read_back = TownshipKeys::from_bytes(&scene.keys.to_bytes()).unwrap();
    for envelope in [before, after] {
        assert_eq!(read_back.open(&envelope).unwrap().order, scene.order);
    }
    let read_back = read_back.ring(S::SUITE).unwrap();
    assert_eq!(read_back.sealing_key_ids(), scene.ring().sealing_key_ids());
}

fn each_signing_key_vouches_for_the_one_that_followed_it_and_for_no_other<S: Algorithms>() {
    let mut keys = Keyring::<S>::generate(&mut system_random());
    for _ in 0..2 {
        keys.renew_signing_key(&mut system_random());
    }
    let [third, second, first] = keys.signing_keys().try_into().unwrap();
    let [to_third, to_second] = keys.successions().try_into().unwrap();
    assert_eq!(verify(&to_second, &first).unwrap().next, second);
    assert_eq!(verify(&to_third, &second).unwrap().next, third);
    assert!(verify(&to_third, &first).is_err());
    assert_eq!(keys.successions(), [to_third, to_second], "the same however often they are made");
}

fn a_certificate_never_passes_for_a_revocation_nor_the_other_way_round<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let (township, key) = (Township("529999001000".into()), scene.ring().signing_key().key_id());
    let certificate = scene.ring().sign(&DeviceCertificate {
        township: township.clone(),
        device: scene.device.public(),
        holder: Holder::Other("一村文书".into()),
        valid_from: ServerTime(0),
        valid_until: ServerTime(1),
        confirmed_at: ServerTime(0),
        key,
    });
    let device = scene.device.public().device_id();
    let revocation = Revocation { township, device, revoked_at: ServerTime(0), key };
    let pretended: Signed<Revocation> = Signed::new(encode(&revocation), *certificate.signature());
    assert!(verify(&pretended, &scene.ring().signing_key()).is_err());
}

#[test]
fn a_devices_id_reads_back_as_people_write_it() {
    let device = Scene::<Suite1>::new().device.public().device_id();
    let shown = device.to_string();
    assert_eq!(shown.parse(), Ok(device));
    let groups: Vec<_> = shown.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    assert_eq!(groups.join(" ").to_uppercase().parse(), Ok(device));
    for slip in [&shown[1..], "", &format!("{shown}0"), &shown.replace(&shown[..1], "x")] {
        assert!(slip.parse::<protocol::DeviceId>().is_err(), "{slip}");
    }
}
