//! Any bytes as an envelope; as what stands sealed in one, since anybody can seal to a township; and as
//! an order, since any device can sign one. The first byte says which, and in which suite.
#![cfg_attr(fuzzing, no_main)]

use fuzz::sealed::{self, Repeating, keys};
use fuzz::{Target, seeds};
use p256::elliptic_curve::PublicKey as Point;
use protocol::envelope::INFO;
use protocol::keys::{Algorithms, DeviceKey, NotOpened, Opened, Recipient, Suite1, Suite2};
use protocol::{Contents, Envelope, Order, Outside, Packing, PublicKey, decode, encode};

const TARGET: Target = Target { run, seeds, words };

fuzz::target!(TARGET);

fn run(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    match which % 5 {
        0 => open(bytes),
        1 => look(keys().open(&sealing::<Suite1>(bytes))),
        2 => look(keys().open(&sealing::<Suite2>(bytes))),
        3 => sign::<Suite1>(bytes),
        _ => sign::<Suite2>(bytes),
    }
}

fn open(bytes: &[u8]) {
    let Ok(envelope) = decode::<Envelope>(bytes) else { return };
    assert_eq!(decode(&encode(&envelope)).as_ref(), Ok(&envelope), "it is read as it was written");
    look(keys().open(&envelope));
}

fn sign<S: Algorithms>(bytes: &[u8]) {
    let Ok(order) = decode::<Order>(bytes) else { return };
    let recipient = Recipient::<S>::try_from(&recipient::<S>()).expect("it is a key");
    let device = device::<S>();
    let (id, township) = (sealed::envelope(), sealed::township());
    let envelope = device.seal(id, township, &order, &recipient, &mut Repeating::new(3));
    let envelope = encode(&envelope);
    let envelope = decode::<Envelope>(&envelope).expect("it was written here");
    let files = order.command.submission().map_or(&[][..], |submission| &submission.files);
    let is_mixed = files.iter().any(|file| file.key.suite() != S::SUITE);
    match is_mixed {
        true => assert_eq!(keys().open(&envelope), Err(NotOpened::Mixed)),
        false => {
            let opened = keys().open(&envelope).map(|opened| (opened.author, opened.order));
            assert_eq!(opened, Ok((device.public(), order)), "it is opened as it was sealed");
        }
    }
}

/// Whatever was opened can be handed on.
fn look(opened: Result<Opened, NotOpened>) {
    match opened {
        Ok(opened) => assert_eq!(decode(&encode(&opened.order)).as_ref(), Ok(&opened.order)),
        Err(error) => drop((error.reason(), error.to_string())),
    }
}

fn recipient<S: Algorithms>() -> PublicKey {
    keys().ring(S::SUITE).expect("it has all").sealing_key()
}

fn device<S: Algorithms>() -> DeviceKey<S> {
    DeviceKey::generate(&mut Repeating::new(2))
}

/// An envelope around whatever bytes stand where its contents should.
fn sealing<S: Algorithms>(contents: &[u8]) -> Envelope {
    let outside = outside::<S>();
    let point = Point::<S::Curve>::from_sec1_bytes(recipient::<S>().point()).expect("it is a key");
    let about = outside.associated_data();
    let sealed = S::seal(&point, INFO, &about, contents, &mut Repeating::new(4));
    outside.around(sealed.encapsulated, sealed.sealed)
}

fn outside<S: Algorithms>() -> Outside {
    let (suite, recipient) = (S::SUITE.number(), recipient::<S>().key_id());
    Outside { id: sealed::envelope(), township: sealed::township(), suite, recipient }
}

fn seeds() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for order in sealed::orders() {
        all.push([&[0], &sealed::sealed(&order)[..]].concat());
        let order = encode(&order);
        for (which, contents) in [(1, contents::<Suite1>(&order)), (2, contents::<Suite2>(&order))]
        {
            let packed = miniz_oxide::deflate::compress_to_vec(&order, 6);
            let packed = Contents { packing: Packing::Deflate, order: packed, ..contents.clone() };
            all.push([&[which], &contents.to_bytes()[..]].concat());
            all.push([&[which], &packed.to_bytes()[..]].concat());
        }
        all.push([&[3], &order[..]].concat());
        all.push([&[4], &order[..]].concat());
    }
    all
}

fn contents<S: Algorithms>(order: &[u8]) -> Contents {
    device::<S>().contents(order.to_vec(), &outside::<S>())
}

/// What the orders have in common.
fn words() -> Vec<String> {
    let orders = sealed::orders().into_iter().map(|order| {
        let text = String::from_utf8_lossy(&encode(&order)).into_owned();
        text.replace(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_', " ")
    });
    seeds::common(orders, &[' '])
}
