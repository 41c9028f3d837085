//! The audit as a file, to be kept where nobody who runs the server can reach it, and verified there.
//!
//! An entry a line, its parts parted by tabs: place, time, who, what in words, body and digest in
//! hexadecimal. The words are for people, and are compared with the body: nobody can tell one thing in
//! words and keep another.

use std::io::{BufRead, Write};

use pack::Pack;
use protocol::{Digest, Township, decode};
use time::{OffsetDateTime, UtcOffset};

use super::{Entry, link, words};
use crate::cases::local;
use crate::storage::{self, Connection, StorageError};

/// So many entries are read at once.
const PAGE: u64 = 1000;
/// The first line: what it is, the township, and the minutes east of UTC that times are told in.
const HEADING: &str = "xst audit v1";

/// Writes all entries. Tells how many.
pub(crate) async fn export(
    db: &mut dyn Connection,
    township: &Township,
    pack: &Pack,
    out: &mut impl Write,
) -> Result<u64, StorageError> {
    writeln!(out, "{HEADING}\t{}\t{}", township.0, pack.township.utc_offset.whole_minutes())?;
    let mut place = 0;
    loop {
        let page = storage::audit::after(db, township, place, PAGE).await?;
        if page.is_empty() {
            return Ok(place);
        }
        for (found, body, digest) in page {
            place = found;
            let entry: Entry = decode(&body).map_err(|_| StorageError::Unreadable("audit"))?;
            let told = told(&entry, local(pack, entry.at));
            writeln!(out, "{place}\t{told}\t{}\t{digest}", hex(&body))?;
        }
    }
}

/// When, who and what, for people.
fn told(entry: &Entry, at: OffsetDateTime) -> String {
    let (date, time) = (at.date(), at.time());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    // Nobody's name makes two lines of one.
    let who = entry.who.replace(['\t', '\n', '\r'], " ");
    let what = words(&entry.did).replace(['\t', '\n', '\r'], " ");
    format!("{date} {hour:02}:{minute:02}:{second:02}\t{who}\t{what}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// An export in which no link is missing.
#[derive(Debug)]
pub struct Exported {
    digests: Vec<Digest>,
}

/// Why a file is no whole export.
#[derive(Debug, thiserror::Error)]
pub enum NotAnExport {
    /// It is another kind of file.
    #[error("不是 xst audit export 抄出来的")]
    Another,
    /// It could not be read.
    #[error("读不了")]
    Unreadable(#[from] std::io::Error),
    /// An entry is not what was written.
    #[error("第 {0} 条对不上：它或前一条被改过，或者被抽掉了")]
    BrokenAt(u64),
    /// An entry says in words what it does not hold.
    #[error("第 {0} 条写的字和记的不一样")]
    Reworded(u64),
}

impl Exported {
    /// Reads and verifies an export.
    ///
    /// # Errors
    /// See [`NotAnExport`].
    pub fn read(text: impl BufRead) -> Result<Self, NotAnExport> {
        let mut lines = text.lines();
        let heading = lines.next().ok_or(NotAnExport::Another)??;
        let mut heading = heading.split('\t');
        let minutes = match (heading.next(), heading.nth(1)) {
            (Some(HEADING), Some(minutes)) => minutes.parse::<i32>().ok(),
            _ => None,
        };
        let offset = minutes.and_then(|m| UtcOffset::from_whole_seconds(m.checked_mul(60)?).ok());
        let offset = offset.ok_or(NotAnExport::Another)?;
        let (mut digests, mut before) = (Vec::new(), Digest([0; 32]));
        for line in lines {
            let place = digests.len() as u64 + 1;
            before = entry(&line?, place, before, offset)?;
            digests.push(before);
        }
        Ok(Self { digests })
    }

    /// How many entries it has.
    pub fn entries(&self) -> u64 {
        self.digests.len() as u64
    }

    /// The digest of the last entry, which follows from all of them.
    pub fn head(&self) -> Digest {
        self.digests.last().copied().unwrap_or(Digest([0; 32]))
    }

    /// The first entry of an earlier export that is not in this one as it was.
    pub fn lacks(&self, earlier: &Self) -> Option<u64> {
        let is_same =
            |(place, digest): &(usize, &Digest)| self.digests.get(*place) == Some(*digest);
        let mut lacking = earlier.digests.iter().enumerate().filter(|one| !is_same(one));
        lacking.next().map(|(place, _)| place as u64 + 1)
    }
}

/// Verifies one line; gives its digest.
fn entry(line: &str, place: u64, before: Digest, offset: UtcOffset) -> Result<Digest, NotAnExport> {
    let broken = || NotAnExport::BrokenAt(place);
    let (found, rest) = line.split_once('\t').ok_or_else(broken)?;
    let (rest, digest) = rest.rsplit_once('\t').ok_or_else(broken)?;
    let (said, body) = rest.rsplit_once('\t').ok_or_else(broken)?;
    let body = unhex(body).ok_or_else(broken)?;
    let linked = link(&before, &body);
    if found != place.to_string() || digest != linked.to_string() {
        return Err(broken());
    }
    let entry: Entry = decode(&body).map_err(|_| broken())?;
    let nanoseconds = i128::from(entry.at.0) * 1_000_000;
    let at = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).map_err(|_| broken())?;
    match told(&entry, at.to_offset(offset)) == said {
        true => Ok(linked),
        false => Err(NotAnExport::Reworded(place)),
    }
}

#[cfg(test)]
mod tests {
    use protocol::ServerTime;

    use super::super::Deed;
    use super::*;

    fn export_of(entries: &[Entry]) -> String {
        let offset = UtcOffset::from_hms(8, 0, 0).unwrap();
        let mut before = Digest([0; 32]);
        let mut text = format!("{HEADING}\t529999101000\t480\n");
        for (place, entry) in entries.iter().enumerate() {
            let body = protocol::encode(entry);
            before = link(&before, &body);
            let at = OffsetDateTime::UNIX_EPOCH + time::Duration::milliseconds(entry.at.0);
            let told = told(entry, at.to_offset(offset));
            text.push_str(&format!("{}\t{told}\t{}\t{before}\n", place + 1, hex(&body)));
        }
        text
    }

    fn entries(count: i64) -> Vec<Entry> {
        let entry = |place| Entry {
            at: ServerTime(1_795_000_000_000 + place * 1000),
            who: "zhoumin".to_owned(),
            did: Deed::ReadCase(format!("{place}")),
        };
        (0..count).map(entry).collect()
    }

    fn read(text: &str) -> Result<Exported, NotAnExport> {
        Exported::read(text.as_bytes())
    }

    #[test]
    fn whatever_was_changed_taken_out_or_told_otherwise_is_found() {
        let whole = export_of(&entries(4));
        assert_eq!(read(&whole).unwrap().entries(), 4);
        let reworded = whole.replacen("看了 1\t", "看了 7\t", 1);
        assert!(matches!(read(&reworded), Err(NotAnExport::Reworded(2))));
        let renamed = whole.replacen("zhoumin", "zhaolei", 1);
        assert!(matches!(read(&renamed), Err(NotAnExport::Reworded(1))));
        let lines: Vec<&str> = whole.lines().collect();
        for missing in 1..lines.len() - 1 {
            let mut rest = lines.clone();
            rest.remove(missing);
            let broken = read(&rest.join("\n"));
            assert!(matches!(broken, Err(NotAnExport::BrokenAt(at)) if at == missing as u64));
        }
        assert!(matches!(read("kept by hand"), Err(NotAnExport::Another)));
    }

    /// What was cut off at the end leaves a chain that is whole: only who kept an earlier export knows.
    #[test]
    fn an_earlier_export_tells_what_was_cut_off_or_written_anew() {
        let before = read(&export_of(&entries(4))).unwrap();
        assert_eq!(read(&export_of(&entries(6))).unwrap().lacks(&before), None);
        assert_eq!(read(&export_of(&entries(3))).unwrap().lacks(&before), Some(4));
        let mut anew = entries(6);
        anew[2].who = "zhaolei".to_owned();
        assert_eq!(read(&export_of(&anew)).unwrap().lacks(&before), Some(3));
    }
}
