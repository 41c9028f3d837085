//! Forms as phones load them.

use reqwest::Client;

use crate::township::TestTownship;

#[tokio::test]
async fn a_form_is_packed_on_the_wire_and_kept_for_ever() {
    let township = TestTownship::start().await;
    let phone = township.phone().await;
    let digest = phone.pack.items[0].form;
    let url = format!("{}/api/forms/{digest}", township.address);
    let request = Client::builder().gzip(false).build().unwrap().get(&url);
    let response = request.header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert!(response.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    let packed = response.bytes().await.unwrap().len() as u64;
    assert!(packed < phone.pack.items[0].form_length / 2, "{packed}");
    let none = "0".repeat(64);
    let missing = reqwest::get(format!("{}/api/forms/{none}", township.address)).await.unwrap();
    assert_eq!(missing.status(), 404);
}

#[tokio::test]
async fn a_packed_request_is_unpacked_and_one_that_unfolds_without_end_is_not() {
    use std::io::Write as _;
    let township = TestTownship::start().await;
    let phone = township.phone().await;
    let request = protocol::SyncRequest {
        version: protocol::sync::VERSION,
        township: phone.pack.township.clone(),
        device: phone.key.public(),
        sent_at: protocol::DeviceTime { unix_ms: 0, offset_minutes: 0 },
        cursor: None,
        envelopes: Vec::new(),
        open: Vec::new(),
    };
    let send = async |plain: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(plain).unwrap();
        let request = Client::new().post(format!("{}/api/sync", township.address));
        let request = request.header("content-encoding", "gzip").body(packed.finish().unwrap());
        request.send().await.unwrap().status()
    };
    assert_eq!(send(&protocol::encode(&phone.key.sign(&request))).await, 200);
    assert_eq!(send(&vec![0; 8 * 1024 * 1024]).await, 413);
}
