//! Files: piece by piece, from any byte, over anything that breaks.

use std::fs;

use protocol::Digest;
use protocol::keys::verify;

use crate::material::household;
use crate::phone::photo;
use crate::township::TestTownship;

/// kobotoolbox/enketo-express#776: of several large photos the text arrived and the later photos
/// did not, without a word.
/// kobotoolbox/kobocat#432: attachments were missing, and nothing said which, or that any were.
#[tokio::test]
async fn files_resume_at_any_byte() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    assert_eq!(phone.offset(sealed.files[0].id).await, None, "nobody named it yet");
    phone.deliver(&sealed).await;

    let [card, sign] = &sealed.files[..] else { panic!("two files") };
    assert_eq!(phone.patch(card.id, 0, &card.sealed[..1]).await, (204, 1));
    assert_eq!(phone.patch(card.id, 1, &card.sealed[1..70_001]).await, (204, 70_001));
    assert_eq!(phone.patch(card.id, 5, &card.sealed[5..]).await, (409, 70_001));
    assert_eq!(phone.offset(card.id).await, Some(70_001));
    let missing = phone.delivery(sealed.envelope).await.missing;
    assert_eq!((missing[0].file, missing[0].offset), (card.id, 70_001));
    assert_eq!(missing.len(), 2);

    phone.finish(card).await;
    let whole = card.sealed.len() as u64;
    assert_eq!(phone.patch(card.id, whole, b"").await, (204, whole), "a repeat is harmless");
    assert!(phone.delivery(sealed.envelope).await.completion.is_none(), "one is on the way");
    phone.finish(sign).await;

    let answer = phone.sync(&[], &[sealed.envelope]).await;
    let completion = answer.deliveries[0].completion.as_ref().unwrap();
    let completion = verify(completion, &phone.pack.signing_keys[0]).unwrap();
    let digests: Vec<u8> =
        sealed.files.iter().flat_map(|file| Digest::of(&file.sealed).0).collect();
    assert_eq!(completion.files, Digest::of(&digests));
    for file in &sealed.files {
        assert_eq!(fs::read(township.file(file.id)).unwrap(), file.sealed, "byte for byte");
    }
}

/// getodk/central-backend#299, getodk/central-backend#330: where the same picture answered two
/// questions, the second was a conflict and the submission never arrived.
#[tokio::test]
async fn the_same_picture_may_answer_two_questions() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let answers = household(&phone.form("ybcb").await, 1).answers;
    let card = photo("card-0.jpg".into(), 70_000);
    let (mut entry, sign) = photo("card-0.jpg".into(), 70_000);
    entry.name = "sign.png".into();
    assert_eq!(entry.digest, card.0.digest, "the same bytes");
    let sealed = phone.seal_with("ybcb", answers, vec![card, (entry, sign)]);
    phone.deliver(&sealed).await;
    for file in &sealed.files {
        phone.finish(file).await;
    }
    assert!(phone.delivery(sealed.envelope).await.completion.is_some());
}

#[tokio::test]
async fn a_file_that_is_not_the_manifests_begins_again() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    phone.deliver(&sealed).await;
    let file = &sealed.files[0];
    let mut altered = file.sealed.clone();
    altered[100] ^= 1;
    assert_eq!(phone.patch(file.id, 0, &altered).await, (460, 0));
    assert_eq!(phone.offset(file.id).await, Some(0));
    phone.finish(file).await;
}

#[tokio::test]
async fn more_bytes_than_the_manifest_says_are_not_taken() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    phone.deliver(&sealed).await;
    let file = &sealed.files[0];
    let longer = [&file.sealed[..], b"more"].concat();
    assert_eq!(phone.patch(file.id, 0, &longer).await.0, 413);
    phone.finish(file).await;
}

#[tokio::test]
async fn what_came_before_a_connection_broke_is_kept() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    phone.deliver(&sealed).await;
    let file = &sealed.files[0];
    // A body that promises the whole file and breaks off after a part of it.
    let mut stream = tokio::net::TcpStream::connect(&township.address[7..]).await.unwrap();
    let head = format!(
        "PATCH /api/files/{} HTTP/1.1\r\nhost: x\r\ntus-resumable: 1.0.0\r\ncontent-type: application/offset+octet-stream\r\n\
         upload-offset: 0\r\ncontent-length: {}\r\n\r\n",
        file.id,
        file.sealed.len()
    );
    use tokio::io::AsyncWriteExt as _;
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&file.sealed[..50_000]).await.unwrap();
    stream.shutdown().await.unwrap();
    drop(stream);
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    while phone.offset(file.id).await != Some(50_000) {
        assert!(tokio::time::Instant::now() < deadline, "what came was not kept");
        tokio::task::yield_now().await;
    }
    phone.finish(file).await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_folder_says_so_and_the_file_goes_on_later() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    phone.deliver(&sealed).await;
    let file = &sealed.files[0];
    let path = township.file(file.id);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    // The kernel's own full disk.
    std::os::unix::fs::symlink("/dev/full", &path).unwrap();
    let response = phone.try_patch(file.id, 0, file.sealed.clone()).await.unwrap();
    assert_eq!(response.status(), 507);
    assert!(response.text().await.unwrap().contains("存不下"));
    assert_eq!(phone.offset(file.id).await, Some(0));
    fs::remove_file(path).unwrap();
    phone.finish(file).await;
}
