//! Files are sent to the real server by the public client of tus, which is killed in the middle.
#![allow(clippy::unwrap_used)] // A test ends where something is not as it must be.

mod gate;
#[path = "../../../crates/server/tests/integration/material.rs"]
#[expect(dead_code, reason = "the material of other tests too")]
mod material;
#[path = "../../../crates/server/tests/integration/phone.rs"]
#[expect(dead_code, reason = "the phone can do more than these tests ask of it")]
mod phone;
mod serving;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use peers::tus_js::{TusJs, Upload};
use protocol::{Digest, FileId};

use crate::gate::Gate;
use crate::material::household;
use crate::phone::{Phone, Sealed, SealedFile, photo};
use crate::serving::Serving;

/// Bytes of each file before sealing: so many that no buffer on the way holds them.
const LENGTH: usize = 8_000_000;
/// Where the client is killed: in the middle of a request, at no boundary of anything.
const KILLED_AT: u64 = 3_210_987;
/// More than the head of a request has.
const HEAD: u64 = 4_096;

/// A township, an envelope that arrived, and its files on the disk of whoever is to send them.
struct Scene {
    serving: Serving,
    phone: Phone,
    sealed: Sealed,
    folder: tempfile::TempDir,
}

impl Scene {
    /// With two files of so many bytes before sealing.
    async fn with_files_of(length: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let serving = Serving::start(&folder.path().join("data"));
        let mut phone = Phone::new(&serving.address).await;
        let filled = household(&phone.form("ybcb").await, 1);
        let files = filled.files.into_iter().map(|name| photo(name, length)).collect();
        let sealed = phone.seal_with("ybcb", filled.answers, files);
        phone.deliver(&sealed).await;
        for file in &sealed.files {
            fs::write(folder.path().join(file.id.to_string()), &file.sealed).unwrap();
        }
        Self { serving, phone, sealed, folder }
    }

    fn path(&self, name: impl ToString) -> String {
        self.folder.path().join(name.to_string()).to_string_lossy().into_owned()
    }

    /// Where the server keeps a file.
    fn kept(&self, id: FileId) -> PathBuf {
        let last = format!("{:02x}", id.as_bytes()[15]);
        Path::new(&self.path("data/files")).join(last).join(id.to_string())
    }

    /// Waits until the server says that it has all of a file that went through the gate. Before, more
    /// may be on its way to the disk, and who goes on is told that the file is elsewhere.
    async fn until_kept(&self, file: &SealedFile, through: u64) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            match self.phone.offset(file.id).await.unwrap() {
                at if at == through => return,
                at => assert!(Instant::now() < deadline, "it kept {at} of {through} bytes"),
            }
        }
    }
}

/// Killed in the middle of a request, twice; each time another process goes on where the file is.
async fn is_killed_and_goes_on(scene: &Scene, file: &SealedFile, upload: &Upload<'_>, gate: &Gate) {
    let mut begun_at = 0;
    for _ in 0..2 {
        let before = gate.contents();
        gate.let_through(KILLED_AT);
        let mut client = TusJs::start().unwrap();
        client.begin(upload).unwrap();
        gate.until_closed().await;
        drop(client);
        gate.cut();
        begun_at += gate.contents() - before;
        scene.until_kept(file, begun_at).await;
    }
    let before = gate.let_through(u64::MAX);
    let sent = TusJs::start().unwrap().send(upload).unwrap();
    assert_eq!(sent.from, Some(begun_at), "it goes on where it was");
    let length = file.sealed.len() as u64;
    let passed = gate.passed() - before;
    assert!(passed <= length - begun_at + 2 * HEAD, "{passed} bytes for the rest");
    assert_eq!(scene.phone.offset(file.id).await, Some(length));
    let kept = Digest::of(&fs::read(scene.kept(file.id)).unwrap());
    assert_eq!(kept, Digest::of(&file.sealed));
}

/// tus/tus-js-client#142, tus/tus-js-client#730: the phone recompressed the video at each pick, or
/// was ended: the upload was not found again.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn tus_js_client_makes_an_upload_is_killed_and_goes_on_from_what_it_remembers() {
    let scene = Scene::with_files_of(LENGTH).await;
    let gate = Gate::before(&scene.serving.address).await;
    let mut most = Vec::new();
    for file in &scene.sealed.files {
        let (id, remembered) = (file.id.to_string(), scene.path("remembered.json"));
        let (path, endpoint) = (scene.path(&id), format!("{}/api/files", gate.address));
        let upload = Upload {
            file: &path,
            endpoint: Some(&endpoint),
            id: &id,
            remembered: Some(&remembered),
            ..Upload::default()
        };
        is_killed_and_goes_on(&scene, file, &upload, &gate).await;
        most.push(scene.serving.most_memory_kb());
    }
    // The kernel counts a process's memory by processor and so not to the page: it may say less.
    let grown = most[1].saturating_sub(most[0]);
    assert!(grown < 2 * 1024, "another file of {LENGTH} bytes took {grown} kB of memory");
    let Scene { mut phone, sealed, .. } = scene;
    let completion = phone.delivery(sealed.envelope).await.completion.unwrap();
    let key = &phone.pack.signing_keys[0];
    let completion = protocol::keys::verify(&completion, key).unwrap();
    let digests: Vec<u8> =
        sealed.files.iter().flat_map(|file| Digest::of(&file.sealed).0).collect();
    assert_eq!(completion.files, Digest::of(&digests), "signed: all of it is there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn tus_js_client_sends_to_an_address_that_it_was_given() {
    let scene = Scene::with_files_of(LENGTH).await;
    let gate = Gate::before(&scene.serving.address).await;
    let [first, second] = &scene.sealed.files[..] else { panic!("two files") };
    let url = |file: &SealedFile| format!("{}/api/files/{}", gate.address, file.id);
    let (path, to) = (scene.path(first.id), url(first));
    let upload = Upload { file: &path, url: Some(&to), ..Upload::default() };
    is_killed_and_goes_on(&scene, first, &upload, &gate).await;

    // In pieces, and from the beginning once more after it was ended.
    let (path, to) = (scene.path(second.id), url(second));
    let upload = Upload { file: &path, url: Some(&to), piece: Some(1_000_001), ..upload };
    let mut client = TusJs::start().unwrap();
    scene.phone.patch(second.id, 0, &second.sealed[..5_000]).await;
    client.end(&to).unwrap();
    assert_eq!(client.send(&upload).unwrap().from, Some(0));
    let kept = Digest::of(&fs::read(scene.kept(second.id)).unwrap());
    assert_eq!(kept, Digest::of(&second.sealed));
    let refused = client.end(&to).unwrap_err().to_string();
    assert!(refused.contains("403"), "what is whole stays: {refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn tus_js_client_makes_nothing_that_no_envelope_named() {
    let scene = Scene::with_files_of(1_000).await;
    let endpoint = format!("{}/api/files", scene.serving.address);
    let path = scene.path(scene.sealed.files[0].id);
    let nobodys = FileId::from_bytes([7; 16]).to_string();
    let upload =
        Upload { file: &path, endpoint: Some(&endpoint), id: &nobodys, ..Upload::default() };
    let refused = TusJs::start().unwrap().send(&upload).unwrap_err().to_string();
    assert!(refused.contains("404"), "{refused}");
}
