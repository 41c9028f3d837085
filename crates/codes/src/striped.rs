//! Bar codes: a row of pixels as runs of dark and light, and runs as digits.

mod code_128;
mod ean;

use crate::Picture;

/// So many rows are looked at, evenly from above to below.
const ROWS: usize = 24;
/// A row with less between its darkest and its lightest has no bars.
const LEAST_CONTRAST: u8 = 40;

/// What the first bar code says, whichever way it is held.
pub(crate) fn read(picture: Picture<'_>) -> Option<String> {
    let (height, width) = (picture.height(), picture.width);
    // From the middle outwards it would be found sooner; every row is soon looked at.
    (0..ROWS).find_map(|row| {
        let from = (height * (2 * row + 1) / (2 * ROWS)) * width;
        let row = picture.shades.get(from..from + width)?;
        let mut runs = runs(row)?;
        read_runs(&runs).or_else(|| {
            runs.reverse();
            read_runs(&runs)
        })
    })
}

/// Looks for a code at each bar.
fn read_runs(runs: &[u32]) -> Option<String> {
    // The first run is light, and so is every second.
    (1..runs.len()).step_by(2).find_map(|bar| {
        let (quiet, rest) = (runs[bar - 1], &runs[bar..]);
        ean::read(quiet, rest).or_else(|| code_128::read(quiet, rest))
    })
}

/// The widths of light and dark in turn, light first and last.
fn runs(row: &[u8]) -> Option<Vec<u32>> {
    let (darkest, lightest) = (*row.iter().min()?, *row.iter().max()?);
    if lightest - darkest < LEAST_CONTRAST {
        return None;
    }
    let middle = darkest.midpoint(lightest);
    let mut runs = vec![0];
    let mut is_dark = false;
    for shade in row {
        if (*shade < middle) != is_dark {
            is_dark = !is_dark;
            runs.push(0);
        }
        if let Some(last) = runs.last_mut() {
            *last += 1;
        }
    }
    if is_dark {
        runs.push(0);
    }
    Some(runs)
}

/// How far runs are from a pattern of so many modules, in parts of a module; none where a run is off
/// by most of one.
fn distance(runs: &[u32], pattern: &[u8]) -> Option<f32> {
    let modules: u8 = pattern.iter().sum();
    let module = runs.iter().sum::<u32>() as f32 / f32::from(modules);
    let mut sum = 0.0;
    for (run, wanted) in runs.iter().zip(pattern) {
        let off = (*run as f32 / module - f32::from(*wanted)).abs();
        if off > 0.75 {
            return None;
        }
        sum += off;
    }
    Some(sum)
}

/// The place of the pattern that fits best, if one fits.
fn nearest<const N: usize>(runs: &[u32], patterns: &[[u8; N]]) -> Option<usize> {
    let fits = patterns.iter().enumerate();
    let fits = fits.filter_map(|(place, pattern)| Some((distance(runs, pattern)?, place)));
    fits.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bars of these widths, `scale` pixels to a module, in the middle of a page.
    fn page(widths: &[u8], scale: usize, is_upside_down: bool) -> (Vec<u8>, usize) {
        let mut row = vec![230; 12 * scale];
        for (place, width) in widths.iter().enumerate() {
            let shade = if place % 2 == 0 { 30 } else { 230 };
            row.resize(row.len() + usize::from(*width) * scale, shade);
        }
        row.resize(row.len() + 12 * scale, 230);
        if is_upside_down {
            row.reverse();
        }
        let width = row.len();
        ([vec![250; width * 40], row.repeat(30), vec![250; width * 40]].concat(), width)
    }

    fn read_widths(widths: &[u8]) -> Vec<Option<String>> {
        let ways = [(1, false), (2, true), (5, false)];
        let read = |(scale, is_upside_down)| {
            let (shades, width) = page(widths, scale, is_upside_down);
            read(Picture { shades: &shades, width })
        };
        ways.map(read).to_vec()
    }

    #[test]
    fn goods_are_read_either_way_up() {
        for code in ["5901234123457", "6901234567892", "96385074"] {
            assert_eq!(read_widths(&ean::drawn(code)), vec![Some(code.to_owned()); 3]);
        }
    }

    #[test]
    fn a_wrong_check_digit_is_not_read() {
        assert_eq!(read_widths(&ean::drawn("5901234123450")), vec![None; 3]);
    }

    #[test]
    fn papers_are_read() {
        // Of the standard's examples: the checksum of PJJ123C is 54.
        let widths = "211412313121112133112133123221223211221132131321311123233111";
        let mut widths: Vec<u8> = widths.bytes().map(|digit| digit - b'0').collect();
        widths.push(2);
        assert_eq!(read_widths(&widths), vec![Some("PJJ123C".to_owned()); 3]);
    }
}
