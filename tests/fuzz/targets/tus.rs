//! Any lines as the head of a request to `/api/files`: the method and `upload` or `uploads`, and the
//! headers.
#![cfg_attr(fuzzing, no_main)]

use fuzz::Target;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tus::{Algorithm, Checksum, Metadata, Piece, Request};

const TARGET: Target = Target { run, seeds, words };

fuzz::target!(TARGET);

fn run(bytes: &[u8]) {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let (method, target) = match first.strip_suffix(b" uploads") {
        Some(method) => (method, tus::Target::Uploads),
        None => (first.strip_suffix(b" upload").unwrap_or(first), tus::Target::Upload),
    };
    let Ok(method) = Method::from_bytes(method) else { return };
    match Request::read(target, &method, &headers(lines)) {
        Ok(Request::Create(creation)) => {
            assert_eq!(Metadata::read(&creation.metadata.write()), Ok(creation.metadata));
            look(creation.first.unwrap_or_default());
        }
        Ok(Request::Append(piece)) => look(piece),
        Ok(_) => {}
        Err(refusal) => assert!(refusal.status().is_client_error(), "{refusal}"),
    }
}

fn headers<'l>(lines: impl Iterator<Item = &'l [u8]>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let name = HeaderName::from_bytes(&line[..colon]);
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    headers
}

fn look(piece: Piece) {
    let Some(checksum) = piece.checksum else { return };
    assert_eq!(Checksum::read(&checksum.write()), Ok(checksum.clone()), "it is read as written");
    let of_nothing = Algorithm::ALL.map(|algorithm| Checksum::of(algorithm, b""));
    assert_eq!(checksum.clone().begin().is_met(), of_nothing.contains(&checksum));
}

fn seeds() -> Vec<Vec<u8>> {
    let tus = "Tus-Resumable: 1.0.0";
    let bytes = "Content-Type: application/offset+octet-stream";
    let id = b"01a1ec3e-9c00-7001-8101-010101010101";
    let metadata = Metadata::from([("id", &id[..]), ("filename", b"card.jpg"), ("empty", b"")]);
    let metadata = format!("Upload-Metadata: {}", metadata.write());
    let create = [tus, "Upload-Length: 70032", &metadata].join("\n");
    let mut all = vec![
        "OPTIONS uploads".to_owned(),
        format!("HEAD upload\n{tus}"),
        format!("DELETE upload\n{tus}"),
        format!("POST upload\n{tus}\nX-HTTP-Method-Override: PATCH\nUpload-Offset: 7\n{bytes}"),
        format!("POST uploads\n{create}"),
    ];
    for algorithm in Algorithm::ALL {
        for content in [&b""[..], b"hello world"] {
            let checksum = format!("Upload-Checksum: {}", Checksum::of(algorithm, content).write());
            all.push(format!("PATCH upload\n{tus}\n{bytes}\nUpload-Offset: 0\n{checksum}"));
            all.push(format!("POST uploads\n{create}\n{bytes}\n{checksum}"));
        }
    }
    all.into_iter().map(String::into_bytes).collect()
}

fn words() -> Vec<String> {
    let words = [
        "\nTus-Resumable: 1.0.0",
        "\nUpload-Offset: ",
        "\nUpload-Length: ",
        "\nUpload-Metadata: ",
        "\nUpload-Checksum: ",
        "\nX-HTTP-Method-Override: ",
        "\nContent-Type: application/offset+octet-stream",
        "sha256 ",
        "sha1 ",
        "id ",
        "YWJj",
        " upload",
        " uploads",
        "18446744073709551615",
        "18446744073709551616",
    ];
    words.map(str::to_owned).to_vec()
}
