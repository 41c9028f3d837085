//! What people should know before they apply: the `[guide]` and `[notice]` of an item, with what
//! `township.toml` says for all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::encode;
use protocol::id::Digest;
use protocol::pack::{Guide, MediaFile, Notice, Point};
use serde::Deserialize;

use crate::data::Field;
use crate::fault::Faults;
use crate::media::Media;

/// A guide as phones load it.
#[derive(Debug)]
pub struct PublishedGuide {
    /// SHA-256 of the bytes: its name.
    pub digest: Digest,
    /// What `GET /api/guides/{sha256}` gives.
    pub bytes: Arc<[u8]>,
    /// Its notice, by which applications name what people were told; and the notice's own bytes.
    pub notice: Option<(Digest, Arc<[u8]>)>,
}

/// `[guide]` of an item.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenGuide {
    #[serde(default)]
    who: Vec<String>,
    #[serde(default)]
    bring: Vec<String>,
    steps: Vec<String>,
    limit: String,
    fee: String,
    #[serde(default)]
    know: Vec<String>,
}

/// `[notice]` of an item: what the law wants to be said of each kind of processing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenNotice {
    /// Nothing personal is collected: no notice, and why not.
    #[serde(default)]
    pub(crate) anonymous: bool,
    #[serde(default)]
    pub(crate) purpose: String,
    #[serde(default)]
    pub(crate) basis: String,
    #[serde(default)]
    kinds: String,
    #[serde(default)]
    sensitive: String,
    #[serde(default)]
    shared: String,
    #[serde(default)]
    published: String,
    #[serde(default)]
    retention: String,
    /// How many years after the end of a case what was told for it is kept; what `retention` tells people.
    pub(crate) keep_years: Option<u16>,
    /// For ever, in its place.
    #[serde(default)]
    pub(crate) keep_forever: bool,
    /// What differs for the answers to some questions.
    #[serde(default)]
    pub(crate) fields: BTreeMap<String, Field>,
}

/// `[notice]` of `township.toml`: what is the same for all items.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Collector {
    /// Who collects.
    pub(crate) who: String,
    /// Whom to ask.
    pub(crate) contact: String,
    /// What people can ask for.
    pub(crate) rights: String,
    /// What is optional, and asked for when it is used.
    pub(crate) optional: String,
}

/// Makes a guide; tells what the law wants to be said and is not.
pub(crate) fn publish(
    file: &str,
    guide: WrittenGuide,
    notice: &WrittenNotice,
    collector: &Collector,
    media: &[Media],
    faults: &mut Faults,
) -> PublishedGuide {
    let WrittenGuide { who, bring, steps, limit, fee, know } = guide;
    let notice = points(file, notice, collector, faults).map(|notice| encode(&notice));
    let own = notice.clone().map(|bytes| (Digest::of(&bytes), bytes.into()));
    let notice = notice.map(Into::into);
    let file = |file: &Media| MediaFile {
        name: file.name.clone(),
        digest: file.digest,
        length: file.bytes.len() as u64,
    };
    let media = media.iter().map(file).collect();
    let bytes = encode(&Guide { who, bring, steps, limit, fee, know, notice, media });
    PublishedGuide { digest: Digest::of(&bytes), bytes: bytes.into(), notice: own }
}

fn points(
    file: &str,
    notice: &WrittenNotice,
    collector: &Collector,
    faults: &mut Faults,
) -> Option<Notice> {
    if notice.anonymous {
        return None;
    }
    let mut must = |name: &str, words: &str| {
        if words.trim().is_empty() {
            let what = format!("[notice] 没有写 {name}");
            faults.tell(
                file,
                what,
                "个人信息保护法第十七条要求告知；确实不收个人信息的写 anonymous = true",
            );
        }
    };
    must("purpose", &notice.purpose);
    must("basis", &notice.basis);
    must("kinds", &notice.kinds);
    must("retention", &notice.retention);
    let why = format!("{}（{}）", notice.purpose, notice.basis);
    let points = [
        ("谁在收", &collector.who),
        ("为什么收", &why),
        ("收什么", &notice.kinds),
        ("要特别小心的", &notice.sensitive),
        ("会给谁看", &notice.shared),
        ("会公开什么", &notice.published),
        ("留多久", &notice.retention),
        ("可以不给的", &collector.optional),
        ("您的权利", &collector.rights),
        ("找谁问", &collector.contact),
    ];
    let said = points.into_iter().filter(|(_, words)| !words.is_empty());
    let point = |(heading, words): (&str, &String)| Point {
        heading: heading.to_owned(),
        words: words.clone(),
    };
    Some(Notice { points: said.map(point).collect() })
}
