//! What XLSForm lets an author write into labels, hints and notes: bold, italic, headings, lists,
//! links (<https://docs.getodk.org/form-styling/>). It becomes pieces of text with a style each,
//! never markup: whatever else looks like HTML is shown as it was typed.

/// A line of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// How it stands.
    pub(crate) kind: LineKind,
    /// Its pieces.
    pub(crate) spans: Vec<Span>,
}

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// As any other.
    Plain,
    /// As a heading.
    Heading,
    /// As one of a list; its number, where it has one.
    Item(Option<u32>),
}

/// Words of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The words.
    pub(crate) words: String,
    /// `**so**`
    pub(crate) is_bold: bool,
    /// `*so*`
    pub(crate) is_italic: bool,
}

/// What is taken away, and its text left: a phone has colours and sizes of its own.
const DROPPED: [&str; 12] =
    ["span", "font", "p", "div", "center", "small", "big", "b", "strong", "i", "em", "u"];

/// The lines of `text`; empty ones are left out.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let text = without_tags(text);
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(line).collect()
}

fn line(text: &str) -> Line {
    let (kind, rest) = kind(text);
    let mut writer = Writer::default();
    writer.take(rest);
    Line { kind, spans: writer.spans }
}

fn kind(text: &str) -> (LineKind, &str) {
    let marks = text.bytes().take_while(|byte| *byte == b'#').count();
    if let Some(rest) = text[marks..].strip_prefix(' ').filter(|_| (1..=6).contains(&marks)) {
        return (LineKind::Heading, rest.trim_end_matches(['#', ' ']));
    }
    if let Some(rest) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        return (LineKind::Item(None), rest);
    }
    match text.split_once(". ").map(|(number, rest)| (number.parse(), rest)) {
        Some((Ok(number), rest)) => (LineKind::Item(Some(number)), rest),
        _ => (LineKind::Plain, text),
    }
}

#[derive(Default)]
struct Writer {
    spans: Vec<Span>,
    is_bold: bool,
    is_italic: bool,
}

impl Writer {
    fn take(&mut self, text: &str) {
        let mut rest = text;
        let mut before = None;
        while let Some(first) = rest.chars().next() {
            let taken =
                self.escape(rest).or_else(|| self.link(rest)).or_else(|| self.mark(before, rest));
            let length = taken.unwrap_or_else(|| {
                self.push(first);
                first.len_utf8()
            });
            before = rest[..length].chars().next_back();
            rest = &rest[length..];
        }
    }

    fn push(&mut self, character: char) {
        let Self { is_bold, is_italic, .. } = *self;
        match self.spans.last_mut() {
            Some(span) if span.is_bold == is_bold && span.is_italic == is_italic => {
                span.words.push(character);
            }
            _ => self.spans.push(Span { words: character.into(), is_bold, is_italic }),
        }
    }

    /// `\*` is a star.
    fn escape(&mut self, rest: &str) -> Option<usize> {
        let mark = rest.strip_prefix('\\')?.chars().next().filter(char::is_ascii_punctuation)?;
        self.push(mark);
        Some(1 + mark.len_utf8())
    }

    /// `[words](address)`: the words, and the address to be typed or remembered.
    fn link(&mut self, rest: &str) -> Option<usize> {
        let (words, after) = rest.strip_prefix('[')?.split_once("](")?;
        let (address, _) = after.split_once(')')?;
        if words.contains(['[', ']']) || address.contains(['(', ' ']) {
            return None;
        }
        let shown =
            if words == address { words.to_owned() } else { format!("{words}（{address}）") };
        shown.chars().for_each(|character| self.push(character));
        Some(words.len() + address.len() + 4)
    }

    /// A mark that begins or ends a style. One between letters or digits is a mark of its own:
    /// `2*3*4`, `a_b_c`.
    fn mark(&mut self, before: Option<char>, rest: &str) -> Option<usize> {
        let sign = rest.chars().next().filter(|sign| matches!(sign, '*' | '_'))?;
        let run = rest.chars().take_while(|own| *own == sign).count().min(3);
        let after = rest[run..].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        if is_word(before) && is_word(after) {
            return None;
        }
        // Three are both; two bold; one italic.
        let (bold, italic) = (run > 1, run != 2);
        let is_open = (!bold || self.is_bold) && (!italic || self.is_italic);
        let ends = is_open && !is_blank(before);
        let closing = &sign.to_string().repeat(run);
        // What is on already does not begin again.
        let is_on = (bold && self.is_bold) || (italic && self.is_italic);
        let begins = !is_on && !is_blank(after) && rest[run..].contains(closing.as_str());
        if !ends && !begins {
            return None;
        }
        self.is_bold ^= bold;
        self.is_italic ^= italic;
        Some(run)
    }
}

/// `<br>` ends a line; `<span style="color:red">` and its like leave only their text.
fn without_tags(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        kept.push_str(before);
        let end = tag.find('>').map(|end| (&tag[1..end], &tag[end + 1..]));
        let known = end.and_then(|(inside, after)| {
            let name = inside.trim_matches('/').split(' ').next().unwrap_or_default();
            let name = name.to_ascii_lowercase();
            match name.as_str() {
                "br" => Some(("\n", after)),
                name if DROPPED.contains(&name) => Some(("", after)),
                _ => None,
            }
        });
        let (instead, after) = known.unwrap_or(("<", &tag[1..]));
        kept.push_str(instead);
        rest = after;
    }
    kept.push_str(rest);
    kept.replace("&nbsp;", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bold in `«»`, italic in `‹›`, headings after `H`, items after `•` or their number.
    fn seen(text: &str) -> String {
        let line = |line: Line| {
            let spans = line.spans.iter().map(|span| {
                let words = if span.is_italic {
                    format!("‹{}›", span.words)
                } else {
                    span.words.clone()
                };
                if span.is_bold { format!("«{words}»") } else { words }
            });
            let spans: String = spans.collect();
            match line.kind {
                LineKind::Plain => spans,
                LineKind::Heading => format!("H {spans}"),
                LineKind::Item(None) => format!("• {spans}"),
                LineKind::Item(Some(number)) => format!("{number}) {spans}"),
            }
        };
        lines(text).into_iter().map(line).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn an_author_writes_as_xlsform_has_it() {
        for (text, shown) in [
            ("您的**姓名**", "您的«姓名»"),
            ("*请*看__这里__", "‹请›看«这里»"),
            ("***都要***看", "«‹都要›»看"),
            ("## 标题 ##\n正文", "H 标题 / 正文"),
            ("要带：\n- 户口簿\n* 照片\n2. 存折", "要带： / • 户口簿 / • 照片 / 2) 存折"),
            ("看[指南](https://a.cn/b_c_d)吧", "看指南（https://a.cn/b_c_d）吧"),
            ("一行<br/>两行", "一行 / 两行"),
            ("<span style=\"color:red\">红**字**</span>", "红«字»"),
        ] {
            assert_eq!(seen(text), shown, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_it_is_left_as_it_was_typed() {
        for text in [
            "2*3*4=24",
            "file_name_x",
            "5 * 3 * 2",
            "**没有完",
            "[1](没有完",
            "#一号",
            "3.5 亩",
            "<script>alert(1)</script>",
            "1 < 2 > 0",
            "<img src=x onerror=y>",
        ] {
            assert_eq!(seen(text), text, "{text}");
        }
        assert_eq!(seen("\\*不斜\\*"), "*不斜*");
        assert_eq!(seen("[x](javascript:alert)"), "x（javascript:alert）");
    }

    #[test]
    fn whatever_is_typed_no_word_is_lost_and_nothing_hangs() {
        for text in [
            "*", "**", "***", "****", "_*_*", "[", "[]()", "[](", "\\", "<", "<>", "</", "# ", "- ",
        ] {
            lines(text);
        }
        let long = "*a".repeat(20_000);
        assert_eq!(lines(&long).len(), 1);
    }
}
