//! tus 1.0 as its specification has it, extension by extension, and as it meets our files.

use std::fs;
use std::time::Duration;

use protocol::FileId;
use reqwest::Response;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tus::{Algorithm, Checksum, Metadata};

use crate::material::household;
use crate::phone::{Phone, Sealed, offset, photo};
use crate::township::TestTownship;

const BYTES: (&str, &str) = ("content-type", "application/offset+octet-stream");

/// A phone whose envelope arrived, with two files of so many bytes that are still to come.
async fn arrived(township: &TestTownship, bytes: usize) -> (Phone, Sealed) {
    let mut phone = township.phone().await;
    let filled = household(&phone.form("ybcb").await, 1);
    let files = filled.files.into_iter().map(|name| photo(name, bytes)).collect();
    let sealed = phone.seal_with("ybcb", filled.answers, files);
    phone.deliver(&sealed).await;
    (phone, sealed)
}

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// What came of sending bytes with a checksum: the status, and where the file is then.
async fn checked(
    phone: &Phone,
    file: FileId,
    at: usize,
    bytes: &[u8],
    sum: &Checksum,
) -> (u16, u64) {
    let (at, sum) = (at.to_string(), sum.write());
    let headers = [BYTES, ("upload-offset", &at), ("upload-checksum", &sum)];
    let response = phone.upload("PATCH", file, &headers, bytes.to_vec()).await;
    (response.status().as_u16(), offset(&response))
}

/// A request that brings bytes of a file as slowly as it likes.
struct Slow(TcpStream);

impl Slow {
    async fn begin(township: &TestTownship, file: FileId, at: u64, length: usize) -> Self {
        let mut stream = TcpStream::connect(&township.address[7..]).await.unwrap();
        let head = format!(
            "PATCH /api/files/{file} HTTP/1.1\r\nhost: x\r\ntus-resumable: 1.0.0\r\n\
             content-type: application/offset+octet-stream\r\nupload-offset: {at}\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        Self(stream)
    }

    async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    /// The answer's first line and headers.
    async fn answer(mut self) -> String {
        let mut answer = String::new();
        self.0.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

/// Waits for a file to be somewhere.
async fn until_at(phone: &Phone, file: FileId, at: u64) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while phone.offset(file).await != Some(at) {
        assert!(Instant::now() < deadline, "it is at {:?}", phone.offset(file).await);
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn whoever_speaks_another_version_is_told_which_is_spoken_here() {
    let township = TestTownship::start().await;
    let (phone, sealed) = arrived(&township, 1_000).await;
    let file = sealed.files[0].id;
    let client = reqwest::Client::new();
    for url in [format!("{}/api/files", township.address), township.upload_url(file)] {
        let options = client.request("OPTIONS".parse().unwrap(), &url).send().await.unwrap();
        assert_eq!(options.status(), 204);
        assert_eq!(header(&options, "tus-version"), "1.0.0");
        let extensions = "creation,creation-with-upload,checksum,expiration,termination";
        assert_eq!(header(&options, "tus-extension"), extensions);
        assert_eq!(header(&options, "tus-checksum-algorithm"), "sha256,sha1");
        assert_eq!(header(&options, "tus-max-size"), "4296015872");
    }
    let url = township.upload_url(file);
    for version in [None, Some("0.2.2")] {
        for method in ["HEAD", "PATCH", "DELETE"] {
            let mut request = client.request(method.parse().unwrap(), &url);
            request = request.header("upload-offset", 0).header(BYTES.0, BYTES.1);
            if let Some(version) = version {
                request = request.header("tus-resumable", version);
            }
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 412, "{method}");
            assert_eq!(header(&response, "tus-version"), "1.0.0");
            assert_eq!(header(&response, "tus-resumable"), "1.0.0");
        }
    }
    assert_eq!(phone.offset(file).await, Some(0), "nothing of it was done");
}

#[tokio::test]
async fn a_creation_finds_what_an_envelope_named_and_makes_nothing_else() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    let file = &sealed.files[0];
    let length = file.sealed.len();
    let create = async |phone: &Phone, id: &str, length: usize| {
        let metadata = Metadata::from([("id", id.as_bytes()), ("filename", b"card.jpg")]).write();
        let length = length.to_string();
        let told = [("upload-length", length.as_str()), ("upload-metadata", &metadata)];
        phone.create(&told, "").await
    };
    let id = file.id.to_string();
    assert_eq!(create(&phone, &id, length).await.status(), 404, "nobody named it yet");
    assert_eq!(phone.offset(file.id).await, None);

    phone.deliver(&sealed).await;
    let created = create(&phone, &id, length).await;
    assert_eq!(created.status(), 201);
    assert_eq!(header(&created, "location"), format!("/api/files/{id}"));
    assert_eq!(header(&created, "tus-resumable"), "1.0.0");
    assert_eq!(create(&phone, &id, length - 1).await.status(), 409);
    assert_eq!(create(&phone, &id, 5 << 30).await.status(), 413);
    assert_eq!(create(&phone, "no id", length).await.status(), 400);
    assert_eq!(phone.create(&[("upload-length", "9")], "").await.status(), 400, "no id at all");

    phone.patch(file.id, 0, &file.sealed[..1_000]).await;
    let again = create(&phone, &id, length).await;
    assert_eq!((again.status().as_u16(), offset(&again)), (201, 1_000), "it goes on");
    phone.finish(file).await;
}

#[tokio::test]
async fn a_creation_may_bring_the_first_bytes() {
    let township = TestTownship::start().await;
    let (phone, sealed) = arrived(&township, 10_000).await;
    let file = &sealed.files[0];
    let metadata = Metadata::from([("id", file.id.to_string().as_bytes())]).write();
    let length = file.sealed.len().to_string();
    let told = [BYTES, ("upload-length", &length), ("upload-metadata", &metadata)];
    let created = phone.create(&told, file.sealed[..4_000].to_vec()).await;
    assert_eq!((created.status().as_u16(), offset(&created)), (201, 4_000));
    assert_eq!(header(&created, "location"), format!("/api/files/{}", file.id));
    assert!(!header(&created, "upload-expires").is_empty());
    let again = phone.create(&told, file.sealed.clone()).await;
    assert_eq!((again.status().as_u16(), offset(&again)), (201, 4_000), "what came stays");
    phone.finish(file).await;
}

#[tokio::test]
async fn a_piece_that_is_not_what_its_checksum_says_is_thrown_away() {
    let township = TestTownship::start().await;
    // More than is ever made durable at once.
    let (phone, sealed) = arrived(&township, 2_000_000).await;
    let file = &sealed.files[0];
    let (first, rest) = file.sealed.split_at(1_200_000);
    let sum = Checksum::of(Algorithm::Sha256, first);
    let mut altered = first.to_vec();
    altered[1_199_999] ^= 1;
    assert_eq!(checked(&phone, file.id, 0, &altered, &sum).await, (460, 0));
    assert_eq!(checked(&phone, file.id, 0, &first[1..], &sum).await, (460, 0));
    assert_eq!(phone.offset(file.id).await, Some(0));
    assert_eq!(checked(&phone, file.id, 0, first, &sum).await, (204, 1_200_000));

    let sum = Checksum::of(Algorithm::Sha1, rest);
    let mut altered = rest.to_vec();
    altered[0] ^= 1;
    let wrong = checked(&phone, file.id, 1_200_000, &altered, &sum).await;
    assert_eq!(wrong, (460, 1_200_000), "the file is where it was");
    let unknown = [BYTES, ("upload-offset", "1200000"), ("upload-checksum", "md5 AAAA")];
    let unknown = phone.upload("PATCH", file.id, &unknown, rest.to_vec()).await;
    assert_eq!(unknown.status(), 400);
    let longer = [rest, b"more"].concat();
    let sum_of_longer = Checksum::of(Algorithm::Sha1, &longer);
    assert_eq!(checked(&phone, file.id, 1_200_000, &longer, &sum_of_longer).await.0, 413);
    assert_eq!(checked(&phone, file.id, 1_200_000, rest, &sum).await.0, 204);
    assert_eq!(fs::read(township.file(file.id)).unwrap(), file.sealed);
}

#[tokio::test]
async fn whether_a_piece_or_the_whole_file_is_wrong_is_told_apart() {
    let township = TestTownship::start().await;
    let (phone, sealed) = arrived(&township, 10_000).await;
    let file = &sealed.files[0];
    let (first, rest) = file.sealed.split_at(5_000);
    phone.patch(file.id, 0, &vec![0; 5_000]).await;
    let sum = Checksum::of(Algorithm::Sha256, rest);
    assert_eq!(checked(&phone, file.id, 5_000, first, &sum).await, (460, 5_000), "the piece");
    assert_eq!(checked(&phone, file.id, 5_000, rest, &sum).await, (460, 0), "the file");
    assert!(fs::read(township.file(file.id)).unwrap().is_empty(), "nothing of it is kept");
    phone.finish(file).await;
}

#[tokio::test]
async fn what_nobody_goes_on_with_is_thrown_away_and_may_come_all_the_same() {
    let township = TestTownship::start().await;
    let (mut phone, sealed) = arrived(&township, 100_000).await;
    let [file, other] = &sealed.files[..] else { panic!("two files") };
    let about = phone.upload("HEAD", file.id, &[], "").await;
    assert_eq!(header(&about, "upload-expires"), "", "of nothing, nothing expires");
    for begun in [file, other] {
        phone.patch(begun.id, 0, &begun.sealed[..40_000]).await;
    }
    // Monday, 23 November 2026, ten o'clock, and 180 days.
    let about = phone.upload("HEAD", file.id, &[], "").await;
    assert_eq!(header(&about, "upload-expires"), "Sat, 22 May 2027 02:00:00 GMT");

    township.clock.forward(179 * 24 * 60);
    let more = [BYTES, ("upload-offset", "40000")];
    let more = phone.upload("PATCH", file.id, &more, file.sealed[40_000..50_000].to_vec()).await;
    assert_eq!(header(&more, "upload-expires"), "Wed, 17 Nov 2027 02:00:00 GMT", "it moved");
    township.clock.forward(179 * 24 * 60);
    until_at(&phone, other.id, 0).await;
    assert_eq!(phone.offset(file.id).await, Some(50_000), "it is younger than its first byte");
    phone.finish(other).await;

    township.clock.forward(24 * 60);
    until_at(&phone, file.id, 0).await;
    let emptied = Instant::now() + Duration::from_secs(10);
    while fs::metadata(township.file(file.id)).unwrap().len() > 0 {
        assert!(Instant::now() < emptied, "its bytes are still there");
        tokio::task::yield_now().await;
    }
    assert_eq!(phone.patch(file.id, 50_000, &file.sealed[50_000..]).await, (409, 0));
    assert_eq!(phone.delivery(sealed.envelope).await.missing[0].offset, 0);
    phone.finish(file).await;
    township.clock.forward(1000 * 24 * 60);
    let about = phone.upload("HEAD", file.id, &[], "").await;
    assert_eq!(header(&about, "upload-expires"), "", "what is whole stays");
    assert!(phone.delivery(sealed.envelope).await.completion.is_some());
    for file in &sealed.files {
        assert_eq!(fs::read(township.file(file.id)).unwrap(), file.sealed);
    }
}

#[tokio::test]
async fn an_upload_can_be_ended_until_it_is_whole() {
    let township = TestTownship::start().await;
    let (phone, sealed) = arrived(&township, 100_000).await;
    let file = &sealed.files[0];
    let end = async || phone.upload("DELETE", file.id, &[], "").await.status().as_u16();
    assert_eq!(end().await, 204, "nothing came yet");
    phone.patch(file.id, 0, &file.sealed[..70_000]).await;
    assert_eq!(end().await, 204);
    assert_eq!(phone.offset(file.id).await, Some(0), "the envelope still names it");
    assert!(fs::read(township.file(file.id)).unwrap().is_empty());
    phone.finish(file).await;
    assert_eq!(end().await, 403, "what is whole is written once");
    assert_eq!(fs::read(township.file(file.id)).unwrap(), file.sealed);
    let nobodys = FileId::from_bytes([7; 16]);
    assert_eq!(phone.upload("DELETE", nobodys, &[], "").await.status(), 404);
}

#[tokio::test]
async fn a_client_that_can_only_post_says_what_it_means() {
    let township = TestTownship::start().await;
    let (phone, sealed) = arrived(&township, 10_000).await;
    let file = &sealed.files[0];
    let meant = |method| [BYTES, ("upload-offset", "0"), ("x-http-method-override", method)];
    let bytes = file.sealed.clone();
    assert_eq!(phone.upload("POST", file.id, &meant("PATCH"), bytes).await.status(), 204);
    let unmeant = phone.upload("POST", file.id, &[], "").await;
    assert_eq!(unmeant.status(), 405);
    assert_eq!(header(&unmeant, "allow"), "DELETE, HEAD, OPTIONS, PATCH");
}

/// getodk/central#793: attachments could be replaced at any time, so that no submission was ever
/// complete for certain.
#[tokio::test]
async fn who_comes_late_does_not_touch_a_file_that_is_whole() {
    let township = TestTownship::start().await;
    let (phone, sealed) = arrived(&township, 100_000).await;
    let file = &sealed.files[0];
    let other = vec![0; file.sealed.len()];
    let mut late = Slow::begin(&township, file.id, 0, other.len()).await;
    late.send(&other[..10]).await;
    phone.finish(file).await;
    late.send(&other[10..]).await;
    let answer = late.answer().await;
    assert!(answer.starts_with("HTTP/1.1 409 "), "{answer}");
    assert!(answer.contains(&format!("upload-offset: {}", file.sealed.len())), "{answer}");
    assert_eq!(fs::read(township.file(file.id)).unwrap(), file.sealed, "byte for byte");
}

#[tokio::test]
async fn a_stalled_upload_keeps_nobody_waiting() {
    let township = TestTownship::start().await;
    let (phone, sealed) = arrived(&township, 2_000_000).await;
    let [file, other] = &sealed.files[..] else { panic!("two files") };
    let mut stalled = Slow::begin(&township, file.id, 0, file.sealed.len()).await;
    stalled.send(&file.sealed[..600_000]).await;
    until_at(&phone, file.id, 600_000).await;
    // Neither the other file, nor the same one over a new connection.
    for file in [other, file] {
        timeout(Duration::from_secs(10), phone.finish(file)).await.unwrap();
        assert_eq!(fs::read(township.file(file.id)).unwrap(), file.sealed);
    }
}

/// A mast that is gone tells the township nothing, and the phone that finds another one asks at once.
#[tokio::test]
async fn what_came_before_a_connection_fell_silent_need_not_be_sent_again() {
    let township = TestTownship::start().await;
    let (phone, sealed) = arrived(&township, 400_000).await;
    let file = &sealed.files[0];
    let mut silent = Slow::begin(&township, file.id, 0, file.sealed.len()).await;
    silent.send(&file.sealed[..70_000]).await;
    until_at(&phone, file.id, 70_000).await;
    // It may find its way after all.
    silent.send(&file.sealed[70_000..100_000]).await;
    until_at(&phone, file.id, 100_000).await;
    phone.finish(file).await;
    assert_eq!(fs::read(township.file(file.id)).unwrap(), file.sealed);
}

/// The threads for work on disks are few, here one; those who wait for a file must not take them.
#[test]
fn of_many_writers_one_is_heard() {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.enable_all().worker_threads(2).max_blocking_threads(1);
    runtime.build().unwrap().block_on(async {
        let township = TestTownship::start().await;
        let (phone, sealed) = arrived(&township, 400_000).await;
        let file = &sealed.files[0];
        let all = (0..24).map(|writer| phone.try_patch(file.id, 0, vec![writer; 300_000]));
        let all = timeout(Duration::from_secs(60), futures_util::future::join_all(all)).await;
        let ends = all.unwrap().into_iter().map(|answer| answer.unwrap().status().as_u16());
        let ends: Vec<u16> = ends.collect();
        let heard = ends.iter().position(|status| *status == 204).unwrap();
        assert_eq!(ends.iter().filter(|status| **status == 409).count(), 23, "{ends:?}");
        let kept = fs::read(township.file(file.id)).unwrap();
        assert!(kept == vec![heard as u8; 300_000], "the bytes of several are mixed");
        assert_eq!(phone.upload("DELETE", file.id, &[], "").await.status(), 204);
        phone.finish(file).await;
    });
}
