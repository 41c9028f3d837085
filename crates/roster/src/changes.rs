//! What a new roster changes.

use std::collections::BTreeSet;

use checks::Division;

use crate::people::{Household, Roster};

/// What a new roster changes in the villages that it tells of. Of villages that it does not tell of,
/// everything stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The villages that it tells of.
    pub villages: BTreeSet<String>,
    /// Households that were not known.
    pub new: Vec<String>,
    /// Households of which something is different now.
    pub changed: Vec<Changed>,
    /// Households that it does not tell of any more.
    pub gone: Vec<String>,
    /// How many stay as they were.
    pub same: usize,
}

/// A household of which something is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What the township calls it.
    pub household: String,
    /// How many people came to it.
    pub came: usize,
    /// How many left it.
    pub left: usize,
    /// What is different of those who stayed, by column.
    pub columns: BTreeSet<String>,
}

impl Changes {
    /// What `new` changes in `known`.
    pub fn between(known: &Roster, new: &Roster) -> Self {
        let villages =
            new.households.values().map(|household| household.village.as_str().to_owned());
        let mut changes = Self { villages: villages.collect(), ..Self::default() };
        for (name, household) in &new.households {
            match known.households.get(name) {
                None => changes.new.push(name.clone()),
                Some(before) if is_same((known, before), (new, household)) => changes.same += 1,
                Some(before) => {
                    changes.changed.push(Changed::of(name, (known, before), (new, household)));
                }
            }
        }
        let is_told_of = |village: &Division| changes.villages.contains(village.as_str());
        let gone = known.households.iter().filter(|(name, household)| {
            is_told_of(&household.village) && !new.households.contains_key(*name)
        });
        changes.gone = gone.map(|(name, _)| name.clone()).collect();
        changes
    }

    /// What is known once they are made.
    pub fn made(&self, known: &Roster, new: &Roster) -> Roster {
        let mut columns = known.columns.clone();
        columns.extend(new.columns.iter().filter(|one| !known.columns.contains(one)).cloned());
        let stay = known.households.iter().filter(|(name, household)| {
            !self.villages.contains(household.village.as_str())
                && !new.households.contains_key(*name)
        });
        let stay = stay.map(|(name, household)| (name, known, household));
        let come = new.households.iter().map(|(name, household)| (name, new, household));
        let households = stay.chain(come).map(|(name, roster, household)| {
            let people = household.people.iter();
            let people = people.map(|person| {
                columns.iter().map(|column| roster.of(person, column).to_owned()).collect()
            });
            let household =
                Household { village: household.village.clone(), people: people.collect() };
            (name.clone(), household)
        });
        let households = households.collect();
        Roster { columns, households }
    }
}

impl Changed {
    fn of(name: &str, before: (&Roster, &Household), after: (&Roster, &Household)) -> Self {
        let id = |(roster, _): (&Roster, &Household), person: &[String]| {
            roster.of(person, crate::ID).to_owned()
        };
        let find = |place: (&'_ Roster, &'_ Household), number: &str| {
            place.1.people.iter().position(|person| id(place, person) == number)
        };
        let mut changed =
            Self { household: name.to_owned(), came: 0, left: 0, columns: BTreeSet::new() };
        for person in &after.1.people {
            let Some(place) = find(before, &id(after, person)) else {
                changed.came += 1;
                continue;
            };
            let was = &before.1.people[place];
            let different = after
                .0
                .columns
                .iter()
                .filter(|column| before.0.of(was, column) != after.0.of(person, column));
            changed.columns.extend(different.cloned());
        }
        let left = before.1.people.iter().filter(|one| find(after, &id(before, one)).is_none());
        changed.left = left.count();
        changed
    }
}

fn is_same(before: (&Roster, &Household), after: (&Roster, &Household)) -> bool {
    let changed = Changed::of("", before, after);
    before.1.village == after.1.village
        && changed.came == 0
        && changed.left == 0
        && changed.columns.is_empty()
}
