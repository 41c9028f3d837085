//! `items/<id>.toml`: a service that one can apply for.

use std::collections::BTreeMap;
use std::sync::Arc;

use calendar::Limit;
use casework::At;
use casework::check::is_over_the_law;
use checks::Division;
use form::model::Kind;
use form::{Answers, Form};
use protocol::ItemId;
use protocol::id::Digest;
use serde::Deserialize;

use crate::data::{self, Data};
use crate::fault::{Fault, Faults};
use crate::folder::Files;
use crate::guide::{self, PublishedGuide, WrittenGuide, WrittenNotice};
use crate::media::{self, Media};
use crate::office::{Office, expect_office};
use crate::read;
use crate::route::{self, Condition, Route, WrittenLimit};
use crate::township::Township;
use crate::workflow::Workflow;

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
    /// What its answers are for and how long they are kept.
    pub data: Data,
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
    /// How its cases are worked, by [`Workflow::id`].
    pub workflow: String,
    /// The question that says which village a case is from, by its 12-digit code.
    village: Option<String>,
    /// What may be true of a case, by what was answered.
    traits: Vec<(String, Vec<Condition>)>,
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

    /// The village that an application is from, where its form says.
    pub fn village(&self, form: &Form, answers: &Answers) -> Option<Division> {
        let path = route::path(form, self.village.as_ref()?)?;
        Division::read(answers.value(&path)?).ok()
    }

    /// What is true of an application that answers `form`.
    pub fn traits(&self, form: &Form, answers: &Answers) -> Vec<String> {
        let hold = self.traits.iter().filter(|(_, when)| route::hold(when, form, answers));
        hold.map(|(name, _)| name.clone()).collect()
    }

    /// The offices that its routes lead to.
    pub(crate) fn offices(&self) -> impl Iterator<Item = &str> {
        self.routes.iter().chain([&self.default_route]).map(|route| route.office.as_str())
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
    workflow: String,
    village: Option<String>,
    #[serde(default)]
    traits: BTreeMap<String, BTreeMap<String, Vec<String>>>,
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

/// What items name.
pub(crate) struct Named<'n> {
    pub(crate) township: &'n Township,
    pub(crate) offices: &'n [Office],
    pub(crate) workflows: &'n [Workflow],
}

pub(crate) fn read_all(files: &Files, named: &Named<'_>, faults: &mut Faults) -> Vec<Item> {
    let sections = &named.township.sections;
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
            let place = Place { id: name, section: &section.name, named };
            items.extend(read_one(files, &place, faults));
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
    named: &'p Named<'p>,
}

fn read_one(files: &Files, place: &Place<'_>, faults: &mut Faults) -> Option<Item> {
    let Named { township, offices, workflows } = place.named;
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
    let routes: Vec<Route> =
        routes.map(|written| route::resolve(&file, written, &form.form, faults)).collect();
    let collector = &township.collector;
    let spreadsheet = format!("forms/{}", written.form);
    let media = media::read(files, &spreadsheet, &form.form, faults);
    let guide = guide::publish(&file, written.guide, &written.notice, collector, &media, faults);
    let data = data::read(&file, &written.notice, &form.form, faults);
    let traits = traits(&file, written.traits, &form.form, faults);
    let (office, promised) = (written.office, Limit::from(written.promised));
    let promises: Vec<Limit> =
        routes.iter().map(|route| route.promised).chain([promised]).collect();
    let workflow = &written.workflow;
    let has_village = written.village.is_some();
    expect_workflow(&file, workflow, &traits, &promises, has_village, workflows, faults);
    let village =
        written.village.filter(|name| route::expect_question(&file, name, &form.form, faults));
    Some(Item {
        id: ItemId(place.id.to_owned()),
        name: written.name,
        tagline: written.tagline,
        icon: written.icon,
        code: written.code,
        keywords: written.keywords,
        guide,
        data: data?,
        media,
        section: place.section.to_owned(),
        form,
        summary,
        calculated: written.calculated,
        columns: written.columns,
        workflow: written.workflow,
        village,
        traits,
        routes,
        default_route: Route { when: Vec::new(), office, promised },
    })
}

fn traits(
    file: &str,
    written: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    form: &Form,
    faults: &mut Faults,
) -> Vec<(String, Vec<Condition>)> {
    let one = |(name, when)| (name, route::conditions(file, when, form, faults));
    written.into_iter().map(one).collect()
}

/// Tells a fault where there is no such workflow, or where it asks what nobody can tell of a case.
fn expect_workflow(
    file: &str,
    id: &str,
    traits: &[(String, Vec<Condition>)],
    promised: &[Limit],
    has_village: bool,
    workflows: &[Workflow],
    faults: &mut Faults,
) {
    let Some(workflow) = workflows.iter().find(|workflow| workflow.id == id) else {
        let what = format!("没有叫 {id} 的流程");
        return faults.tell(file, what, "填 workflows/ 下有的文件名，不带 .toml");
    };
    let over = promised.iter().any(|limit| is_over_the_law(&workflow.work, *limit));
    if over {
        let what = "承诺时限比法定时限长".to_owned();
        faults.tell(file, what, format!("和 workflows/{id}.toml 的 [[statutory]] 对一对"));
    }
    let is_by_village = workflow.work.stages.iter().any(|stage| stage.who.at == At::ItsVillage);
    if is_by_village && !has_village {
        let what = format!("流程“{}”有村里办的一步，这里没有写哪道题是村", workflow.work.name);
        faults.tell(file, what, "写 village：答的是 12 位村代码的那道题");
    }
    for name in &workflow.work.traits {
        if traits.iter().all(|(own, _)| own != name) {
            let what = format!("流程“{}”要看 {name}，这里没有写怎么看", workflow.work.name);
            faults.tell(file, what, format!("写 [traits.{name}]：哪道题答了什么就算"));
        }
    }
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
