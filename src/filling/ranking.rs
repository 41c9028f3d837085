//! The order in which choices are put.

/// The order to begin with: what is in order already, then what else is on offer.
pub(crate) fn ranking(value: &str, offered: &[(String, String)]) -> Vec<String> {
    let is_offered = |name: &&str| offered.iter().any(|(own, _)| own == name);
    let mut order: Vec<String> = Vec::new();
    let others = offered.iter().map(|(name, _)| name.as_str());
    for name in value.split_whitespace().filter(is_offered).chain(others) {
        if !order.iter().any(|own| own == name) {
            order.push(name.to_owned());
        }
    }
    order
}

/// `order` with what is at `place` one place further up or down. The ends hold.
pub(crate) fn moved(mut order: Vec<String>, place: usize, up: bool) -> (Vec<String>, usize) {
    let other = if up { place.saturating_sub(1) } else { place + 1 };
    if other >= order.len() {
        return (order, place);
    }
    order.swap(place, other);
    (order, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(names: &str) -> Vec<(String, String)> {
        names.split(' ').map(|name| (name.to_owned(), name.to_uppercase())).collect()
    }

    #[test]
    fn what_is_in_order_stays_and_what_is_new_comes_after_it() {
        assert_eq!(ranking("", &offered("a b c")), ["a", "b", "c"]);
        assert_eq!(ranking("c a gone c", &offered("a b c")), ["c", "a", "b"]);
    }

    #[test]
    fn things_change_places_with_their_neighbours_and_the_ends_hold() {
        let order = || vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(moved(order(), 2, true), (vec!["a".into(), "c".into(), "b".into()], 1));
        assert_eq!(moved(order(), 0, true), (order(), 0));
        assert_eq!(moved(order(), 2, false), (order(), 2));
    }
}
