//! The outbox and the pack, whoever answers in the township's place.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use delivery::{Ask, Network, Reply, Rounds, Unreachable};
use protocol::keys::{Keyring, Suite1};
use protocol::pack::{Item, PhonePack};
use protocol::{
    CaseNumber, Digest, EnvelopeId, ItemId, Receipt, ServerTime, SyncAnswer, Township, Verdict,
    encode,
};

use crate::ending::drive;
use crate::life::Nobody;
use crate::phone::BEGINNING_MS;
use crate::scene::{device, draft, finish, keep_pack, open, pack, phone, town};

/// A network that answers by itself.
struct Answering<F>(F);

impl<F: Fn(&Ask<'_>) -> Result<Reply, Unreachable> + 'static> Network for Answering<F> {
    async fn ask(&self, ask: &Ask<'_>) -> Result<Reply, Unreachable> {
        (self.0)(ask)
    }
}

fn receipt(envelope: EnvelopeId, digest: Digest, signer: &Keyring<Suite1>) -> Verdict {
    Verdict::Received(signer.sign(&Receipt {
        envelope,
        digest,
        township: Township("529999101000".into()),
        case: CaseNumber("5299991010002026112900001".into()),
        received_at: ServerTime(BEGINNING_MS),
        key: signer.signing_key().key_id(),
    }))
}

fn answer(verdicts: Vec<Verdict>, town: &Keyring<Suite1>) -> Vec<u8> {
    encode(&SyncAnswer {
        now: ServerTime(BEGINNING_MS),
        verdicts,
        deliveries: Vec::new(),
        facts: Vec::new(),
        cursor: None,
        more: false,
        pack: pack(town).version,
        standing: None,
    })
}

/// formio/formio.js#1156: what met an error was taken out of the queue. medic/cht-core#8303: what did
/// not arrive was said to have arrived.
/// SanaMobile/vaccine_registry#88: a time-out was called success; green though not all was sent.
#[test]
fn whatever_is_answered_but_a_receipt_takes_nothing_out_of_the_outbox() {
    let phone = phone();
    let (device, town, stranger) = (device(&phone), town(), town());
    let vault = open(&phone);
    let sent = finish(&vault, &draft(&vault, "低保"), &town);
    keep_pack(&device, &town);
    let bytes = drive(device.envelope(sent)).unwrap();

    let (said, asked) = (Rc::new(RefCell::new((0, Vec::new()))), Rc::new(Cell::new(0)));
    let (says, counts) = (Rc::clone(&said), Rc::clone(&asked));
    let network = Answering(move |_: &Ask<'_>| {
        counts.set(counts.get() + 1);
        let (status, body) = says.borrow().clone();
        Ok(Reply { status, offset: None, body })
    });
    let rounds = Rounds::new(device.clone(), network);
    drive(rounds.take_up_pack()).unwrap();
    drive(rounds.load()).unwrap();

    let bodies = [
        Vec::new(),
        "<html>请先登录</html>".into(),
        b"{\"ok\":true}".to_vec(),
        answer(Vec::new(), &town),
        answer(vec![receipt(sent, Digest::of(&bytes), &stranger)], &town),
        answer(vec![receipt(sent, Digest::of(b"other bytes"), &town)], &town),
    ];
    for status in [200, 201, 204, 302, 304, 400, 401, 403, 404, 409, 410, 413, 429, 500, 502, 507] {
        for body in &bodies {
            said.replace((status, body.clone()));
            let before = asked.get();
            rounds.hint();
            drive(rounds.work_off(&Nobody)).unwrap();
            let words = String::from_utf8_lossy(body);
            assert!(asked.get() > before, "it was sent: {status} {words}");
            assert_eq!(rounds.progress().unwrap().0.waiting, 1, "{status} {words}");
            assert_eq!(drive(device.envelope(sent)).as_ref(), Ok(&bytes), "{status} {words}");
            assert!(drive(device.delivery(sent)).unwrap().receipt.is_none(), "{status} {words}");
        }
    }
    said.replace((200, answer(vec![receipt(sent, Digest::of(&bytes), &town)], &town)));
    rounds.hint();
    drive(rounds.work_off(&Nobody)).unwrap();
    assert!(drive(device.delivery(sent)).unwrap().is_delivered());
}

fn item(form: &[u8]) -> Item {
    Item {
        id: ItemId(String::from_utf8_lossy(form).into_owned()),
        name: String::new(),
        tagline: String::new(),
        icon: String::new(),
        keywords: Vec::new(),
        form: Digest::of(form),
        form_length: form.len() as u64,
        office: String::new(),
        guide: Digest::of(b"a guide"),
        section: String::new(),
    }
}

/// medic/cht-core#7419: a first download that was interrupted was taken for whole.
/// medic/cht-core#1270: a first download that was interrupted was taken for whole; on slow links
/// nine of ten failed.
#[test]
fn a_pack_is_kept_only_once_all_of_it_came_and_goes_on_where_it_was_interrupted() {
    let phone = phone();
    let (device, town) = (device(&phone), town());
    let first = PhonePack { items: vec![item(b"one"), item(b"two")], ..pack(&town) };
    let at = |source: &str, content: &[u8]| format!("/api/{source}/{}", Digest::of(content));
    let shelf = Rc::new(RefCell::new(BTreeMap::from([
        ("/api/pack".to_owned(), encode(&town.sign(&first))),
        (at("guides", b"a guide"), b"a guide".to_vec()),
        (at("forms", b"one"), b"one".to_vec()),
    ])));
    let asked = Rc::new(RefCell::new(Vec::new()));
    let starts = || {
        let (shelf, asked) = (Rc::clone(&shelf), Rc::clone(&asked));
        let network = Answering(move |ask: &Ask<'_>| {
            asked.borrow_mut().push(ask.path.to_owned());
            let body = shelf.borrow().get(ask.path).cloned().ok_or(Unreachable)?;
            Ok(Reply { status: 200, offset: None, body })
        });
        Rounds::new(device.clone(), network)
    };

    let rounds = starts();
    let fetched = drive(rounds.get_pack()).unwrap();
    assert_eq!(drive(rounds.keep_with_forms(&fetched)), Ok(false));
    assert!(rounds.wants_pack(), "it is tried again");
    let rounds = starts();
    assert_eq!(drive(rounds.take_up_pack()), Ok(None), "nothing half is taken up");

    shelf.borrow_mut().insert(at("forms", b"two"), b"two".to_vec());
    asked.take();
    let fetched = drive(rounds.get_pack()).unwrap();
    assert_eq!(drive(rounds.keep_with_forms(&fetched)), Ok(true));
    assert!(!asked.borrow().contains(&at("forms", b"one")), "what came is not got again");
    assert_eq!(drive(device.pack()), Ok(Some(first.clone())));

    let newer = PhonePack { items: vec![item(b"three")], serial: 2, ..first.clone() };
    shelf.borrow_mut().insert("/api/pack".to_owned(), encode(&town.sign(&newer)));
    let fetched = drive(rounds.get_pack()).unwrap();
    assert_eq!(drive(rounds.keep_with_forms(&fetched)), Ok(false));
    assert_eq!(drive(device.pack()), Ok(Some(first)), "the former one stays until then");
}
