//! A township in the page, behind `fetch`, on a network that can be made to fail.

use std::cell::{Cell, Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use protocol::file::{manifest_digest, sealed_length};
use protocol::keys::{Keyring, Suite1, system_random, verify};
use protocol::pack::{Item, PhonePack};
use protocol::sync::{DeliveryState, MissingFile, Refusal, RefusalReason};
use protocol::{
    CaseNumber, Completion, Digest, Envelope, EnvelopeId, ItemId, ManifestEntry, Receipt,
    ServerTime, Signed, SyncAnswer, SyncRequest, Township, Verdict, decode, encode,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Request, Response, ResponseInit};

/// The compiled form of the one item; nobody looks into it here.
pub(crate) const FORM: &[u8] = b"a compiled form";

#[derive(Clone)]
pub(crate) struct FakeTownship(Rc<Inner>);

struct Inner {
    keys: RefCell<Keyring<Suite1>>,
    /// Signs packs in the township's place.
    forger: RefCell<Option<Keyring<Suite1>>>,
    serial: Cell<u64>,
    packs_served: Cell<u32>,
    cases: RefCell<BTreeMap<EnvelopeId, Case>>,
    is_down: Cell<bool>,
    answers_to_drop: Cell<u32>,
    forges: Cell<bool>,
}

struct Case {
    receipt: Signed<Receipt>,
    files: Vec<(ManifestEntry, Vec<u8>)>,
}

impl FakeTownship {
    /// Takes the place of the network.
    pub(crate) fn open() -> Self {
        let inner = Inner {
            keys: RefCell::new(Keyring::<Suite1>::generate(&mut system_random())),
            forger: RefCell::default(),
            serial: Cell::new(1),
            packs_served: Cell::new(0),
            cases: RefCell::default(),
            is_down: Cell::new(false),
            answers_to_drop: Cell::new(0),
            forges: Cell::new(false),
        };
        let township = Self(Rc::new(inner));
        let answering = township.clone();
        let fetch = Closure::<dyn Fn(Request) -> js_sys::Promise>::new(move |request| {
            let township = answering.clone();
            future_to_promise(async move { township.fetch(request).await })
        });
        Reflect::set(&js_sys::global(), &"fetch".into(), &fetch.into_js_value()).unwrap();
        township
    }

    pub(crate) fn keys(&self) -> Ref<'_, Keyring<Suite1>> {
        self.0.keys.borrow()
    }

    /// Seals and signs with new keys from now on, and says so in a new pack.
    pub(crate) fn rotate_keys(&self) {
        self.0.keys.borrow_mut().renew_sealing_key(&mut system_random());
        self.0.keys.borrow_mut().renew_signing_key(&mut system_random());
        self.set_serial(self.0.serial.get() + 1);
    }

    pub(crate) fn set_serial(&self, serial: u64) {
        self.0.serial.set(serial);
    }

    /// Somebody else serves packs of their own from now on, or not any more.
    pub(crate) fn set_pack_forging(&self, forges: bool) {
        let forger = forges.then(|| Keyring::<Suite1>::generate(&mut system_random()));
        *self.0.forger.borrow_mut() = forger;
    }

    pub(crate) fn set_down(&self, is_down: bool) {
        self.0.is_down.set(is_down);
    }

    pub(crate) fn drop_answers(&self, many: u32) {
        self.0.answers_to_drop.set(many);
    }

    pub(crate) fn set_forging(&self, forges: bool) {
        self.0.forges.set(forges);
    }

    pub(crate) fn cases(&self) -> usize {
        self.0.cases.borrow().len()
    }

    /// The sealed bytes of all files that came.
    pub(crate) fn files(&self) -> Vec<(ManifestEntry, Vec<u8>)> {
        self.0.cases.borrow().values().flat_map(|case| case.files.clone()).collect()
    }

    pub(crate) fn pack(&self) -> PhonePack {
        self.pack_of(&self.keys())
    }

    /// How often somebody got a pack.
    pub(crate) fn packs_served(&self) -> u32 {
        self.0.packs_served.get()
    }

    pub(crate) fn signed_pack(&self) -> Signed<PhonePack> {
        match &*self.0.forger.borrow() {
            Some(forger) => forger.sign(&self.pack_of(forger)),
            None => self.keys().sign(&self.pack()),
        }
    }

    fn pack_of(&self, keys: &Keyring<Suite1>) -> PhonePack {
        let item = Item {
            id: ItemId("bxsj".into()),
            name: "报修·随手拍".into(),
            tagline: String::new(),
            icon: String::new(),
            keywords: Vec::new(),
            form: Digest::of(FORM),
            form_length: FORM.len() as u64,
            office: String::new(),
            guide: Digest::of(FORM),
            section: String::new(),
        };
        PhonePack {
            township: Township("529999001000".into()),
            name: "青禾镇".into(),
            version: Digest::of(&encode(&(keys.sealing_key(), self.0.serial.get()))),
            sealing_key: keys.sealing_key(),
            signing_keys: keys.signing_keys(),
            offices: Vec::new(),
            items: vec![item],
            certificates: None,
            roster: None,
            serial: self.0.serial.get(),
            offline_days: 14,
            successions: keys.successions(),
        }
    }

    async fn fetch(&self, request: Request) -> Result<JsValue, JsValue> {
        if self.0.is_down.get() {
            return Err(JsValue::NULL);
        }
        let url = request.url();
        let path = &url[url.find("/api/").unwrap()..];
        let buffer = JsFuture::from(request.array_buffer()?).await?;
        let body = Uint8Array::new(&buffer.unchecked_into::<ArrayBuffer>()).to_vec();
        let reply = match (request.method().as_str(), path) {
            ("GET", "/api/pack") => {
                self.0.packs_served.set(self.0.packs_served.get() + 1);
                reply(200, None, &encode(&self.signed_pack()))
            }
            ("GET", _) => reply(200, None, FORM),
            ("POST", _) => reply(200, None, &encode(&self.sync(&decode(&body).unwrap()))),
            (method, _) => {
                let id = path.rsplit('/').next().unwrap();
                let offset = request.headers().get("upload-offset")?;
                self.file(method, id, offset.map(|offset| offset.parse().unwrap()), &body)
            }
        };
        let is_telling = request.method() != "GET";
        if is_telling && self.0.answers_to_drop.get() > 0 {
            self.0.answers_to_drop.set(self.0.answers_to_drop.get() - 1);
            return Err(JsValue::NULL);
        }
        reply
    }

    fn sync(&self, request: &Signed<SyncRequest>) -> SyncAnswer {
        let device = request.claim().unwrap().device;
        let request = verify(request, &device).unwrap();
        let mut asked = request.open.clone();
        let mut verdicts = Vec::new();
        for bytes in &request.envelopes {
            let envelope: Envelope = decode(bytes).unwrap();
            verdicts.push(self.take(&envelope, bytes));
            if self.0.cases.borrow().get(&envelope.id).is_some_and(|case| !case.files.is_empty()) {
                asked.push(envelope.id);
            }
        }
        SyncAnswer {
            now: ServerTime(0),
            verdicts,
            deliveries: asked.into_iter().filter_map(|id| self.state(id)).collect(),
            facts: Vec::new(),
            cursor: None,
            more: false,
            pack: self.pack().version,
            standing: None,
        }
    }

    fn take(&self, envelope: &Envelope, bytes: &[u8]) -> Verdict {
        let Ok(opened) = self.keys().open(envelope) else {
            return Verdict::Refused(Refusal {
                envelope: Some(envelope.id),
                seen: Digest::of(bytes),
                reason: RefusalReason::Unopenable,
                words: String::new(),
            });
        };
        let mut cases = self.0.cases.borrow_mut();
        let number = cases.len() + 1;
        let receipt = Receipt {
            envelope: envelope.id,
            digest: Digest::of(bytes),
            township: envelope.township.clone(),
            case: CaseNumber(format!("529999001000-2026-{number:06}")),
            received_at: ServerTime(1),
            key: self.keys().signing_key().key_id(),
        };
        if self.0.forges.get() {
            return Verdict::Received(
                Keyring::<Suite1>::generate(&mut system_random()).sign(&receipt),
            );
        }
        let case = cases.entry(envelope.id).or_insert_with(|| {
            let submission = opened.order.command.into_submission().expect("a filled form");
            let files = submission.files.into_iter().map(|file| (file, Vec::new())).collect();
            Case { receipt: self.keys().sign(&receipt), files }
        });
        Verdict::Received(case.receipt.clone())
    }

    fn state(&self, envelope: EnvelopeId) -> Option<DeliveryState> {
        let cases = self.0.cases.borrow();
        let case = cases.get(&envelope)?;
        let missing: Vec<_> = case
            .files
            .iter()
            .filter(|(file, bytes)| (bytes.len() as u64) < sealed_length(file.length))
            .map(|(file, bytes)| MissingFile { file: file.id, offset: bytes.len() as u64 })
            .collect();
        let manifest: Vec<_> = case.files.iter().map(|(file, _)| file.clone()).collect();
        let completion = missing.is_empty().then(|| {
            self.keys().sign(&Completion {
                envelope,
                files: manifest_digest(&manifest),
                township: Township("529999001000".into()),
                completed_at: ServerTime(2),
                key: self.keys().signing_key().key_id(),
            })
        });
        Some(DeliveryState { envelope, missing, completion })
    }

    fn file(
        &self,
        method: &str,
        id: &str,
        offset: Option<usize>,
        piece: &[u8],
    ) -> Result<JsValue, JsValue> {
        let mut cases = self.0.cases.borrow_mut();
        let mut files = cases.values_mut().flat_map(|case| &mut case.files);
        let Some((_, bytes)) = files.find(|(file, _)| file.id.to_string() == id) else {
            return reply(404, None, &[]);
        };
        if method == "PATCH" {
            if offset != Some(bytes.len()) {
                return reply(409, Some(bytes.len()), &[]);
            }
            bytes.extend(piece);
        }
        reply(200, Some(bytes.len()), &[])
    }
}

fn reply(status: u16, offset: Option<usize>, body: &[u8]) -> Result<JsValue, JsValue> {
    let init = ResponseInit::new();
    init.set_status(status);
    let response =
        Response::new_with_opt_js_u8_array_and_init(Some(&Uint8Array::from(body)), &init)?;
    if let Some(offset) = offset {
        response.headers().set("upload-offset", &offset.to_string())?;
    }
    Ok(response.into())
}
