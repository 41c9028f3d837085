//! Checksums (ODK XForms, `digest`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::super::{Evaluation, Expression, Outcome};

/// Of an unknown kind nothing; in base64 where no encoding is given.
pub(super) fn digest<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let (text, kind) = (e.text(&a[0]), e.text(&a[1]));
    let bytes = text.as_bytes();
    let sum = match &*kind {
        "MD5" => Md5::digest(bytes).to_vec(),
        "SHA-1" => Sha1::digest(bytes).to_vec(),
        "SHA-256" => Sha256::digest(bytes).to_vec(),
        "SHA-384" => Sha384::digest(bytes).to_vec(),
        "SHA-512" => Sha512::digest(bytes).to_vec(),
        _ => return Outcome::text(""),
    };
    let is_hex = a.get(2).is_some_and(|encoding| e.text(encoding) == "hex");
    Outcome::text(if is_hex { hex(&sum) } else { STANDARD.encode(&sum) })
}

fn hex(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(|half| char::from_digit(half.into(), 16)).collect()
}
