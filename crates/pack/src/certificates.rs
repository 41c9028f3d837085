//! `certificates.toml`: what villages and townships do not certify any more, and who does instead.
//! 民发〔2020〕20 号; provinces have lists of their own.

use std::sync::Arc;

use protocol::encode;
use protocol::id::Digest;
use protocol::pack::{Certificates, RefusedCertificate};
use serde::Deserialize;

use crate::fault::Faults;
use crate::folder::Files;
use crate::read;

const FILE: &str = "certificates.toml";

/// The list as phones load it.
#[derive(Debug)]
pub struct PublishedCertificates {
    /// SHA-256 of the bytes: its name.
    pub digest: Digest,
    /// What `GET /api/guides/{sha256}` gives.
    pub bytes: Arc<[u8]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    lead: String,
    refused: Vec<WrittenRefused>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRefused {
    name: String,
    keywords: Vec<String>,
    instead: String,
    how: String,
}

/// Reads the list; a township may have none.
pub(crate) fn read(files: &Files, faults: &mut Faults) -> Option<PublishedCertificates> {
    files.get(FILE)?;
    let Written { lead, refused } = read::toml(files, FILE, faults)?;
    for (place, one) in refused.iter().enumerate() {
        if refused[..place].iter().any(|other| other.name == one.name) {
            faults.tell(FILE, format!("{} 写了两次", one.name), "每样只写一次");
        }
        if one.instead.trim().is_empty() {
            faults.tell(FILE, format!("{} 没有写 instead", one.name), "写清楚该找哪里");
        }
    }
    let refused = refused.into_iter().map(|one| {
        let WrittenRefused { name, keywords, instead, how } = one;
        RefusedCertificate { name, keywords, instead, how }
    });
    let bytes = encode(&Certificates { lead, refused: refused.collect() });
    Some(PublishedCertificates { digest: Digest::of(&bytes), bytes: bytes.into() })
}
