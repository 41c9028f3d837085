//! The people of a table, household by household.

use std::collections::{BTreeMap, BTreeSet};

use checks::{Division, Name, ResidentId};
use time::Date;

use crate::problem::{Problem, Wrong};
use crate::table::Table;
use crate::{HOUSEHOLD, ID, ID_TYPE, NAME, NEEDED, VILLAGE};

/// A document number of this kind is a resident identity number.
const RESIDENT_ID: &str = "01";

/// What is known of the township's people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// What is known of each person, in the order in which it stands there.
    pub columns: Vec<String>,
    /// Household by household, by what the township calls each.
    pub households: BTreeMap<String, Household>,
}

/// Those who are in one household book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// Where they live.
    pub village: Division,
    /// In the order of the table: the head first. Of each, one text for each of [`Roster::columns`].
    pub people: Vec<Vec<String>>,
}

/// What a township expects of a table.
#[derive(Clone, Debug)]
pub struct Expected<'e> {
    /// The columns that some form asks for; no other is taken in (个人信息保护法 articles 6 and 19).
    pub columns: BTreeSet<&'e str>,
    /// What headings stand for, beside the columns' own names: 姓名 for `name`.
    pub headings: BTreeMap<&'e str, &'e str>,
    /// The villages of the township, by their codes and names.
    pub villages: Vec<(Division, &'e str)>,
    /// On which day nobody is born yet.
    pub today: Date,
}

/// A table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Whom it tells of.
    pub roster: Roster,
    /// Headings of columns that no form asks for: they are not taken in.
    pub left_out: Vec<String>,
}

impl Roster {
    /// Reads the people of a table.
    ///
    /// # Errors
    /// All that is wrong with it, in the order of its lines.
    pub fn read(table: &Table, expected: &Expected<'_>) -> Result<Read, Vec<Problem>> {
        let (columns, left_out, mut problems) = columns(table, expected);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut reader =
            Reader { expected, columns: &columns, lines: BTreeMap::new(), of: BTreeMap::new() };
        let mut households: BTreeMap<String, Household> = BTreeMap::new();
        for (line, cells) in &table.rows {
            let Some((household, village, person)) = reader.person(*line, cells, &mut problems)
            else {
                continue;
            };
            let own = households
                .entry(household)
                .or_insert_with(|| Household { village, people: Vec::new() });
            own.people.push(person);
        }
        problems.sort();
        let kept = columns.iter().filter(|column| column.name != HOUSEHOLD);
        let columns = kept.map(|column| column.name.to_owned()).collect();
        match problems.is_empty() {
            true => Ok(Read { roster: Self { columns, households }, left_out }),
            false => Err(problems),
        }
    }

    /// What is known of a person in this column; empty where nothing is.
    pub fn of<'a>(&self, person: &'a [String], column: &str) -> &'a str {
        let place = self.columns.iter().position(|own| own == column);
        place.and_then(|place| person.get(place)).map_or("", String::as_str)
    }

    /// The households of one village.
    pub fn of_village(&self, village: &Division) -> impl Iterator<Item = &Household> {
        self.households.values().filter(move |household| household.village == *village)
    }
}

/// A column of a table that is taken in.
struct Column<'e> {
    name: &'e str,
    /// As the table calls it.
    heading: String,
    place: usize,
}

fn columns<'e>(
    table: &Table,
    expected: &Expected<'e>,
) -> (Vec<Column<'e>>, Vec<String>, Vec<Problem>) {
    let (mut columns, mut left_out, mut problems) =
        (Vec::<Column<'e>>::new(), Vec::new(), Vec::new());
    let known = NEEDED.into_iter().chain(expected.columns.iter().copied());
    let known: BTreeSet<&'e str> = known.collect();
    for (place, heading) in table.headings.iter().enumerate() {
        let name = expected.headings.get(heading.as_str()).copied().unwrap_or(heading);
        match known.get(name) {
            None if heading.is_empty() => {}
            None => left_out.push(heading.clone()),
            Some(name) if columns.iter().any(|column| column.name == *name) => {
                let (column, wrong) = (heading.clone(), Wrong::TwoColumns);
                problems.push(Problem { line: 0, column, wrong });
            }
            Some(name) => columns.push(Column { name, heading: heading.clone(), place }),
        }
    }
    for needed in NEEDED {
        if !columns.iter().any(|column| column.name == needed) {
            let mut headings = expected.headings.iter();
            let heading = headings.find(|(_, name)| **name == needed);
            let column = heading.map_or(needed, |(heading, _)| heading).to_owned();
            problems.push(Problem { line: 0, column, wrong: Wrong::NoColumn });
        }
    }
    (columns, left_out, problems)
}

struct Reader<'r, 'e> {
    expected: &'r Expected<'e>,
    columns: &'r [Column<'e>],
    /// In which line each number stood first.
    lines: BTreeMap<String, u32>,
    /// Where each household is, and in which line that was said first.
    of: BTreeMap<String, (Division, u32)>,
}

impl Reader<'_, '_> {
    /// A person, with what their household is called and where it is; none where something is wrong.
    fn person(
        &mut self,
        line: u32,
        cells: &[String],
        problems: &mut Vec<Problem>,
    ) -> Option<(String, Division, Vec<String>)> {
        let before = problems.len();
        let columns = self.columns;
        let mut tell = |name: &str, wrong| {
            let column = columns.iter().find(|column| column.name == name);
            let column = column.map(|column| column.heading.clone()).unwrap_or_default();
            problems.push(Problem { line, column, wrong });
        };
        let cell = |name: &str| {
            let column = columns.iter().find(|column| column.name == name);
            column.and_then(|column| cells.get(column.place)).map_or("", |text| text.trim())
        };
        for needed in NEEDED.into_iter().filter(|needed| cell(needed).is_empty()) {
            tell(needed, Wrong::Blank);
        }
        let (household, village) = (cell(HOUSEHOLD).to_owned(), self.village(cell(VILLAGE)));
        if let Err(error) = Name::read(cell(NAME))
            && !cell(NAME).is_empty()
        {
            tell(NAME, Wrong::name(&error));
        }
        let mut id = cell(ID).to_uppercase();
        if !id.is_empty() && matches!(cell(ID_TYPE), "" | RESIDENT_ID) {
            match ResidentId::read(&id, self.expected.today) {
                Ok(number) => id = number.as_str().to_owned(),
                Err(error) => tell(ID, Wrong::id(&error)),
            }
        }
        if !id.is_empty() {
            let first = *self.lines.entry(id.clone()).or_insert(line);
            if first != line {
                tell(ID, Wrong::Twice { line: first });
            }
        }
        match &village {
            None if !cell(VILLAGE).is_empty() => tell(VILLAGE, Wrong::Village),
            Some(village) if !household.is_empty() => {
                let (first, at) =
                    self.of.entry(household.clone()).or_insert((village.clone(), line));
                if first != village {
                    tell(VILLAGE, Wrong::OtherVillage { line: *at });
                }
            }
            _ => {}
        }
        let village = village?;
        let person = columns.iter().filter(|column| column.name != HOUSEHOLD).map(|column| {
            match column.name {
                ID => id.clone(),
                VILLAGE => village.as_str().to_owned(),
                name => cell(name).to_owned(),
            }
        });
        let person = person.collect();
        (problems.len() == before).then_some((household, village, person))
    }

    fn village(&self, text: &str) -> Option<Division> {
        let mut villages = self.expected.villages.iter();
        let found = villages.find(|(code, name)| code.as_str() == text || *name == text);
        found.map(|(code, _)| code.clone())
    }
}
