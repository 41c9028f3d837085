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
    let pause = Pause { from: date!(2026 - 03 - 09), to: date!(2026 - 03 - 15) };
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
