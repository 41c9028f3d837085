//! Picking people from the roster (台账), so that they need not be asked what is known of them.

use std::rc::Rc;

use form::InstanceId;
use leptos::html::Dialog;
use leptos::prelude::*;
use protocol::pack::Roster;

use super::Asked;
use super::sheet::Search;
use crate::device::dialog;
use crate::effect::loaded;
use crate::filling::{OpenForm, about_person, about_same_person, leads};
use crate::later::Missing;
use crate::parts::{Glyph, Icon};
use crate::phone::phone;
use crate::screens::part_on_its_way;
use crate::words;

/// So many are shown at a time: who is not among them is found by a letter more.
const AT_ONCE: usize = 60;

/// Picks the person whom a group or a row is about, above the first question about them.
pub(crate) fn pick_person(asked: Asked) -> AnyView {
    if !asked.form.look(|session, _| leads(session, asked.at)) {
        return ().into_any();
    }
    let choose = move |roster: &Roster, entry: &Entry| {
        let Some(person) = entry.people(roster).first() else { return };
        let questions = asked.form.look(|session, _| about_same_person(session, asked.at));
        asked.form.prefill(questions, |column| roster.of(person, column));
        asked.hold_focus();
    };
    let said = words::roster();
    view! { <Picker words=said.person() entries=people choose=Rc::new(choose) /> }.into_any()
}

/// Adds everybody of a household to the rows of a repeat, but for those who are there already.
pub(crate) fn pick_household(form: OpenForm, repeat: InstanceId) -> AnyView {
    let choose = move |roster: &Roster, entry: &Entry| {
        for person in entry.people(roster) {
            add(form, repeat, |column| roster.of(person, column));
        }
    };
    let said = words::roster();
    view! { <Picker words=said.household() entries=households choose=Rc::new(choose) /> }.into_any()
}

fn add<'a>(form: OpenForm, repeat: InstanceId, known: impl Fn(&str) -> Option<&'a str>) {
    let is_of = |row: InstanceId, id: Option<&str>| {
        form.look(|session, _| {
            let questions = about_person(session, row);
            let own = questions.iter().find(|question| question.column == Roster::ID);
            own.is_some_and(|own| session.value(own.at) == id.unwrap_or_default())
        })
    };
    let rows = form.look(|session, _| session.rows(repeat).to_vec());
    if rows.iter().any(|row| is_of(*row, known(Roster::ID))) {
        return;
    }
    // A row that nobody began is there for the first one.
    let empty = rows.into_iter().find(|row| is_of(*row, None));
    let row = empty.or_else(|| form.add_row(repeat));
    if let Some(row) = row {
        let questions = form.look(|session, _| about_person(session, row));
        form.prefill(questions, known);
    }
}

/// What can be picked.
#[derive(Clone, PartialEq)]
struct Entry {
    household: usize,
    /// Which of the household; everybody where there is none.
    person: Option<usize>,
    name: String,
    detail: String,
}

impl Entry {
    fn people<'a>(&self, roster: &'a Roster) -> &'a [Vec<String>] {
        let people = roster.households.get(self.household).map_or(&[][..], |own| &own.people);
        self.person.map_or(people, |place| people.get(place..=place).unwrap_or_default())
    }
}

fn people(roster: &Roster) -> Vec<Entry> {
    let mut all = Vec::new();
    for (household, own) in roster.households.iter().enumerate() {
        for (place, person) in own.people.iter().enumerate() {
            all.push(Entry {
                household,
                person: Some(place),
                name: name(roster, person),
                detail: detail(roster, person),
            });
        }
    }
    all
}

fn households(roster: &Roster) -> Vec<Entry> {
    let entry = |(household, own): (usize, &protocol::pack::Household)| {
        let names: Vec<_> = own.people.iter().map(|person| name(roster, person)).collect();
        let head = own.people.first()?;
        let address = roster.of(head, "address").unwrap_or_default();
        Some(Entry {
            household,
            person: None,
            name: names.join("、"),
            detail: format!("{address} · {}", words::roster().people(names.len())),
        })
    };
    roster.households.iter().enumerate().filter_map(entry).collect()
}

fn name(roster: &Roster, person: &[String]) -> String {
    roster.of(person, Roster::NAME).unwrap_or_default().to_owned()
}

/// Where somebody lives, and the end of the number: two of one name are told apart by these.
fn detail(roster: &Roster, person: &[String]) -> String {
    let address = roster.of(person, "address").unwrap_or_default();
    let id = roster.of(person, Roster::ID).unwrap_or_default();
    let end: String = id.chars().skip(id.chars().count().saturating_sub(4)).collect();
    words::roster().detail(address, &end)
}

type Choose = Rc<dyn Fn(&Roster, &Entry)>;

/// A button that opens the roster; nothing where the township gave none. The button does not wait
/// until the roster is read: what stands below it would move under somebody's finger.
#[component]
fn Picker(
    words: &'static str,
    entries: fn(&Roster) -> Vec<Entry>,
    choose: Choose,
) -> impl IntoView {
    let phone = phone();
    let has_roster = move || phone.delivery().pack().is_some_and(|pack| pack.roster.is_some());
    let sheet = NodeRef::<Dialog>::new();
    let is_open = RwSignal::new(false);
    let choose = StoredValue::new_local(choose);
    let take = Callback::new(move |(roster, entry): (Rc<Roster>, Entry)| {
        dialog::close(sheet);
        choose.with_value(|choose| choose(&roster, &entry));
    });
    let open = move |_| {
        is_open.set(true);
        dialog::open(sheet);
    };
    view! {
        <div class="roster" hidden=move || !has_roster()>
            <button type="button" class="button button--tool" data-action="open-roster" aria-haspopup="dialog" on:click=open>
                <Icon name="list" />
                {words}
            </button>
        </div>
        <dialog class="sheet sheet--searched" node_ref=sheet data-sheet="roster" aria-label=words on:close=move |_| is_open.set(false)>
            {move || is_open.get().then(|| view! { <Open words sheet entries take /> })}
        </dialog>
    }
}

/// The sheet while it is open: who can be picked, once the roster is read.
#[component]
fn Open(
    words: &'static str,
    sheet: NodeRef<Dialog>,
    entries: fn(&Roster) -> Vec<Entry>,
    take: Callback<(Rc<Roster>, Entry)>,
) -> impl IntoView {
    let search = Search::new();
    let phone = phone();
    let again = Trigger::new();
    let roster = loaded(move || {
        again.track();
        async move {
            let own = phone.vault().roster().await.ok().flatten();
            match own {
                Some(own) => Some(Rc::new(own)),
                None => phone.delivery().roster().await.map(Rc::new),
            }
        }
    });
    let list = move || match roster.get() {
        None => part_on_its_way(Missing::OnItsWay),
        Some(None) => part_on_its_way(Missing::Unreachable { again }),
        Some(Some(roster)) => {
            let entries = entries(&roster);
            view! { <Found search roster entries take /> }.into_any()
        }
    };
    view! {
        <div class="sheet__head">
            <div class="sheet__title">
                <span>{words}</span>
                <button type="button" class="link" data-action="close" on:click=move |_| dialog::close(sheet)>{words::app().close()}</button>
            </div>
            <label class="search">
                {search.field()}
            </label>
        </div>
        <div class="sheet__list" role="group" aria-label=words>{list}</div>
    }
}

/// Who fits what is typed.
#[component]
fn Found(
    search: Search,
    roster: Rc<Roster>,
    entries: Vec<Entry>,
    take: Callback<(Rc<Roster>, Entry)>,
) -> impl IntoView {
    let found = Memo::new(move |_| {
        let mut found = search.find(&entries, |entry: &Entry| entry.name.as_str());
        found.truncate(AT_ONCE);
        found
    });
    let row = move |entry: Entry| {
        let Entry { name, detail, .. } = entry.clone();
        let own = name.clone();
        let roster = Rc::clone(&roster);
        let choose = move |_| take.run((Rc::clone(&roster), entry.clone()));
        view! {
            <button type="button" class="choice" data-choice=own on:click=choose>
                <span class="card__body">
                    <span class="card__name">{name}</span>
                    <span class="card__detail">{detail}</span>
                </span>
            </button>
        }
    };
    let row = StoredValue::new_local(row);
    let rows = move || {
        let found = found.get();
        row.with_value(|row| found.into_iter().map(row).collect_view())
    };
    let none = move || found.with(Vec::is_empty).then_some(words::filling().nothing_found());
    view! {
        {rows}
        <p class="question__hint" role="status">{none}</p>
    }
}

/// An answer that the roster gave: to be read, and changed where it is different.
pub(crate) fn known(asked: Asked) -> AnyView {
    let said = words::roster();
    let change = move |_| {
        asked.form.ask_again(asked.at);
        asked.hold_focus();
    };
    view! {
        <p class="question__known">
            <span class="question__fixed">{super::fixed_words(asked)}</span>
            <button type="button" class="link" data-action="differs" aria-describedby=asked.id_of("label") on:click=change>
                {Glyph::Pencil.drawn()}
                {said.differs()}
            </button>
        </p>
    }
    .into_any()
}
