//! Looking for one of many: what was typed, in characters, pinyin or the initials of pinyin.

use std::rc::Rc;

use finding::{Fit, Readings, Wanted};
use leptos::prelude::*;

use super::readings;
use crate::effect::effect;
use crate::parts::Icon;
use crate::words;

/// What somebody looks for. Cheap to copy.
#[derive(Clone, Copy)]
pub(in super::super) struct Search {
    wanted: RwSignal<Wanted>,
    /// How characters are read: loaded when letters are typed for the first time.
    readings: RwSignal<Option<Rc<Readings>>, LocalStorage>,
}

impl Search {
    /// Nothing is looked for yet.
    pub(in super::super) fn new() -> Self {
        let search = Self {
            wanted: RwSignal::default(),
            readings: RwSignal::new_local(None::<Rc<Readings>>),
        };
        effect(move || {
            let is_read = search.wanted.with(Wanted::is_read);
            if is_read && search.readings.with_untracked(Option::is_none) {
                leptos::task::spawn_local(async move {
                    if let Some(table) = readings::get().await {
                        search.readings.try_set(Some(table));
                    }
                });
            }
        });
        search
    }

    /// What fits, best first; of what fits equally well, the order stays. Follows what is typed.
    pub(in super::super) fn find<T: Clone>(self, all: &[T], words: impl Fn(&T) -> &str) -> Vec<T> {
        self.wanted.with(|wanted| {
            if wanted.is_empty() {
                return all.to_vec();
            }
            self.readings.with(|table| {
                let fit = |one| wanted.fit(words(one), table.as_deref());
                let fits: Vec<_> = all.iter().map(fit).collect();
                let of = |fit: Fit| {
                    let all = all.iter().zip(&fits);
                    all.filter(move |(_, own)| **own == Some(fit)).map(|(one, _)| one.clone())
                };
                Fit::ALL.into_iter().flat_map(of).collect()
            })
        })
    }

    /// Where one types.
    pub(in super::super) fn field(self) -> AnyView {
        let said = words::list();
        view! {
            <Icon name="search" />
            <input type="search" placeholder=said.search() aria-label=said.search_by()
                autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
                on:input=move |event| self.wanted.set(Wanted::new(&event_target_value(&event))) />
        }
        .into_any()
    }
}
