//! Drawings of the way to an office: `maps/<name>`.

use std::collections::BTreeSet;

use crate::fault::Faults;
use crate::folder::{Files, MAPS};
use crate::media::{self, Media};
use crate::office::Office;

/// Every drawing that the offices name. Phones keep them, so that the way is found without network.
pub(crate) fn read(files: &Files, offices: &[Office], faults: &mut Faults) -> Vec<Media> {
    let names: BTreeSet<&str> = offices.iter().filter_map(|own| own.map.as_deref()).collect();
    media::find(files, "offices.toml", MAPS, names, faults)
}
