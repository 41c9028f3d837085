//! How characters are read.

/// The first character of the table, that of the block of CJK unified ideographs.
pub(crate) const FIRST: u32 = 0x4e00;
/// What a table begins with.
pub(crate) const MARK: &str = "readings 1\n";

/// The readings of the characters from U+4E00 to U+9FFF, without tones; `ü` is `v`, as it is typed.
///
/// The file: its mark; each different set of readings on a line, with blanks between; an empty
/// line; then for each character in turn the number of its set, counted from 1 as two bytes, the
/// lower first, 0 for one that has no reading.
#[derive(Debug)]
pub struct Readings {
    sets: Vec<Box<[Box<str>]>>,
    /// By character.
    numbers: Vec<u16>,
}

impl Readings {
    /// Reads the file; none where it is not one.
    pub fn read(file: &[u8]) -> Option<Self> {
        let rest = file.strip_prefix(MARK.as_bytes())?;
        let end = rest.windows(2).position(|two| two == b"\n\n")?;
        let (lines, numbers) = (&rest[..end], &rest[end + 2..]);
        let lines = core::str::from_utf8(lines).ok()?.split('\n');
        let sets: Vec<Box<[_]>> =
            lines.map(|line| line.split(' ').map(Into::into).collect()).collect();
        let numbers: Vec<u16> =
            numbers.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let is_whole = numbers.iter().all(|number| usize::from(*number) <= sets.len());
        is_whole.then_some(Self { sets, numbers })
    }

    /// How a character is read; not at all, where it is none of the table's.
    pub fn of(&self, character: char) -> &[Box<str>] {
        let place = u32::from(character).checked_sub(FIRST);
        let number = place.and_then(|place| self.numbers.get(place as usize)).copied().unwrap_or(0);
        match usize::from(number).checked_sub(1) {
            Some(set) => &self.sets[set],
            None => &[],
        }
    }
}
