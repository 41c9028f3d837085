//! `officers.toml` and `substitutes.toml`: who works for the township, as what, where and since when.

use calendar::Date;
use casework::{Held, Organisation, Person, Role, Substitute};
use checks::Division;
use serde::Deserialize;

use crate::area::expect_division;
use crate::fault::Faults;
use crate::folder::Files;
use crate::office::{Office, expect_office, list, unique};
use crate::read;

const OFFICERS: &str = "officers.toml";
const SUBSTITUTES: &str = "substitutes.toml";

/// Somebody who works for the township. Rights follow the post, not the unit that employs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// What they sign in as.
    pub account: String,
    /// Their name.
    pub name: String,
    /// In which office, by [`Office::id`]; none where it belongs to none: a village's clerk, an auditor.
    pub office: Option<String>,
    /// As what, as people say it.
    pub post: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    account: String,
    name: String,
    post: String,
    office: Option<String>,
    #[serde(default)]
    role: WrittenRole,
    area: Option<String>,
    home: Option<String>,
    from: Option<String>,
    until: Option<String>,
    /// 兼任.
    #[serde(default)]
    also: Vec<WrittenPost>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPost {
    role: WrittenRole,
    office: Option<String>,
    area: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSubstitute {
    of: String,
    by: String,
    from: String,
    until: String,
}

/// As it is written in the files of a pack.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct WrittenRole(pub(crate) Role);

impl Default for WrittenRole {
    fn default() -> Self {
        Self(Role::Handler)
    }
}

impl TryFrom<String> for WrittenRole {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let found = Role::ALL.into_iter().find(|role| role.name() == written);
        found.map(Self).ok_or_else(|| {
            let known = Role::ALL.map(Role::name).join("、");
            format!("没有叫 {written} 的岗位，只有 {known}")
        })
    }
}

/// Where posts may be.
pub(crate) struct Places<'p> {
    pub(crate) offices: &'p [Office],
    pub(crate) township: &'p str,
}

pub(crate) fn read(
    files: &Files,
    places: &Places<'_>,
    faults: &mut Faults,
) -> (Vec<Officer>, Organisation) {
    let written: Vec<Written> = list(files, OFFICERS, "officer", faults);
    unique(OFFICERS, written.iter().map(|officer| officer.account.as_str()), faults);
    let mut organisation = Organisation::default();
    let mut officers = Vec::new();
    for officer in written {
        organisation.people.push(person(&officer, places, faults));
        let Written { account, name, office, post, .. } = officer;
        officers.push(Officer { account, name, office, post });
    }
    if files.get(SUBSTITUTES).is_some() {
        let written: Vec<WrittenSubstitute> = list(files, SUBSTITUTES, "substitute", faults);
        let read = written.iter().filter_map(|one| substitute(one, &organisation, faults));
        organisation.substitutes = read.collect();
    }
    (officers, organisation)
}

fn person(written: &Written, places: &Places<'_>, faults: &mut Faults) -> Person {
    let Written { account, name, home, office, role, area, from, until, also, .. } = written;
    let own = WrittenPost {
        role: *role,
        office: office.clone(),
        area: area.clone(),
        from: from.clone(),
        until: until.clone(),
    };
    let all = std::iter::once(&own).chain(also);
    let posts: Vec<Held> = all.filter_map(|post| held(account, post, places, faults)).collect();
    if posts.len() > 1 && posts.iter().any(|post| post.role.stands_alone()) {
        let what = format!("{account} 是纪检、管理员或审计，又有别的岗位");
        faults.tell(OFFICERS, what, "这三种岗位各由专人担任（GB/T 22239 三权分立）");
    }
    Person { account: account.clone(), name: name.clone(), home: home.clone(), posts }
}

fn held(
    account: &str,
    written: &WrittenPost,
    places: &Places<'_>,
    faults: &mut Faults,
) -> Option<Held> {
    let WrittenRole(role) = written.role;
    if let Some(office) = &written.office {
        expect_office(OFFICERS, office, places.offices, faults);
    } else if matches!(role, Role::Handler | Role::Head) {
        let what = format!("{account} 没有写在哪个机构");
        faults.tell(OFFICERS, what, "经办和负责人都要写 office");
    }
    if role == Role::Clerk && written.area.is_none() {
        faults.tell(OFFICERS, format!("{account} 没有写管哪个村"), "村干部要写 area");
    }
    let area = written.area.as_deref().unwrap_or(places.township);
    let area = expect_division(OFFICERS, area, faults)?;
    let township = Division::read(places.township).ok();
    if township.is_some_and(|township| !area.is_in(&township)) {
        let what = format!("{account} 管的 {} 不在本镇", area.as_str());
        faults.tell(OFFICERS, what, "填本镇或者本镇一个村的代码");
    }
    let from = read::optional_day(OFFICERS, written.from.as_ref(), faults);
    let until = read::optional_day(OFFICERS, written.until.as_ref(), faults);
    let from = from.unwrap_or(Date::MIN);
    Some(Held { role, office: written.office.clone(), area, from, until })
}

fn substitute(
    written: &WrittenSubstitute,
    organisation: &Organisation,
    faults: &mut Faults,
) -> Option<Substitute> {
    for account in [&written.of, &written.by] {
        if organisation.person(account).is_none() {
            let what = format!("officers.toml 里没有账号 {account}");
            faults.tell(SUBSTITUTES, what, "填有的账号");
        }
    }
    let alone = [&written.of, &written.by].into_iter().filter_map(|one| organisation.person(one));
    if alone.flat_map(|person| &person.posts).any(|post| post.role.stands_alone()) {
        let what = format!("{} 代 {}", written.by, written.of);
        faults.tell(SUBSTITUTES, what, "纪检、管理员和审计不替人，也不由人替");
    }
    let from = read::optional_day(SUBSTITUTES, Some(&written.from), faults)?;
    let until = read::optional_day(SUBSTITUTES, Some(&written.until), faults)?;
    Some(Substitute { of: written.of.clone(), by: written.by.clone(), from, until })
}
