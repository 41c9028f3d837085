//! The vectors of township.md section 4.3.

use time::macros::{date, datetime};

use super::*;

fn calendar() -> Calendar {
    let days = |text: &str| -> BTreeSet<Date> {
        let format = time::macros::format_description!("[year]-[month]-[day]");
        text.split_whitespace().map(|day| Date::parse(day, format).unwrap()).collect()
    };
    let year_2025 = Year {
        off: days(
            "2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-01 2025-02-02 \
             2025-02-03 2025-02-04 2025-04-04 2025-04-05 2025-04-06 2025-05-01 2025-05-02 \
             2025-05-03 2025-05-04 2025-05-05 2025-05-31 2025-06-01 2025-06-02 2025-10-01 \
             2025-10-02 2025-10-03 2025-10-04 2025-10-05 2025-10-06 2025-10-07 2025-10-08",
        ),
        work: days("2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11"),
    };
    let year_2026 = Year {
        off: days(
            "2026-01-01 2026-01-02 2026-01-03 2026-02-15 2026-02-16 2026-02-17 2026-02-18 \
             2026-02-19 2026-02-20 2026-02-21 2026-02-22 2026-02-23 2026-04-04 2026-04-05 \
             2026-04-06 2026-05-01 2026-05-02 2026-05-03 2026-05-04 2026-05-05 2026-06-19 \
             2026-06-20 2026-06-21 2026-09-25 2026-09-26 2026-09-27 2026-10-01 2026-10-02 \
             2026-10-03 2026-10-04 2026-10-05 2026-10-06 2026-10-07",
        ),
        work: days("2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10"),
    };
    Calendar::new(BTreeMap::from([(2025, year_2025), (2026, year_2026)]))
}

#[test]
fn the_due_day_is_the_nth_working_day_after_the_start() {
    let calendar = calendar();
    let due = |start, days| calendar.due(start, days, &[]).date;
    assert_eq!(due(date!(2026 - 02 - 12), 5), date!(2026 - 02 - 26));
    assert_eq!(due(date!(2026 - 02 - 13), 1), date!(2026 - 02 - 14));
    assert_eq!(due(date!(2026 - 02 - 14), 1), date!(2026 - 02 - 24));
    assert_eq!(due(date!(2026 - 04 - 30), 3), date!(2026 - 05 - 08));
    assert_eq!(due(date!(2026 - 09 - 18), 5), date!(2026 - 09 - 24));
    assert_eq!(due(date!(2026 - 09 - 30), 10), date!(2026 - 10 - 20));
    assert_eq!(due(date!(2026 - 03 - 02), 20), date!(2026 - 03 - 30));
    assert_eq!(due(date!(2025 - 12 - 31), 1), date!(2026 - 01 - 04));
    assert_eq!(due(date!(2026 - 01 - 03), 1), date!(2026 - 01 - 04));
    assert_eq!(due(date!(2026 - 03 - 02), 0), date!(2026 - 03 - 02));
}

#[test]
fn paused_days_do_not_count() {
    // 公示 from 03-09 to the end of 03-15.
    let pause = Pause { from: datetime!(2026-03-09 00:00 +8), to: datetime!(2026-03-16 00:00 +8) };
    let due = calendar().due(date!(2026 - 03 - 02), 20, &[pause]);
    assert_eq!(due, Due { date: date!(2026 - 04 - 07), certain: true });
}

#[test]
fn a_year_has_as_many_working_days_as_the_notice_leaves() {
    assert_eq!(calendar().working_days_in(2025), 248);
    assert_eq!(calendar().working_days_in(2026), 248);
}

#[test]
fn a_day_in_a_year_whose_notice_is_not_known_is_uncertain() {
    let due = calendar().due(date!(2026 - 12 - 31), 1, &[]);
    assert_eq!(due, Due { date: date!(2027 - 01 - 01), certain: false });
}

#[test]
fn what_is_left_shrinks_to_nothing_and_is_then_past() {
    let calendar = calendar();
    let due = date!(2026 - 02 - 26);
    assert_eq!(calendar.working_days_left(date!(2026 - 02 - 12), due), Some(5));
    assert_eq!(calendar.working_days_left(date!(2026 - 02 - 26), due), Some(0));
    assert_eq!(calendar.working_days_left(date!(2026 - 02 - 27), due), None);
}

#[test]
fn working_days_end_at_midnight_and_hours_on_the_hour() {
    let calendar = calendar();
    let start = datetime!(2026-02-12 07:41 +8);
    let end = |limit: Limit| limit.deadline(&calendar, start, &[]).end;
    assert_eq!(end(Limit::WorkingDays(5)), datetime!(2026-02-27 00:00 +8));
    assert_eq!(end(Limit::Hours(24)), datetime!(2026-02-13 07:41 +8));
    // Ten days after is 02-22, a day off; the next working day is 02-24.
    assert_eq!(end(Limit::Days(10)), datetime!(2026-02-25 00:00 +8));
}

#[test]
fn hours_stand_still_with_the_clock() {
    let calendar = calendar();
    let start = datetime!(2026-02-12 07:00 +8);
    let pause = |from: u8, to: u8| {
        let at = |hour: u8| start.replace_hour(hour).unwrap();
        Pause { from: at(from), to: at(to) }
    };
    let end = |pauses: &[Pause]| Limit::Hours(24).deadline(&calendar, start, pauses).end;
    assert_eq!(end(&[pause(9, 12)]), datetime!(2026-02-13 10:00 +8));
    // Before the start, one within another, and side by side, in any order.
    assert_eq!(
        end(&[pause(10, 11), pause(1, 5), pause(9, 12), pause(12, 13)]),
        datetime!(2026-02-13 11:00 +8)
    );
}

#[test]
fn what_goes_on_on_the_day_that_it_stopped_takes_no_day_away() {
    let pause = Pause { from: datetime!(2026-03-03 09:00 +8), to: datetime!(2026-03-03 17:00 +8) };
    let due = |pauses: &[Pause]| calendar().due(date!(2026 - 03 - 02), 5, pauses).date;
    assert_eq!(due(&[pause]), due(&[]));
}

/// What an obviously right count over all days of a year gives, beside ours.
mod beside_a_slow_count {
    use proptest::prelude::*;
    use time::Duration;

    use super::*;

    const FIRST: OffsetDateTime = datetime!(2026-01-01 00:00 +8);

    fn any_calendar() -> impl Strategy<Value = Calendar> {
        let days = || {
            prop::collection::btree_set(0..365_i64, 0..60).prop_map(|days| {
                days.into_iter().map(|day| FIRST.date() + Duration::days(day)).collect()
            })
        };
        (days(), days())
            .prop_map(|(off, work)| Calendar::new(BTreeMap::from([(2026, Year { off, work })])))
    }

    fn any_pauses() -> impl Strategy<Value = Vec<Pause>> {
        let pause = (0..400 * 24_i64, 0..20 * 24_i64).prop_map(|(from, length)| {
            let from = FIRST + Duration::hours(from);
            Pause { from, to: from + Duration::hours(length) }
        });
        prop::collection::vec(pause, 0..6)
    }

    /// Every hour from the start on, one by one.
    fn slow_hours(start: OffsetDateTime, hours: u32, pauses: &[Pause]) -> OffsetDateTime {
        let mut now = start;
        let mut left = hours;
        while left > 0 {
            if !pauses.iter().any(|pause| pause.from <= now && now < pause.to) {
                left -= 1;
            }
            now += Duration::HOUR;
        }
        now
    }

    /// All days that count, in a list.
    fn slow_days(start: Date, days: u32, pauses: &[Pause], counts: impl Fn(Date) -> bool) -> Date {
        let all = (1..2_000).map(|day| start + Duration::days(day));
        let stands = |day: Date| {
            pauses.iter().any(|pause| {
                let whole = (pause.to.date() - pause.from.date()).whole_days();
                (0..whole).any(|after| pause.from.date() + Duration::days(after) == day)
            })
        };
        let counted: Vec<Date> = all.filter(|day| !stands(*day) && counts(*day)).collect();
        days.checked_sub(1).map_or(start, |place| counted[place as usize])
    }

    proptest! {
        #[test]
        fn every_limit_ends_when_it_says(
            calendar in any_calendar(),
            pauses in any_pauses(),
            start in 0..300 * 24_i64,
            length in 0..60_u32,
        ) {
            let start = FIRST + Duration::hours(start);
            let hours = Limit::Hours(length).deadline(&calendar, start, &pauses).end;
            // A limit that has run out just when the clock stops has run out.
            prop_assert_eq!(hours, slow_hours(start, length, &pauses));

            let works = |day| calendar.is_working_day(day);
            let working = Limit::WorkingDays(length).deadline(&calendar, start, &pauses).date;
            prop_assert_eq!(working, slow_days(start.date(), length, &pauses, works));

            let days = Limit::Days(length).deadline(&calendar, start, &pauses).date;
            let last = slow_days(start.date(), length, &pauses, |_| true);
            let expected =
                if works(last) { last } else { slow_days(last, 1, &pauses, works) };
            prop_assert_eq!(days, expected);
        }
    }
}
