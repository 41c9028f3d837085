//! Workbooks: the sheets that a form is read from, whatever program wrote them.

use crate::fault::{Fault, Faults};
use crate::heading::Role;
use crate::sheet::Sheet;
use form::compile::nearest::distance;

mod biff;
mod csv;
mod excel;
mod ods;
mod zipped;

/// The sheets that a form is read from.
pub(crate) struct Workbook {
    pub(crate) survey: Sheet,
    pub(crate) choices: Sheet,
    pub(crate) settings: Sheet,
    pub(crate) external_choices: Sheet,
    pub(crate) entities: Sheet,
    pub(crate) osm: Sheet,
    /// The names of the sheets that are not read.
    others: Vec<String>,
}

/// A sheet as it stands in the file: its name, and the rows in which something stands, with their
/// numbers counted from 1.
pub(crate) struct Grid {
    name: String,
    rows: Vec<(u32, Vec<String>)>,
}

/// More cells than a sheet, or a file beside it, has: where rows are short and few are long, all
/// become as long as the longest.
pub(crate) const MOST_CELLS: usize = 10_000_000;

/// More columns than any form has: what stands further right is not read.
const COLUMNS: usize = 1_000;

/// The rows of a workbook's first sheet in which something stands; none where it is no workbook.
pub(crate) fn first_sheet(bytes: &[u8]) -> Option<Vec<(u32, Vec<String>)>> {
    let first = excel::grids(bytes)?.into_iter().next()?;
    Some(first.rows)
}

impl Workbook {
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, Fault> {
        let unreadable = || Fault::of_file("打不开这个文件", "请用 Excel 或 WPS 另存为 .xlsx");
        let grids = match bytes {
            [b'P', b'K', ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => excel::grids(bytes),
            _ => csv::grids(bytes),
        };
        let mut grids = grids.ok_or_else(unreadable)?;
        name_only_sheet(&mut grids);
        let settings = take(&mut grids, Role::Settings);
        let cleans = settings.rows().next().and_then(|row| row.text("clean_text_values"));
        let cleans = cleans.and_then(crate::survey::yes_or_no) != Some(false);
        let mut workbook = Self {
            survey: take(&mut grids, Role::Survey),
            choices: take(&mut grids, Role::Choices),
            external_choices: take(&mut grids, Role::ExternalChoices),
            entities: take(&mut grids, Role::Entities),
            osm: take(&mut grids, Role::Osm),
            others: Vec::new(),
            settings,
        };
        if cleans {
            workbook.survey.collapse_blanks();
        }
        if workbook.sheets().iter().any(|sheet| sheet.cells() > MOST_CELLS) {
            let what = "这个文件的表太大了";
            return Err(Fault::of_file(
                what,
                "删去用不到的行和列；长的名单另存为 .csv 放在表格旁边",
            ));
        }
        workbook.others = grids.into_iter().map(|grid| grid.name).collect();
        if workbook.survey.column("type").is_none() {
            return Err(workbook.without_survey());
        }
        Ok(workbook)
    }

    fn without_survey(&self) -> Fault {
        if !self.survey.headings.is_empty() {
            let remedy = "在 survey 表的第一行写上 type、name、label";
            return Fault::of_file("survey 表没有 type 这一列", remedy);
        }
        let similar = self.others.iter().find(|own| is_misspelt(own, "survey"));
        let remedy = match similar {
            Some(similar) => format!("把“{similar}”表改名叫 survey"),
            None => "加一张叫 survey 的表，第一行写 type、name、label".to_owned(),
        };
        Fault::of_file("没有 survey 表", remedy)
    }

    fn sheets(&self) -> [&Sheet; 6] {
        [
            &self.survey,
            &self.choices,
            &self.external_choices,
            &self.entities,
            &self.osm,
            &self.settings,
        ]
    }

    /// The place of a sheet among all, for the order of faults; the file as a whole comes first.
    pub(crate) fn place(&self, name: &str) -> usize {
        self.sheets().iter().position(|sheet| sheet.name == name).map_or(0, |place| place + 1)
    }

    /// Tells what headings and names of sheets mean nothing.
    pub(crate) fn check(&self, faults: &mut Faults) {
        for sheet in self.sheets() {
            sheet.check_headings(faults);
            for other in self.others.iter().filter(|other| is_misspelt(other, &sheet.name)) {
                if sheet.headings.is_empty() {
                    let remedy = format!("如果是 {} 表，改名；不是就在名字前加下划线", sheet.name);
                    faults.warn_file(format!("没有用到“{other}”表"), remedy);
                }
            }
        }
    }
}

/// A file with a single sheet need not call it survey.
fn name_only_sheet(grids: &mut [Grid]) {
    if let [only] = grids
        && !Role::ALL.iter().any(|role| role.is_called(&only.name))
    {
        let heads = only.rows.first().map(|(_, cells)| cells.as_slice()).unwrap_or_default();
        if heads.iter().any(|cell| cell.eq_ignore_ascii_case("type")) {
            only.name = "survey".to_owned();
        }
    }
}

fn take(grids: &mut Vec<Grid>, role: Role) -> Sheet {
    match grids.iter().position(|grid| role.is_called(&grid.name)) {
        Some(place) => {
            let grid = grids.remove(place);
            Sheet::read(grid.name, role, grid.rows)
        }
        None => Sheet::read(role.name().to_owned(), role, Vec::new()),
    }
}

fn is_misspelt(written: &str, meant: &str) -> bool {
    let written = written.trim().to_lowercase();
    !written.starts_with('_') && meant.len() > 3 && distance(&written, meant) <= 2
}
