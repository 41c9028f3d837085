//! Who is a child by the law of personal data: under fourteen (个人信息保护法 第三十一条).

use std::collections::BTreeSet;

use time::Date;

use crate::ResidentId;

/// Below this age a guardian has to agree.
pub const AGE: i32 = 14;

/// How many different children the resident ids among `values` are of, on the day `today`.
pub fn count<'v>(values: impl IntoIterator<Item = &'v str>, today: Date) -> usize {
    let ids = values.into_iter().filter_map(|value| ResidentId::read(value, today).ok());
    let children = ids.filter(|id| id.age_on(today) < AGE);
    children.map(|id| id.as_str().to_owned()).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use time::Month;

    use super::*;

    #[test]
    fn children_are_counted_once_and_until_their_fourteenth_birthday() {
        let day = |year| Date::from_calendar_date(year, Month::June, 29).unwrap();
        let values = ["529999201806301155", "529999201806301155", "529999194508070018", "张三", ""];
        assert_eq!(count(values, day(2026)), 1);
        assert_eq!(count(values, day(2032)), 1);
        assert_eq!(count(values, day(2032).next_day().unwrap()), 0);
    }
}
