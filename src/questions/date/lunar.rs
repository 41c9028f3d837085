//! `lunar`, a word of ours: a date by the Gregorian or by the Chinese calendar, as the person knows
//! it. The answer is the Gregorian date; both are shown.

use calendar::{Date, LunarDate, LunarMonth, day_name, lunar_months};
use form::expression::date::parse_date;
use leptos::prelude::*;

use super::super::Asked;
use super::parts::PartsQuestion;
use crate::filling::{Grain, digits, moment_words};
use crate::words;

/// The calendar is chosen, and then the day in it.
#[component]
pub(super) fn LunarQuestion(asked: Asked) -> impl IntoView {
    let said = words::date();
    let is_lunar = RwSignal::new(false);
    let way = move |lunar: bool| {
        let (action, words) =
            if lunar { ("by-lunar", said.lunar()) } else { ("by-gregorian", said.gregorian()) };
        view! {
            <button type="button" class="way-of-two" role="radio" data-action=action
                aria-checked=move || (is_lunar.get() == lunar).to_string() on:click=move |_| is_lunar.set(lunar)>
                {words}
            </button>
        }
        .into_any()
    };
    let both = move || {
        let value = asked.value();
        let day = LunarDate::of(parse_date(&value)?)?;
        let name = format!("{}{}", day.month(), day_name(day.day()));
        Some(format!("{} · {}", moment_words(&value), said.lunar_day(&name)))
    };
    view! {
        <div class="two-ways" role="radiogroup" aria-label=said.which()>{way(false)}{way(true)}</div>
        {move || if is_lunar.get() {
            view! { <LunarFields asked /> }.into_any()
        } else {
            view! { <PartsQuestion asked grain=Grain::Day /> }.into_any()
        }}
        {move || both().map(|words| view! { <p class="strip" role="status" data-both>{words}</p> })}
    }
}

/// Year, month and day of the Chinese calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Named {
    year: String,
    month: Option<LunarMonth>,
    day: Option<u8>,
}

impl Named {
    fn of(value: &str) -> Self {
        match parse_date(value).and_then(LunarDate::of) {
            None => Self::default(),
            Some(day) => Self {
                year: day.year().to_string(),
                month: Some(day.month()),
                day: Some(day.day()),
            },
        }
    }

    /// The year, if the calendar has it.
    fn year(&self) -> Option<i32> {
        self.year.parse().ok().filter(|year| lunar_months(*year).next().is_some())
    }

    /// What can be chosen, in turn.
    fn months(&self) -> Vec<(LunarMonth, u8)> {
        self.year().map(|year| lunar_months(year).collect()).unwrap_or_default()
    }

    /// How many days the month has; thirty while it is not known.
    fn days(&self) -> u8 {
        let own = self.months().into_iter().find(|(month, _)| Some(*month) == self.month);
        own.map_or(30, |(_, days)| days)
    }

    fn date(&self) -> Option<Date> {
        LunarDate::new(self.year()?, self.month?, self.day?)?.date()
    }
}

#[component]
fn LunarFields(asked: Asked) -> impl IntoView {
    let said = words::date();
    let named = RwSignal::new(asked.form.look(|session, _| Named::of(session.value(asked.at))));
    let change = move |change: &dyn Fn(&mut Named)| {
        named.update(|named| {
            change(named);
            // Another year may lack the leap month, another month the thirtieth.
            if named.year().is_some()
                && !named.months().iter().any(|(own, _)| Some(*own) == named.month)
            {
                named.month = None;
            }
            named.day = named.day.filter(|day| *day <= named.days());
        });
        let date = named.with_untracked(Named::date);
        let text = date.map(|date| {
            format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
        });
        asked.form.hush(asked.at);
        asked.answer(&text.unwrap_or_default());
    };
    let months = Memo::new(move |_| named.with(Named::months));
    let days = Memo::new(move |_| named.with(Named::days));
    let no_year = move || {
        named.with(|named| named.year.len() == 4 && named.year().is_none()).then(|| said.no_year())
    };
    let month_option = move |(place, (month, _)): (usize, (LunarMonth, u8))| {
        let is_chosen = move || named.with(|named| named.month == Some(month));
        view! { <option value=place.to_string() selected=is_chosen>{month_words(month)}</option> }
    };
    let day_option = move |day: u8| {
        let is_chosen = move || named.with(|named| named.day == Some(day));
        view! { <option value=day.to_string() selected=is_chosen>{day_name(day)}</option> }
    };
    let empty = move || view! { <option value="">{words::filling().choose()}</option> };
    view! {
        <div class="date">
            <label class="date__part">
                <input class="field date__year" id=asked.id_of("answer") type="text" inputmode="numeric" maxlength="4"
                    autocomplete="off" aria-describedby=asked.described_by() prop:value=move || named.with(|named| named.year.clone())
                    on:input=move |event| {
                        let year = digits(&event_target_value(&event), 4);
                        change(&|named| named.year.clone_from(&year));
                    } />
                <span>{said.year()}</span>
            </label>
            <select class="field" data-part="month" aria-label=said.month() disabled=move || months.with(Vec::is_empty)
                on:change=move |event| {
                    let place = event_target_value(&event).parse().ok();
                    let month = place.and_then(|place: usize| months.with_untracked(|all| all.get(place).map(|it| it.0)));
                    change(&|named| named.month = month);
                }>
                {empty()}
                {move || months.get().into_iter().enumerate().map(month_option).collect_view()}
            </select>
            <select class="field" data-part="day" aria-label=said.day()
                on:change=move |event| {
                    let day = event_target_value(&event).parse().ok();
                    change(&|named| named.day = day);
                }>
                {empty()}
                {move || (1..=days.get()).map(day_option).collect_view()}
            </select>
        </div>
        {move || no_year().map(|words| view! { <p class="question__hint" role="status">{words}</p> })}
    }
}

/// With the name by which old people know it.
fn month_words(month: LunarMonth) -> String {
    match month {
        LunarMonth { number: 11, is_leap: false } => format!("{month}（冬月）"),
        LunarMonth { number: 12, is_leap: false } => format!("{month}（腊月）"),
        _ => month.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_by_its_name_and_only_where_there_is_one() {
        let mut named = Named::of("2020-06-01");
        let leap = LunarMonth { number: 4, is_leap: true };
        assert_eq!((named.year.as_str(), named.month, named.day), ("2020", Some(leap), Some(10)));
        assert_eq!((named.months().len(), named.days()), (13, 29));
        named.year = "2021".to_owned();
        assert_eq!(named.date(), None, "that year has no such month");
        assert_eq!(Named { year: "1850".to_owned(), ..named }.year(), None);
        assert_eq!(month_words(LunarMonth { number: 12, is_leap: false }), "十二月（腊月）");
    }
}
