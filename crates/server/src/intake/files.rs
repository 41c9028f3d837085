//! The manifest must name exactly the files that the answers name.

use std::collections::BTreeSet;

use form::model::Kind;
use form::{InstanceId, Session};
use protocol::ManifestEntry;

use super::check::unfit;
use super::refusal::Objection;

pub(super) fn fit(session: &Session, manifest: &[ManifestEntry]) -> Result<(), Objection> {
    let mut answered = Vec::new();
    collect(session, session.root(), &mut answered);
    let names: BTreeSet<_> = manifest.iter().map(|file| file.name.as_str()).collect();
    let ids: BTreeSet<_> = manifest.iter().map(|file| file.id).collect();
    let whole = names.len() == manifest.len() && ids.len() == manifest.len();
    let wanted: BTreeSet<_> = answered.iter().map(String::as_str).collect();
    if whole && wanted.len() == answered.len() && wanted == names {
        return Ok(());
    }
    let details = format!("表里 {} 个文件，清单 {} 个", answered.len(), manifest.len());
    Err(unfit("照片、录音和表里填的对不上，请重新交", details))
}

fn collect(session: &Session, at: InstanceId, names: &mut Vec<String>) {
    for child in session.children(at).into_iter().filter(|child| session.is_relevant(*child)) {
        match &session.form().node(child.node).kind {
            Kind::Group => collect(session, child, names),
            Kind::Repeat { .. } => {
                for row in session.rows(child) {
                    collect(session, row, names);
                }
            }
            Kind::Question(_) => {
                names.extend(session.files(child).into_iter().map(str::to_owned));
            }
            _ => {}
        }
    }
}
