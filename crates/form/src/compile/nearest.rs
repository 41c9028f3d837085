//! The word that somebody who mistyped meant.

/// Longer words are no slips of the pen.
const LONGEST: usize = 60;

/// The one of `known` with the fewest letters to change, where that is few enough to be likely.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = written.chars().count();
    if length > LONGEST {
        return None;
    }
    let written = written.to_lowercase();
    let most = 1 + length / 4;
    let candidates = known
        .into_iter()
        .filter(|own| own.len() <= 4 * (LONGEST + most))
        .filter_map(|own| Some((distance_within(most, &written, &own.to_lowercase())?, own)));
    Some(candidates.min_by_key(|(changes, _)| *changes)?.1)
}

/// Levenshtein's distance, with two neighbours that changed places counted once.
pub fn distance(one: &str, other: &str) -> usize {
    distance_within(usize::MAX, one, other).unwrap_or(usize::MAX)
}

/// The same where it is at most so much; most words are given up after a few letters.
fn distance_within(most: usize, one: &str, other: &str) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, b) in other.iter().enumerate() {
            let mut least = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        // A distance never gets less than what two rows in a row begin with.
        if row.iter().chain(&next).all(|changes| *changes > most) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|changes| *changes <= most)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn a_letter_too_much_too_few_or_in_the_wrong_place_is_seen_through() {
        let known = ["calculate", "begin group", "select_one"];
        for (written, meant) in [
            ("calcualte", Some("calculate")),
            ("beginn group", Some("begin group")),
            ("selct_on", Some("select_one")),
            ("text", None),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
    }

    #[test]
    fn what_is_given_up_is_further_than_what_is_sought() {
        let words = ["", "a", "ab", "ba", "abcd", "badc", "kitten", "sitting", "村委会", "委村会"];
        for (one, other) in words.iter().flat_map(|one| words.iter().map(move |other| (one, other)))
        {
            let whole = distance(one, other);
            for most in 0..8 {
                let within = super::distance_within(most, one, other);
                assert_eq!(
                    within,
                    Some(whole).filter(|whole| *whole <= most),
                    "{one} {other} {most}"
                );
            }
        }
    }
}
