//! `items/<id>.toml`: a service that one can apply for.

use std::collections::BTreeMap;
use std::sync::Arc;

use form::model::Kind;
use form::{Answers, Form};
use protocol::ItemId;
use protocol::id::Digest;
use serde::Deserialize;

use crate::fault::{Fault, Faults};
use crate::folder::Files;
use crate::guide::{self, PublishedGuide, WrittenGuide, WrittenNotice};
use crate::media::{self, Media};
use crate::office::{Office, expect_office};
use crate::read;
use crate::route::{self, Route, WrittenLimit};
use crate::township::Township;

/// A service that one can apply for.
#[derive(Debug)]
pub struct Item {
    /// The name of its file.
    pub id: ItemId,
    /// Short, as on the home page.
    pub name: String,
    /// One line below it.
    pub tagline: String,
    /// The name of an icon that the app draws.
    pub icon: String,
    /// Its number in case numbers.
    pub code: String,
    /// What people might type to find it.
    pub keywords: Vec<String>,
    /// What people should know before they apply.
    pub guide: PublishedGuide,
    /// The pictures and sounds of its form.
    pub media: Vec<Media>,
    /// The heading that it stands under on the home page.
    pub section: String,
    /// The form.
    pub form: CompiledForm,
    /// How one application is called in lists.
    pub summary: Summary,
    /// What the office calls what is calculated, by the name in the form; what is called nothing
    /// is not shown.
    pub calculated: BTreeMap<String, String>,
    /// Which answers the office sees first of each row of a repeat, by the repeat's name.
    pub columns: BTreeMap<String, Vec<String>>,
    routes: Vec<Route>,
    default_route: Route,
}

/// A form as phones load it.
#[derive(Debug)]
pub struct CompiledForm {
    /// SHA-256 of the bytes: its name for ever.
    pub digest: Digest,
    /// What `GET /api/forms/{sha256}` gives.
    pub bytes: Arc<[u8]>,
    /// The spreadsheet that it was compiled from: whoever changes the format of compiled forms
    /// compiles it again.
    pub spreadsheet: Arc<[u8]>,
    /// The form.
    pub form: Form,
}

/// Which answers tell one application from another in a list: names as in the spreadsheet, for
/// [`path`](crate::path) to find in the form that was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Whose it is.
    pub person: Option<String>,
    /// Where to call.
    pub phone: Option<String>,
    /// The number of an identity card; only its last four characters are searched by.
    pub identity: Option<String>,
    /// What else to show.
    pub details: Vec<String>,
    /// A repeat whose rows are counted in people.
    pub count: Option<String>,
}

impl Item {
    /// Where an application goes that answers `form`, which may be older than the item's.
    pub fn route(&self, form: &Form, answers: &Answers) -> &Route {
        self.routes.iter().find(|route| route.takes(form, answers)).unwrap_or(&self.default_route)
    }

    /// The office that answers for the item where no answer routes it elsewhere.
    pub fn office(&self) -> &str {
        &self.default_route.office
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    tagline: String,
    icon: String,
    code: String,
    form: String,
    keywords: Vec<String>,
    guide: WrittenGuide,
    notice: WrittenNotice,
    office: String,
    promised: WrittenLimit,
    #[serde(default)]
    route: Vec<route::Written>,
    #[serde(default)]
    summary: WrittenSummary,
    #[serde(default)]
    calculated: BTreeMap<String, String>,
    #[serde(default)]
    columns: BTreeMap<String, Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSummary {
    person: Option<String>,
    phone: Option<String>,
    identity: Option<String>,
    #[serde(default)]
    details: Vec<String>,
    count: Option<String>,
}

pub(crate) fn read_all(
    files: &Files,
    township: &Township,
    offices: &[Office],
    faults: &mut Faults,
) -> Vec<Item> {
    let sections = &township.sections;
    let names = || sections.iter().flat_map(|section| &section.items);
    for path in files.under("items/") {
        let id = path.trim_start_matches("items/").trim_end_matches(".toml");
        if names().all(|name| name != id) {
            faults.tell(
                path,
                "没有列在 township.toml 的哪个 [[section]] 里",
                "列进去，或者删掉这个文件",
            );
        }
    }
    let mut items = Vec::new();
    for section in sections {
        for name in &section.items {
            let place = Place { id: name, section: &section.name, township };
            items.extend(read_one(files, &place, offices, faults));
        }
    }
    for (place, item) in items.iter().enumerate() {
        if items[..place].iter().any(|other| other.code == item.code) {
            let what = format!("code {} 和别的事项一样，办件编号会重复", item.code);
            faults.tell(&format!("items/{}.toml", item.id.0), what, "换一个");
        }
    }
    items
}

/// Where an item stands in its township.
struct Place<'p> {
    id: &'p str,
    section: &'p str,
    township: &'p Township,
}

fn read_one(
    files: &Files,
    place: &Place<'_>,
    offices: &[Office],
    faults: &mut Faults,
) -> Option<Item> {
    let file = format!("items/{}.toml", place.id);
    let written: Written = read::toml(files, &file, faults)?;
    for office in written.route.iter().map(|route| &route.office).chain([&written.office]) {
        expect_office(&file, office, offices, faults);
    }
    let form = compile(files, &file, &written.form, faults)?;
    let summary = summary(&file, written.summary, &form.form, faults);
    expect_calculated(&file, &written.calculated, &form.form, faults);
    expect_columns(&file, &written.columns, &form.form, faults);
    let routes = written.route.into_iter();
    let routes = routes.map(|written| route::resolve(&file, written, &form.form, faults)).collect();
    let collector = &place.township.collector;
    let spreadsheet = format!("forms/{}", written.form);
    let media = media::read(files, &spreadsheet, &form.form, faults);
    let guide = guide::publish(&file, written.guide, &written.notice, collector, &media, faults);
    let (office, promised) = (written.office, written.promised.into());
    Some(Item {
        id: ItemId(place.id.to_owned()),
        name: written.name,
        tagline: written.tagline,
        icon: written.icon,
        code: written.code,
        keywords: written.keywords,
        guide,
        media,
        section: place.section.to_owned(),
        form,
        summary,
        calculated: written.calculated,
        columns: written.columns,
        routes,
        default_route: Route { when: Vec::new(), office, promised },
    })
}

/// The files that forms refer to lie where the forms lie.
struct Beside<'f>(&'f Files);

impl xlsform::Files for Beside<'_> {
    fn file(&self, name: &str) -> Option<Vec<u8>> {
        self.0.get(&format!("forms/{name}")).map(<[u8]>::to_vec)
    }
}

fn compile(files: &Files, item: &str, name: &str, faults: &mut Faults) -> Option<CompiledForm> {
    let path = format!("forms/{name}");
    let Some(spreadsheet) = files.get(&path) else {
        faults.tell(item, format!("没有表格 {path}"), "把表格放进 forms/，或者改正 form");
        return None;
    };
    match xlsform::read(spreadsheet, &Beside(files)) {
        Ok(form) => {
            // Answers name the version: without one nobody could read them later.
            if form.version.is_empty() {
                faults.tell(item, format!("{path} 没有写版本"), "在 settings 表填 version");
            }
            let bytes = form.to_bytes();
            Some(CompiledForm {
                digest: Digest::of(&bytes),
                bytes: bytes.into(),
                spreadsheet: spreadsheet.into(),
                form,
            })
        }
        Err(found) => {
            // A fault of a spreadsheet already tells its sheet, row, column and remedy.
            faults.0.extend(found.into_iter().map(|fault| Fault {
                file: path.clone(),
                place: None,
                what: fault.to_string(),
                remedy: String::new(),
            }));
            None
        }
    }
}

fn summary(file: &str, written: WrittenSummary, form: &Form, faults: &mut Faults) -> Summary {
    let mut is_there = |name: &String| route::expect_question(file, name, form, faults);
    Summary {
        person: written.person.filter(&mut is_there),
        phone: written.phone.filter(&mut is_there),
        identity: written.identity.filter(&mut is_there),
        details: written.details.into_iter().filter(&mut is_there).collect(),
        count: written.count.filter(&mut is_there),
    }
}

fn expect_calculated(
    file: &str,
    calculated: &BTreeMap<String, String>,
    form: &Form,
    faults: &mut Faults,
) {
    for name in calculated.keys() {
        let node = form.find(name).map(|id| &form.node(id).kind);
        if !matches!(node, Some(Kind::Calculated)) {
            let what = format!("表单里没有叫 {name} 的 calculate");
            faults.tell(file, what, "[calculated] 里只写表格里 type 是 calculate 的 name");
        }
    }
}

fn expect_columns(
    file: &str,
    columns: &BTreeMap<String, Vec<String>>,
    form: &Form,
    faults: &mut Faults,
) {
    for (repeat, names) in columns {
        let found = form.find(repeat);
        if !found.is_some_and(|id| matches!(form.node(id).kind, Kind::Repeat { .. })) {
            let what = format!("表单里没有叫 {repeat} 的 begin repeat");
            faults.tell(file, what, "[columns] 里写 begin repeat 的 name");
        }
        for name in names.iter().filter(|name| form.find(name).is_none()) {
            let what = format!("表单里没有叫 {name} 的题");
            faults.tell(file, what, "填表格 survey 页 name 列里有的名字");
        }
    }
}
