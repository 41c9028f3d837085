//! `Upload-Metadata`: `key base64,key base64,key`.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::refusal::Refusal;

/// What a client tells of an upload besides its length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata(BTreeMap<String, Vec<u8>>);

impl Metadata {
    /// Reads the header's value. Spaces around the commas are forgiven: proxies put them there.
    ///
    /// # Errors
    /// [`Refusal::Metadata`].
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut all = BTreeMap::new();
        if text.is_empty() {
            return Ok(Self(all));
        }
        for pair in text.split(',').map(str::trim) {
            let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let value = STANDARD.decode(value).map_err(|_| Refusal::Metadata)?;
            if key.is_empty() || !key.is_ascii() || all.insert(key.to_owned(), value).is_some() {
                return Err(Refusal::Metadata);
            }
        }
        Ok(Self(all))
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&[u8]> {
        self.0.get(key).map(Vec::as_slice)
    }

    /// As it is written in the header.
    pub fn write(&self) -> String {
        let pairs = self.0.iter().map(|(key, value)| match value.is_empty() {
            true => key.clone(),
            false => format!("{key} {}", STANDARD.encode(value)),
        });
        pairs.collect::<Vec<_>>().join(",")
    }
}

impl<const N: usize> From<[(&str, &[u8]); N]> for Metadata {
    fn from(pairs: [(&str, &[u8]); N]) -> Self {
        Self(pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_vec())).collect())
    }
}
