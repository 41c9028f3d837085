//! People's names (民委发〔2016〕33 号): one, two or three parts, joined by U+00B7 and by nothing
//! else; every character that GB 18030 has stays what it is, however rare.

use crate::text::half_width;

/// The dot between the parts of a name.
pub const DOT: char = '\u{b7}';
/// Code points of the longest name. Characters of the supplementary planes count as one: a count
/// of UTF-16 units would cut such a name in half.
pub const LONGEST: usize = 50;
/// Dots that keyboards and old systems put in its place.
const OTHER_DOTS: [char; 7] =
    ['\u{2022}', '\u{2027}', '\u{30fb}', '\u{ff65}', '\u{2219}', '\u{22c5}', '\u{16eb}'];

/// A name, written the one right way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(String);

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// Nothing there.
    #[error("请填姓名")]
    Empty,
    /// More than [`LONGEST`].
    #[error("姓名最多 {LONGEST} 个字")]
    Long,
    /// Digits, letters, signs.
    #[error("姓名里只能是文字和间隔号“·”")]
    Signs,
    /// A dot at an end, or two together.
    #[error("间隔号“·”要在两个名字中间，只写一个")]
    Dots,
}

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    /// See [`NotAName`].
    pub fn read(text: &str) -> Result<Self, NotAName> {
        let name: String = text.chars().filter(|c| !c.is_whitespace()).map(one_dot).collect();
        let name = dots_between_letters(&name);
        match name.chars().count() {
            0 => return Err(NotAName::Empty),
            count if count > LONGEST => return Err(NotAName::Long),
            _ => {}
        }
        if !name.chars().all(|c| c == DOT || is_written(c)) {
            return Err(NotAName::Signs);
        }
        match name.split(DOT).any(str::is_empty) {
            true => Err(NotAName::Dots),
            false => Ok(Self(name)),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn one_dot(c: char) -> char {
    if OTHER_DOTS.contains(&c) { DOT } else { half_width(c) }
}

/// A full stop between two characters of a name was meant to be its dot.
fn dots_between_letters(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let is_letter = |place: usize| characters.get(place).copied().is_some_and(is_written);
    let dot = |(place, c): (usize, &char)| match c {
        '.' | '。' if place > 0 && is_letter(place - 1) && is_letter(place + 1) => DOT,
        c => *c,
    };
    characters.iter().enumerate().map(dot).collect()
}

/// A letter of a script, and no Latin one; private-use characters, with which old systems wrote
/// rare names, among them.
fn is_written(c: char) -> bool {
    let is_private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}');
    !c.is_ascii() && (c.is_alphabetic() || is_private)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_the_one_right_way() {
        let read = |text| Name::read(text).unwrap().0;
        assert_eq!(read("艾力·示例"), "艾力·示例");
        assert_eq!(read("艾力•示例"), "艾力·示例");
        assert_eq!(read("艾力.示例"), "艾力·示例");
        assert_eq!(read("阿卜杜·示例·测试"), "阿卜杜·示例·测试");
        assert_eq!(read("𬭚示"), "𬭚示");
        assert_eq!(read("张 三"), "张三");
    }

    #[test]
    fn what_is_wrong_is_told() {
        let wrong = |text: &str| Name::read(text).unwrap_err();
        assert_eq!(wrong("张3"), NotAName::Signs);
        assert_eq!(wrong("Zhang"), NotAName::Signs);
        assert_eq!(wrong(" "), NotAName::Empty);
        assert_eq!(wrong("·示例"), NotAName::Dots);
        assert_eq!(wrong("艾力··示例"), NotAName::Dots);
        assert_eq!(wrong(&"示".repeat(51)), NotAName::Long);
        assert!(Name::read(&"𬭚".repeat(50)).is_ok(), "fifty rare characters are fifty");
    }
}
