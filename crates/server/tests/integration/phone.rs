//! A phone, without its screen: fills in, seals, delivers.

use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use form::{Answers, Form};
use protocol::file::sealed_length;
use protocol::keys::{Algorithms, DeviceKey, Recipient, Suite1, seal_file, system_random, verify};
use protocol::pack::{Guide, Notice, PhonePack};
use protocol::sync::{Cursor, DeliveryState, VERSION};
use protocol::{
    ApplicationId, Command, DeviceTime, Digest, Entrusted, EnvelopeId, FileId, Informed, ItemId,
    ManifestEntry, Order, PublicKey, Receipt, RecoveryAnswer, RecoveryRequest, Refusal,
    RosterAnswer, RosterRequest, ServerTime, Signed, Submission, Suite, SyncAnswer, SyncRequest,
    Verdict, decode, encode,
};
use reqwest::{Client, Response, StatusCode};

use crate::material::{FINISHED, Filled};

/// A phone, without its screen, whose cryptography is of one suite.
pub(crate) struct Phone<S: Algorithms = Suite1> {
    pub(crate) key: DeviceKey<S>,
    pub(crate) pack: PhonePack,
    /// What whoever fills in was told first: by itself, a guardian agreed too.
    pub(crate) informed: Option<Informed>,
    address: String,
    client: Client,
    cursor: Option<Cursor>,
}

/// An application, sealed.
#[derive(Clone)]
pub(crate) struct Sealed {
    pub(crate) envelope: EnvelopeId,
    pub(crate) bytes: Vec<u8>,
    pub(crate) files: Vec<SealedFile>,
}

/// One of its files.
#[derive(Clone)]
pub(crate) struct SealedFile {
    pub(crate) id: FileId,
    pub(crate) plain: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

impl Phone {
    /// A new phone as browsers are, that has loaded the pack of the township at `address`.
    pub(crate) async fn new(address: &str) -> Self {
        Self::of_suite(address).await
    }
}

impl<S: Algorithms> Phone<S> {
    /// A new phone of any suite, that has loaded the pack of the township at `address`.
    pub(crate) async fn of_suite(address: &str) -> Self {
        let client = Client::new();
        let pack = signed_pack_of(S::SUITE, address).await.claim().unwrap();
        Self {
            key: DeviceKey::generate(&mut system_random()),
            pack,
            informed: Some(Informed {
                notice: Digest::of(b"a notice"),
                at: finished_at(),
                guardian: Some(finished_at()),
            }),
            address: address.to_owned(),
            client,
            cursor: None,
        }
    }

    /// The same phone after the township moved to another address.
    pub(crate) fn turn_to(&mut self, address: &str) {
        self.address = address.to_owned();
    }

    /// The form of an item.
    pub(crate) async fn form(&self, item: &str) -> Rc<Form> {
        let digest = self.item(item).form;
        let url = format!("{}/api/forms/{digest}", self.address);
        let bytes = self.client.get(url).send().await.unwrap().bytes().await.unwrap();
        assert_eq!(Digest::of(&bytes), digest);
        Rc::new(Form::from_bytes(&bytes).unwrap())
    }

    /// The notice that people are told before they fill in an item: its version, and what it says.
    pub(crate) async fn notice(&self, item: &str) -> (Digest, Notice) {
        let digest = self.item(item).guide;
        let url = format!("{}/api/guides/{digest}", self.address);
        let bytes = self.client.get(url).send().await.unwrap().bytes().await.unwrap();
        assert_eq!(Digest::of(&bytes), digest);
        let notice = decode::<Guide>(&bytes).unwrap().notice.unwrap();
        (Digest::of(&notice), decode(&notice).unwrap())
    }

    /// Seals what was filled in.
    pub(crate) fn seal(&self, item: &str, filled: Filled) -> Sealed {
        let files: Vec<_> =
            filled.files.into_iter().map(|name| photo_of::<S>(name, 200_000)).collect();
        self.seal_with(item, filled.answers, files)
    }

    /// Seals answers and files, whatever they are.
    pub(crate) fn seal_with(
        &self,
        item: &str,
        answers: Answers,
        files: Vec<(ManifestEntry, SealedFile)>,
    ) -> Sealed {
        let (manifest, files) = files.into_iter().unzip();
        let submission = self.submission(item, answers, manifest);
        Sealed { files, ..self.seal_command(Command::Submit(submission)) }
    }

    /// A new application.
    pub(crate) fn submission(
        &self,
        item: &str,
        answers: Answers,
        files: Vec<ManifestEntry>,
    ) -> Submission {
        Submission {
            application: ApplicationId::new(now(), unique()),
            item: ItemId(item.to_owned()),
            form: self.item(item).form,
            answers,
            files,
            begun_at: finished_at(),
            finished_at: finished_at(),
            informed: self.informed.clone(),
        }
    }

    /// Seals a command; files that it brings are the caller's.
    pub(crate) fn seal_command(&self, command: Command) -> Sealed {
        let order = Order { made_at: finished_at(), command };
        let (id, township) = (EnvelopeId::new(now(), unique()), self.pack.township.clone());
        let recipient = Recipient::try_from(&self.pack.sealing_key).unwrap();
        let envelope = self.key.seal(id, township, &order, &recipient, &mut system_random());
        Sealed { envelope: id, bytes: encode(&envelope), files: Vec::new() }
    }

    fn item(&self, id: &str) -> &protocol::pack::Item {
        self.pack.items.iter().find(|item| item.id.0 == id).unwrap()
    }

    /// One round trip, which the phone hears.
    pub(crate) async fn sync(&mut self, envelopes: &[&[u8]], open: &[EnvelopeId]) -> SyncAnswer {
        let response = self.send(envelopes, open).await;
        assert_eq!(response.status(), StatusCode::OK);
        let answer: SyncAnswer = decode(&response.bytes().await.unwrap()).unwrap();
        self.cursor = answer.cursor.clone();
        answer
    }

    /// One round trip in which the phone says that it is another device.
    pub(crate) async fn sync_as(&mut self, device: PublicKey) -> SyncAnswer {
        let response = self.send_as(device, &[], &[]).await;
        decode(&response.bytes().await.unwrap()).unwrap()
    }

    /// Asks for all news once more.
    pub(crate) fn forget_what_was_heard(&mut self) {
        self.cursor = None;
    }

    /// One round trip whose answer the caller hears, or does not.
    pub(crate) async fn send(&self, envelopes: &[&[u8]], open: &[EnvelopeId]) -> Response {
        self.send_as(self.key.public(), envelopes, open).await
    }

    async fn send_as(
        &self,
        device: PublicKey,
        envelopes: &[&[u8]],
        open: &[EnvelopeId],
    ) -> Response {
        let request = SyncRequest {
            version: VERSION,
            township: self.pack.township.clone(),
            device,
            sent_at: DeviceTime { unix_ms: 0, offset_minutes: 480 },
            cursor: self.cursor.clone(),
            envelopes: envelopes.iter().map(|bytes| bytes.to_vec().into()).collect(),
            open: open.to_vec(),
        };
        self.post(encode(&self.key.sign(&request))).await
    }

    /// Sends a body to `/api/sync`.
    pub(crate) async fn post(&self, body: Vec<u8>) -> Response {
        self.client.post(format!("{}/api/sync", self.address)).body(body).send().await.unwrap()
    }

    /// Entrusts a secret to the township.
    pub(crate) fn entrust(&self, secret: &[u8; 32]) -> Entrusted {
        let recipient = Recipient::try_from(&self.pack.sealing_key).unwrap();
        self.key.entrust(secret, &self.pack.township, &recipient, &mut system_random())
    }

    /// Asks for a secret back that was entrusted, as a device that this one may not be.
    /// Asks what is known of the people whom its holder serves, having heard the township's time so.
    pub(crate) async fn ask_roster(
        &self,
        heard_at: ServerTime,
        known: Option<Digest>,
    ) -> RosterAnswer {
        let (township, device) = (self.pack.township.clone(), self.key.public());
        let request = RosterRequest { township, device, heard_at, known };
        let body = encode(&self.key.sign(&request));
        let url = format!("{}/api/roster", self.address);
        let response = self.client.post(url).body(body).send().await.unwrap();
        decode(&response.bytes().await.unwrap()).unwrap()
    }

    pub(crate) async fn ask_recovery(
        &self,
        device: PublicKey,
        entrusted: Entrusted,
    ) -> Result<RecoveryAnswer, StatusCode> {
        let township = self.pack.township.clone();
        let sent_at = DeviceTime { unix_ms: 0, offset_minutes: 480 };
        let request = RecoveryRequest { township, device, sent_at, entrusted };
        let url = format!("{}/api/recovery", self.address);
        let body = encode(&self.key.sign(&request));
        let response = self.client.post(url).body(body).send().await.unwrap();
        match response.status() {
            StatusCode::OK => Ok(decode(&response.bytes().await.unwrap()).unwrap()),
            status => Err(status),
        }
    }

    /// The receipt of one envelope.
    pub(crate) async fn deliver(&mut self, sealed: &Sealed) -> Receipt {
        received(&self.sync(&[&sealed.bytes], &[]).await.verdicts[0]).claim().unwrap()
    }

    /// The refusal of one envelope.
    pub(crate) async fn refusal(&mut self, bytes: &[u8]) -> Refusal {
        match self.sync(&[bytes], &[]).await.verdicts.remove(0) {
            Verdict::Refused(refusal) => refusal,
            Verdict::Received(_) => panic!("was taken"),
        }
    }

    /// How far the files of an envelope have come.
    pub(crate) async fn delivery(&mut self, envelope: EnvelopeId) -> DeliveryState {
        self.sync(&[], &[envelope]).await.deliveries.remove(0)
    }

    /// The offset of a file.
    pub(crate) async fn offset(&self, file: FileId) -> Option<u64> {
        let response = self.upload("HEAD", file, &[], "").await;
        (response.status() == StatusCode::OK).then(|| offset(&response))
    }

    /// Sends bytes of a file.
    pub(crate) async fn patch(&self, file: FileId, at: u64, bytes: &[u8]) -> (u16, u64) {
        let response = self.try_patch(file, at, bytes.to_vec()).await.unwrap();
        (response.status().as_u16(), offset(&response))
    }

    /// Sends bytes of a file, or fails to.
    pub(crate) async fn try_patch(
        &self,
        file: FileId,
        at: u64,
        bytes: impl Into<reqwest::Body>,
    ) -> reqwest::Result<Response> {
        let request = self.client.patch(self.file_url(file));
        let request = request.header("content-type", "application/offset+octet-stream");
        request
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", at)
            .body(bytes)
            .send()
            .await
    }

    /// Asks something about a file, in tus.
    pub(crate) async fn upload(
        &self,
        method: &str,
        file: FileId,
        headers: &[(&str, &str)],
        body: impl Into<reqwest::Body>,
    ) -> Response {
        self.tus(method, &self.file_url(file), headers, body).await
    }

    /// Asks for a new file, in tus.
    pub(crate) async fn create(
        &self,
        headers: &[(&str, &str)],
        body: impl Into<reqwest::Body>,
    ) -> Response {
        self.tus("POST", &format!("{}/api/files", self.address), headers, body).await
    }

    async fn tus(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: impl Into<reqwest::Body>,
    ) -> Response {
        let mut request = self.client.request(method.parse().unwrap(), url);
        request = request.header("tus-resumable", "1.0.0").body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    }

    /// Sends a whole file from where it is.
    pub(crate) async fn finish(&self, file: &SealedFile) {
        let at = self.offset(file.id).await.unwrap();
        let sent = self.patch(file.id, at, &file.sealed[at as usize..]).await;
        assert_eq!(sent, (204, file.sealed.len() as u64));
    }

    fn file_url(&self, file: FileId) -> String {
        format!("{}/api/files/{file}", self.address)
    }
}

/// The pack that is served at `address`, as it is served.
pub(crate) async fn signed_pack(address: &str) -> Signed<PhonePack> {
    signed_pack_of(Suite::One, address).await
}

async fn signed_pack_of(suite: Suite, address: &str) -> Signed<PhonePack> {
    let served = format!("{address}/api/pack?suite={}", suite.number());
    let served = reqwest::get(served).await.unwrap();
    let signed: Signed<PhonePack> = decode(&served.bytes().await.unwrap()).unwrap();
    assert!(verify(&signed, &signed.claim().unwrap().signing_keys[0]).is_ok());
    signed
}

/// A photo of so many bytes, and its entry in a manifest.
pub(crate) fn photo(name: String, length: usize) -> (ManifestEntry, SealedFile) {
    photo_of::<Suite1>(name, length)
}

fn photo_of<S: Algorithms>(name: String, length: usize) -> (ManifestEntry, SealedFile) {
    let key = S::file_key(&mut system_random());
    let seed = name.bytes().map(u32::from).sum::<u32>();
    let plain: Vec<u8> = (0..length as u32).map(|at| (at.wrapping_mul(seed) >> 3) as u8).collect();
    let sealed = seal_file(&key, &plain);
    assert_eq!(sealed.len() as u64, sealed_length(plain.len() as u64));
    let entry = ManifestEntry {
        id: FileId::new(now(), unique()),
        media_type: if name.ends_with("png") { "image/png" } else { "image/jpeg" }.to_owned(),
        name,
        length: length as u64,
        digest: S::SUITE.digest(&plain),
        sealed_digest: S::SUITE.digest(&sealed),
        key,
    };
    let file = SealedFile { id: entry.id, plain, sealed };
    (entry, file)
}

/// The receipt of a verdict.
pub(crate) fn received(verdict: &Verdict) -> &Signed<Receipt> {
    match verdict {
        Verdict::Received(receipt) => receipt,
        Verdict::Refused(refusal) => panic!("refused: {refusal:?}"),
    }
}

pub(crate) fn offset(response: &Response) -> u64 {
    let offset = response.headers().get("upload-offset");
    offset.map_or(0, |offset| offset.to_str().unwrap().parse().unwrap())
}

fn now() -> u64 {
    1_795_000_000_000
}

pub(crate) fn unique() -> [u8; 10] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    bytes[8..].copy_from_slice(&(std::process::id() as u16).to_be_bytes());
    bytes
}

pub(crate) fn finished_at() -> DeviceTime {
    let unix_ms = (FINISHED.unix_timestamp_nanos() / 1_000_000) as i64;
    DeviceTime { unix_ms, offset_minutes: 480 }
}
