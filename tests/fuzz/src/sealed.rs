//! A township and a phone whose keys are always the same, and what they say to each other: what was
//! found once is found again.

use std::convert::Infallible;
use std::sync::OnceLock;

use form::surroundings::Fixed;
use form::{Form, Session};
use protocol::fact::{CaseState, Correction, Offers, VisitAsked};
use protocol::keys::{DeviceKey, Recipient, Ring, Suite1, TownshipKeys};
use protocol::sync::{Cursor, DeliveryState, MissingFile, RefusalReason, VERSION};
use protocol::{
    Appeal, ApplicationId, CaseNumber, Command, Completion, Confirmation, DeviceTime, Digest,
    EnvelopeId, Fact, FileId, FileKey, Finding, Informed, ItemId, ManifestEntry, Order, Rating,
    Receipt, Refusal, Satisfaction, ServerTime, Submission, Suite, Supplement, SyncAnswer,
    SyncRequest, Township, Verdict, Visit, Withdrawal, encode,
};
use rand_core::{TryCryptoRng, TryRng};
use time::macros::datetime;

use crate::seeds;

/// When everything here happens, in milliseconds since 1970.
const NOW: i64 = 1_795_000_000_000;

/// A source of bytes that gives the same again.
pub struct Repeating(u64);

impl Repeating {
    /// One that begins with `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
}

/// SplitMix64.
impl TryRng for Repeating {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|bits| bits as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(mixed ^ (mixed >> 31))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let bits = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&bits[..chunk.len()]);
        }
        Ok(())
    }
}

/// It is none for secrets, of which there are none here.
impl TryCryptoRng for Repeating {}

/// The township's keys, of every suite.
pub fn keys() -> &'static TownshipKeys {
    static KEYS: OnceLock<TownshipKeys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let mut keys = TownshipKeys::generate(Suite::One, &mut Repeating::new(1));
        keys.add(Suite::Two, &mut Repeating::new(5));
        keys
    })
}

/// The township's keys of the first suite, in which everything here is said.
pub fn ring() -> Ring<'static> {
    keys().ring(Suite::One).expect("it has all")
}

/// The phone's key.
pub fn device() -> &'static DeviceKey<Suite1> {
    static DEVICE: OnceLock<DeviceKey<Suite1>> = OnceLock::new();
    DEVICE.get_or_init(|| DeviceKey::generate(&mut Repeating::new(2)))
}

/// The township.
pub fn township() -> Township {
    Township("529999001000".to_owned())
}

/// The envelope that everything here is about.
pub fn envelope() -> EnvelopeId {
    EnvelopeId::new(NOW as u64, [1; 10])
}

/// Applications with some of the township's own forms, begun, each with two files; and whatever else
/// is asked of a case.
pub fn orders() -> Vec<Order> {
    let forms = seeds::workbooks("township/forms", "xlsx").into_iter().take(4);
    let forms = forms.filter_map(|form| xlsform::read(&form, &xlsform::NoFiles).ok());
    let submissions: Vec<Submission> = forms.map(submission).collect();
    let supplements = submissions.iter().take(1).cloned();
    let supplements =
        supplements.map(|submission| Command::Supplement(Supplement { submission, seen: 3 }));
    let application = ApplicationId::new(NOW as u64, [2; 10]);
    let others = [
        Command::Withdraw(Withdrawal { application, seen: 3, reason: "不要了".to_owned() }),
        Command::Rate(Rating {
            application,
            satisfaction: Satisfaction::Content,
            words: "还行".to_owned(),
        }),
        Command::Visit(Visit {
            application,
            seen: 3,
            finding: Finding::Absent,
            words: "门锁着".to_owned(),
            visited_at: at(),
        }),
        Command::Confirm(Confirmation {
            application,
            seen: 3,
            is_mended: false,
            words: "灯还是不亮".to_owned(),
        }),
        Command::Appeal(Appeal { application, seen: 3, words: "收入算错了".to_owned() }),
    ];
    let commands = supplements.chain(others).collect::<Vec<_>>();
    submissions.into_iter().map(Command::Submit).chain(commands).map(order).collect()
}

fn order(command: Command) -> Order {
    Order { made_at: at(), command }
}

fn submission(form: Form) -> Submission {
    let form = std::rc::Rc::new(form);
    let surroundings = std::rc::Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8)));
    let answers = Session::start(std::rc::Rc::clone(&form), surroundings).draft();
    Submission {
        application: ApplicationId::new(NOW as u64, [2; 10]),
        item: ItemId("ybcb".to_owned()),
        form: Digest::of(&form.to_bytes()),
        answers,
        files: files().to_vec(),
        begun_at: at(),
        finished_at: at(),
        informed: Some(Informed { notice: Digest::of(b""), at: at(), guardian: Some(at()) }),
    }
}

/// Its files.
pub fn files() -> [ManifestEntry; 2] {
    [3, 4].map(|place| ManifestEntry {
        id: FileId::new(NOW as u64, [place; 10]),
        name: format!("{place}.jpg"),
        media_type: "image/jpeg".to_owned(),
        length: 70_000,
        digest: Digest([place; 32]),
        sealed_digest: Digest([place; 32]),
        key: FileKey::Aes256([place; 32]),
    })
}

/// A request with `envelopes`.
pub fn request(envelopes: Vec<Vec<u8>>) -> SyncRequest {
    SyncRequest {
        version: VERSION,
        township: township(),
        device: device().public(),
        sent_at: at(),
        cursor: Some(Cursor(7_u64.to_be_bytes().to_vec())),
        envelopes: envelopes.into_iter().map(Into::into).collect(),
        open: vec![envelope()],
    }
}

/// What the township may answer: that the envelope, of `digest`, is there, and one of its files; that
/// all is there; and that it refuses it.
pub fn answers(digest: Digest) -> [SyncAnswer; 3] {
    let received = Verdict::Received(ring().sign(&Receipt {
        envelope: envelope(),
        digest,
        township: township(),
        case: CaseNumber("YB2026-000001".to_owned()),
        received_at: ServerTime(NOW),
        key: ring().signing_key().key_id(),
    }));
    let completion = ring().sign(&Completion {
        envelope: envelope(),
        files: protocol::file::manifest_digest(&files()),
        township: township(),
        completed_at: ServerTime(NOW),
        key: ring().signing_key().key_id(),
    });
    let missing = MissingFile { file: files()[1].id, offset: 65_000 };
    let state = |missing, completion| DeliveryState { envelope: envelope(), missing, completion };
    let refused = Verdict::Refused(Refusal {
        envelope: Some(envelope()),
        seen: digest,
        reason: RefusalReason::Unfit,
        words: "请补充身份证照片".to_owned(),
    });
    [
        answer(vec![received.clone()], vec![state(vec![missing], None)]),
        answer(vec![received], vec![state(Vec::new(), Some(completion))]),
        answer(vec![refused], Vec::new()),
    ]
}

fn answer(verdicts: Vec<Verdict>, deliveries: Vec<DeliveryState>) -> SyncAnswer {
    let fact = Fact::Case(CaseState {
        application: ApplicationId::new(NOW as u64, [2; 10]),
        case: CaseNumber("YB2026-000001".to_owned()),
        stage: "received".to_owned(),
        office: "医保窗口".to_owned(),
        words: "已经收到".to_owned(),
        since: ServerTime(NOW),
        version: Some(3),
        said: Some("请补正".to_owned()),
        corrections: vec![Correction {
            path: "m[1]/m_name".to_owned(), words: "写全".to_owned()
        }],
        offers: Offers { correct: true, withdraw: true, confirm: true, ..Offers::default() },
        visit: Some(VisitAsked { about: "示例甲".to_owned(), words: "看看".to_owned() }),
    });
    SyncAnswer {
        now: ServerTime(NOW),
        verdicts,
        deliveries,
        facts: vec![fact],
        cursor: Some(Cursor(8_u64.to_be_bytes().to_vec())),
        more: true,
        pack: Digest::of(b"a pack"),
        standing: None,
    }
}

/// An order as the phone seals it.
pub fn sealed(order: &Order) -> Vec<u8> {
    let recipient = Recipient::try_from(&ring().sealing_key()).expect("it is a key");
    encode(&device().seal(envelope(), township(), order, &recipient, &mut Repeating::new(3)))
}

fn at() -> DeviceTime {
    DeviceTime { unix_ms: NOW, offset_minutes: 480 }
}
