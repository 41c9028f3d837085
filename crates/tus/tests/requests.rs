//! Requests as they come, and what is made of them.
#![allow(clippy::unwrap_used)] // A test ends where something is not as it must be.

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use tus::{Algorithm, Checksum, Creation, Metadata, Piece, Refusal, Request, Target, http_date};

fn read(target: Target, method: &str, headers: &[(&str, &str)]) -> Result<Request, Refusal> {
    let mut all = HeaderMap::new();
    for (name, value) in headers {
        let name = HeaderName::try_from(*name).unwrap();
        all.append(name, HeaderValue::try_from(*value).unwrap());
    }
    Request::read(target, &Method::try_from(method).unwrap(), &all)
}

const TUS: (&str, &str) = ("tus-resumable", "1.0.0");
const BYTES: (&str, &str) = ("content-type", "application/offset+octet-stream");

#[test]
fn whoever_asks_what_is_spoken_need_not_speak_it() {
    assert_eq!(read(Target::Uploads, "OPTIONS", &[]), Ok(Request::Capabilities));
    assert_eq!(read(Target::Upload, "OPTIONS", &[]), Ok(Request::Capabilities));
    for said in [&[][..], &[("tus-resumable", "0.2.2")], &[TUS, TUS]] {
        for method in ["HEAD", "PATCH", "DELETE"] {
            assert_eq!(read(Target::Upload, method, said), Err(Refusal::Version));
        }
    }
    assert_eq!(Refusal::Version.status(), StatusCode::PRECONDITION_FAILED);
}

#[test]
fn a_creation_tells_length_and_metadata_and_may_bring_bytes() {
    let told = [TUS, ("upload-length", "100"), ("upload-metadata", "id YWJj, is_secret")];
    let creation = Creation {
        length: 100,
        metadata: Metadata::from([("id", &b"abc"[..]), ("is_secret", b"")]),
        first: None,
    };
    assert_eq!(read(Target::Uploads, "POST", &told), Ok(Request::Create(creation.clone())));
    assert_eq!(creation.metadata.write(), "id YWJj,is_secret");
    let with_bytes = [&told[..], &[BYTES]].concat();
    let with_first = Creation { first: Some(Piece::default()), ..creation };
    assert_eq!(read(Target::Uploads, "POST", &with_bytes), Ok(Request::Create(with_first)));
}

#[test]
fn what_cannot_be_read_for_certain_is_refused() {
    let refused = |target, method, headers: &[(&str, &str)]| {
        read(target, method, &[&[TUS], headers].concat()).unwrap_err()
    };
    let create = |headers: &[(&str, &str)]| refused(Target::Uploads, "POST", headers);
    assert_eq!(create(&[]), Refusal::Length);
    assert_eq!(create(&[("upload-defer-length", "1")]), Refusal::Length, "not spoken here");
    for length in ["-1", "+1", "1.0", "", "99999999999999999999"] {
        assert_eq!(create(&[("upload-length", length)]), Refusal::Length, "{length}");
    }
    for metadata in ["id YWJj,id YWJj", "id ***", "id YWJj,,", "id YW Jj", ", YWJj"] {
        let told = [("upload-length", "1"), ("upload-metadata", metadata)];
        assert_eq!(create(&told), Refusal::Metadata, "{metadata}");
    }
    let append = |headers: &[(&str, &str)]| refused(Target::Upload, "PATCH", headers);
    assert_eq!(append(&[("upload-offset", "0")]), Refusal::MediaType);
    assert_eq!(append(&[BYTES]), Refusal::Offset);
    assert_eq!(append(&[BYTES, ("upload-offset", "0"), ("upload-offset", "9")]), Refusal::Offset);
    for (checksum, why) in [
        ("sha256", Refusal::Checksum),
        ("sha256 YWJj", Refusal::Checksum),
        ("crc32 YWJjZA==", Refusal::Algorithm),
    ] {
        let told = [BYTES, ("upload-offset", "0"), ("upload-checksum", checksum)];
        assert_eq!(append(&told), why);
    }
    assert_eq!(refused(Target::Upload, "POST", &[]), Refusal::Method);
    assert_eq!(refused(Target::Uploads, "DELETE", &[]), Refusal::Method);
}

#[test]
fn a_client_without_patch_says_which_method_it_means() {
    let told = [TUS, BYTES, ("upload-offset", "7"), ("x-http-method-override", "PATCH")];
    let piece = Piece { offset: 7, checksum: None };
    assert_eq!(read(Target::Upload, "POST", &told), Ok(Request::Append(piece)));
}

#[test]
fn a_checksum_is_met_by_its_bytes_however_they_are_cut() {
    // Of `hello world`, as the specification's own example has it.
    let checksum = Checksum::read("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").unwrap();
    assert_eq!(checksum, Checksum::of(Algorithm::Sha1, b"hello world"));
    for algorithm in Algorithm::ALL {
        let written = Checksum::of(algorithm, b"hello world").write();
        let met = |pieces: &[&[u8]]| {
            let mut running = Checksum::read(&written).unwrap().begin();
            pieces.iter().for_each(|piece| running.update(piece));
            running.is_met()
        };
        assert!(met(&[b"hello ", b"", b"world"]));
        assert!(!met(&[b"hello ", b"World"]));
        assert!(!met(&[b"hello worl"]));
    }
}

#[test]
fn a_date_is_written_as_http_has_it() {
    assert_eq!(http_date(1_403_712_000_999), "Wed, 25 Jun 2014 16:00:00 GMT");
    assert_eq!(http_date(-1), "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_eq!(http_date(i64::MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
}
