//! The word that somebody who mistyped meant.

/// The one of `known` with the fewest letters to change, where that is few enough to be likely.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = written.chars().count();
    if length > 60 {
        return None;
    }
    let written = written.to_lowercase();
    let candidates = known.into_iter().map(|own| (distance(&written, &own.to_lowercase()), own));
    let (changes, own) = candidates.min_by_key(|(changes, _)| *changes)?;
    (changes <= 1 + length / 4).then_some(own)
}

/// Levenshtein's distance, with two neighbours that changed places counted once.
pub fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut least = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}
