//! The delivery state: always in view, never better than what is known.

use leptos::prelude::*;
use protocol::ServerTime;

use crate::delivery::{Connection, Status};
use crate::device::clock;
use crate::navigation::navigation;
use crate::phone::delivery;
use crate::route::Route;
use crate::surroundings::moment;
use crate::when::{by_township, time_of_day};
use crate::words;

/// What the pill says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    state: &'static str,
    words: String,
}

impl Told {
    /// Of somebody who is filling in, what was delivered before is not told: it might be taken for
    /// what is on the screen.
    fn of(status: &Status, is_filling: bool, delivered_at: impl Fn(ServerTime) -> String) -> Self {
        let said = words::pill();
        let waiting = status.undelivered();
        let is_cut_off = status.connection == Connection::Unreachable;
        let need_somebody = status.progress.refused_for_good + status.progress.lost;
        let (state, words) = if status.trouble.is_some() {
            ("attention", said.trouble().to_owned())
        } else if need_somebody > 0 {
            ("attention", said.attention(need_somebody))
        } else if !status.is_read {
            ("reading", said.reading().to_owned())
        } else if waiting > 0 && is_cut_off {
            ("waiting", said.waiting_offline(waiting))
        } else if waiting > 0 && status.is_sending {
            ("sending", said.sending(waiting))
        } else if waiting > 0 {
            ("waiting", said.waiting(waiting))
        } else if let Some(time) = status.delivered_at.filter(|_| !is_filling) {
            ("delivered", said.delivered_at(&delivered_at(time)).trim_end().to_owned())
        } else if is_cut_off {
            ("idle", said.offline().to_owned())
        } else {
            ("idle", said.nothing().to_owned())
        };
        Self { state, words }
    }
}

/// The pill. It leads to what it speaks of.
#[component]
pub(crate) fn Pill() -> impl IntoView {
    let navigation = navigation();
    let status = Memo::new(|_| delivery().status());
    let told = Memo::new(move |_| {
        let is_filling = matches!(navigation.route(), Route::Filling(..) | Route::Review(_));
        status.with(|status| {
            Told::of(status, is_filling, |time| {
                let now = moment(clock::now());
                let then = by_township(time, now);
                if then.date() == now.date() { time_of_day(then) } else { String::new() }
            })
        })
    });
    view! {
        <a href=Route::Mine.path() class=move || format!("pill pill--{}", told.with(|told| told.state))
            data-pill=move || told.with(|told| told.state) data-waiting=move || status.with(Status::undelivered).to_string()>
            <span aria-live="polite">{move || told.with(|told| told.words.clone())}</span>
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(change: impl FnOnce(&mut Status)) -> (&'static str, String) {
        let mut status = Status { is_read: true, ..Status::default() };
        change(&mut status);
        let told = Told::of(&status, false, |_| "9:40".to_owned());
        (told.state, told.words)
    }

    #[test]
    fn nothing_counts_as_delivered_while_anything_is_still_here() {
        let (state, words) = told(|status| {
            status.delivered_at = Some(ServerTime(0));
            status.connection = Connection::Reached;
            status.progress.arrived = 1;
        });
        assert_eq!((state, words.as_str()), ("waiting", "1 件待送"));
        let (state, words) = told(|status| status.delivered_at = Some(ServerTime(0)));
        assert_eq!((state, words.as_str()), ("delivered", "全部已送达 9:40"));
    }

    #[test]
    fn what_was_delivered_before_is_not_told_of_what_is_being_filled_in() {
        let delivered =
            Status { is_read: true, delivered_at: Some(ServerTime(0)), ..Status::default() };
        assert_eq!(Told::of(&delivered, true, |_| "9:40".to_owned()).state, "idle");
    }

    #[test]
    fn nothing_is_said_to_be_delivered_before_the_phone_was_looked_through() {
        assert_eq!(told(|status| status.is_read = false).0, "reading");
    }

    #[test]
    fn it_is_red_only_where_a_person_must_act() {
        let (state, _) = told(|status| status.progress.refused = 1);
        assert_eq!(state, "waiting");
        let (state, words) = told(|status| {
            status.progress.refused = 1;
            status.progress.refused_for_good = 1;
        });
        assert_eq!((state, words.as_str()), ("attention", "1 件要您看看"));
    }

    #[test]
    fn without_a_network_it_never_says_sending() {
        let (state, words) = told(|status| {
            status.progress.waiting = 2;
            status.is_sending = true;
            status.connection = Connection::Unreachable;
        });
        assert_eq!((state, words.as_str()), ("waiting", "没有网 · 2 件待送"));
    }
}
