//! Pictures and sounds: those that a form names are `forms/media/<name>`.

use std::collections::BTreeSet;
use std::sync::Arc;

use form::Form;
use protocol::id::Digest;

use crate::fault::Faults;
use crate::folder::{Files, MEDIA};

/// No single file may be larger: phones keep them all, and fetch them over weak links.
const LARGEST: usize = 1024 * 1024;

/// A picture or a sound.
#[derive(Debug)]
pub struct Media {
    /// What it is called where it is named.
    pub name: String,
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// What `GET /api/media/{sha256}` gives.
    pub bytes: Arc<[u8]>,
}

/// Every file that the labels and choices of `form` name, in any language.
pub(crate) fn read(
    files: &Files,
    spreadsheet: &str,
    form: &Form,
    faults: &mut Faults,
) -> Vec<Media> {
    let extras = form.nodes.iter().filter_map(|node| node.extras.as_deref());
    let of_nodes = extras.map(|extras| &extras.media);
    let of_choices = form.lists.iter().flat_map(|list| list.media.iter().map(|(_, media)| media));
    let names: BTreeSet<&str> =
        of_nodes.chain(of_choices).flat_map(|media| media.files()).collect();
    find(files, spreadsheet, MEDIA, names, faults)
}

/// The files of these names in `folder`, which `named_in` names.
pub(crate) fn find(
    files: &Files,
    named_in: &str,
    folder: &str,
    names: BTreeSet<&str>,
    faults: &mut Faults,
) -> Vec<Media> {
    let mut found = Vec::new();
    for name in names {
        let path = format!("{folder}{name}");
        match files.get(&path) {
            Some(bytes) if bytes.len() <= LARGEST => found.push(Media {
                name: name.to_owned(),
                digest: Digest::of(bytes),
                bytes: bytes.into(),
            }),
            Some(_) => faults.tell(&path, "超过 1 MB，手机取不动", "压缩以后再放进来"),
            None => {
                let what = format!("写了 {name}，但没有 {path}");
                faults.tell(named_in, what, format!("把文件放进 {folder}，或者不要写它"));
            }
        }
    }
    found
}
