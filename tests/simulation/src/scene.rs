//! A phone, what somebody does on it, and what the township says to that.

use courier::Note;
use form::Answers;
use form::answers::{Content, Entry};
use protocol::fact::{CaseState, Offers};
use protocol::keys::{Keyring, Suite1, system_random};
use protocol::pack::PhonePack;
use protocol::{
    ApplicationId, CaseNumber, DeviceCertificate, Digest, EnvelopeId, Fact, Holder, ItemId,
    Receipt, ServerTime, Township,
};
use vault::{AccountId, Device, Draft, Finish, Phone as _, Progress, Vault};

use crate::chance::Chance;
use crate::ending::drive;
use crate::phone::{BEGINNING_MS, SimulatedPhone};
use crate::time::Time;
use crate::wire::Secrets;

pub(crate) const DAY_MS: i64 = 86_400_000;

pub(crate) fn phone() -> SimulatedPhone {
    SimulatedPhone::new(Chance::new(7), Time::default(), Secrets)
}

pub(crate) fn device(phone: &SimulatedPhone) -> Device<SimulatedPhone> {
    drive(Device::of(phone.clone())).unwrap()
}

/// Opens the account that needs no PIN, whatever had to be read before.
pub(crate) fn open(phone: &SimulatedPhone) -> Vault<SimulatedPhone> {
    let device = device(phone);
    drive(device.accept_dropped()).unwrap();
    match drive(device.open_the_only()).unwrap() {
        Some(vault) => vault,
        None => drive(device.open(AccountId::FIRST)).unwrap().unwrap(),
    }
}

pub(crate) fn draft(vault: &Vault<SimulatedPhone>, title: &str) -> Draft {
    let now = vault.phone().now();
    let id = *Digest::of(title.as_bytes()).0.first_chunk().unwrap();
    let place = Entry { name: "where".into(), content: Content::Value("村口".into()) };
    let draft = Draft {
        application: ApplicationId::new(now.unix_ms.unsigned_abs(), id),
        item: ItemId("bxsj".into()),
        form: Digest::of(b"a form"),
        answers: Answers(vec![place]),
        title: title.into(),
        progress: Progress { done: 1, of: 2 },
        place: "1".into(),
        begun_at: now,
        updated_at: now,
        declined: None,
        informed: None,
        corrects: None,
    };
    drive(vault.keep_draft(&draft)).unwrap();
    draft
}

pub(crate) fn titles(vault: &Vault<SimulatedPhone>) -> Vec<String> {
    let listing = drive(vault.drafts()).unwrap();
    assert_eq!(listing.damaged, Vec::<String>::new());
    listing.records.into_iter().map(|draft| draft.title).collect()
}

pub(crate) fn town() -> Keyring<Suite1> {
    Keyring::<Suite1>::generate(&mut system_random())
}

pub(crate) fn finish(
    vault: &Vault<SimulatedPhone>,
    draft: &Draft,
    town: &Keyring<Suite1>,
) -> EnvelopeId {
    let finish = Finish {
        township: Township("529999101000".into()),
        sealing_key: town.sealing_key(),
        application: draft.application,
        item: draft.item.clone(),
        form: draft.form,
        answers: draft.answers.clone(),
        title: draft.title.clone(),
        begun_at: draft.begun_at,
        finished_at: draft.updated_at,
        informed: None,
        corrects: None,
    };
    drive(vault.finish(finish)).unwrap()
}

/// What the courier is told when the township has an envelope.
pub(crate) fn received(
    device: &Device<SimulatedPhone>,
    envelope: EnvelopeId,
    town: &Keyring<Suite1>,
) -> Note {
    let bytes = drive(device.envelope(envelope)).unwrap();
    let receipt = Receipt {
        envelope,
        digest: Digest::of(&bytes),
        township: Township("529999101000".into()),
        case: CaseNumber("5299991010002026112900001".into()),
        received_at: ServerTime(BEGINNING_MS),
        key: town.signing_key().key_id(),
    };
    Note::Received { envelope, signed: town.sign(&receipt), receipt }
}

pub(crate) fn news(application: ApplicationId) -> Note {
    let state = CaseState {
        application,
        case: CaseNumber("5299991010002026112900001".into()),
        stage: "received".into(),
        office: "农业综合服务中心".into(),
        words: "收到了".into(),
        since: ServerTime(BEGINNING_MS),
        version: Some(1),
        said: None,
        corrections: Vec::new(),
        offers: Offers::default(),
        visit: None,
    };
    Note::Heard { facts: vec![Fact::Case(state)], cursor: None }
}

pub(crate) fn pack(town: &Keyring<Suite1>) -> PhonePack {
    PhonePack {
        township: Township("529999101000".into()),
        name: "青禾镇".into(),
        version: Digest::of(b"a pack"),
        sealing_key: town.sealing_key(),
        signing_keys: town.signing_keys(),
        offices: Vec::new(),
        items: Vec::new(),
        certificates: None,
        roster: None,
        serial: 1,
        offline_days: 14,
        successions: town.successions(),
    }
}

pub(crate) fn keep_pack(device: &Device<SimulatedPhone>, town: &Keyring<Suite1>) {
    drive(device.keep_pack(&town.sign(&pack(town)))).unwrap();
}

/// What the courier is told when the township has given a device to somebody.
pub(crate) fn certified(
    device: &Device<SimulatedPhone>,
    town: &Keyring<Suite1>,
    at_ms: i64,
) -> Note {
    let certificate = DeviceCertificate {
        township: Township("529999101000".into()),
        device: device.key(),
        holder: Holder::Other("一村文书".into()),
        valid_from: ServerTime(BEGINNING_MS - DAY_MS),
        valid_until: ServerTime(BEGINNING_MS + 365 * DAY_MS),
        confirmed_at: ServerTime(at_ms),
        key: town.signing_key().key_id(),
    };
    Note::Certified { signed: town.sign(&certificate), certificate }
}
