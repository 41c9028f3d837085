//! `roster.csv`: made-up people, so that a demonstration can show how a form fills itself. A
//! township's own households are never in a pack, which anybody may load: they come to the phones of
//! those who serve them.

use std::collections::BTreeSet;
use std::sync::Arc;

use form::Form;
use protocol::encode;
use protocol::id::Digest;
use protocol::pack::{Household, Roster};

use crate::fault::{Fault, Faults};
use crate::folder::Files;
use crate::item::Item;

const FILE: &str = "roster.csv";
/// The division of made-up people: there is none of this code.
const NOWHERE: &str = "529999";
/// Which household a person is of: any text.
const HOUSEHOLD: &str = "household";

/// The roster as phones load it.
#[derive(Debug)]
pub struct PublishedRoster {
    /// SHA-256 of the bytes: its name.
    pub digest: Digest,
    /// What `GET /api/guides/{sha256}` gives.
    pub bytes: Arc<[u8]>,
}

/// Reads the roster; a pack may have none. Forms may name its columns alone.
pub(crate) fn read(files: &Files, items: &[Item], faults: &mut Faults) -> Option<PublishedRoster> {
    let mut reader = csv::Reader::from_reader(files.get(FILE)?);
    let columns = match reader.headers() {
        Ok(columns) => columns.iter().map(str::to_owned).collect::<Vec<_>>(),
        Err(error) => {
            faults.tell(FILE, error.to_string(), "存成 UTF-8 的 CSV");
            return None;
        }
    };
    let place = |name: &str| columns.iter().position(|column| column == name);
    for needed in [HOUSEHOLD, Roster::NAME, Roster::ID] {
        if place(needed).is_none() {
            faults.tell(FILE, format!("没有 {needed} 这一列"), "第一行写上列名");
        }
    }
    tell_unknown_columns(&columns, items, faults);
    let (household, id) = (place(HOUSEHOLD)?, place(Roster::ID)?);
    let mut households: Vec<(String, Household)> = Vec::new();
    for person in reader.records() {
        let (line, person): (u64, Vec<String>) = match person {
            Ok(person) => (
                person.position().map_or(0, csv::Position::line),
                person.iter().map(str::to_owned).collect(),
            ),
            Err(error) => {
                faults.tell(FILE, error.to_string(), "每一行和第一行一样多列");
                continue;
            }
        };
        if !person[id].starts_with(NOWHERE) {
            faults.0.push(Fault {
                file: FILE.to_owned(),
                place: Some(format!("第 {line} 行")),
                what: format!("证件号码不是 {NOWHERE} 开头，像是真人"),
                remedy: "谁都能下载乡镇包，真人不能写在里面，只写编出来的人".to_owned(),
            });
        }
        let of = person[household].clone();
        match households.iter_mut().find(|(own, _)| *own == of) {
            Some((_, own)) => own.people.push(person),
            None => households.push((of, Household { people: vec![person] })),
        }
    }
    let households = households.into_iter().map(|(_, household)| household).collect();
    let bytes = encode(&Roster { columns, households });
    Some(PublishedRoster { digest: Digest::of(&bytes), bytes: bytes.into() })
}

/// A misspelt column would leave a question empty without a word.
fn tell_unknown_columns(columns: &[String], items: &[Item], faults: &mut Faults) {
    let mut told = BTreeSet::new();
    for item in items {
        for column in wanted(&item.form.form) {
            if !columns.iter().any(|own| own == column) && told.insert((item.id.clone(), column)) {
                let what = format!("{} 的表要 {column} 这一列，花名册里没有", item.name);
                faults.tell(FILE, what, "加上这一列，或者改表里的 prefill");
            }
        }
    }
}

fn wanted(form: &Form) -> impl Iterator<Item = &str> {
    form.nodes.iter().filter_map(|node| node.prefill())
}
