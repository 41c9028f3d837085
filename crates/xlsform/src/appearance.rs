//! The `appearance` column: words, and `search()` among them.

/// The words of an appearance. A word reaches to a blank outside brackets.
pub(crate) fn words(written: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut scan = Scan::default();
    for letter in written.chars() {
        if scan.is_outside(letter) && letter.is_whitespace() {
            words.push(std::mem::take(&mut word));
        } else {
            word.push(letter);
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// `search('file', 'matches', 'column', value, 'column', value)`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Search {
    /// The name of the file, with or without its ending.
    pub(crate) file: String,
    /// What narrows the choices: a condition on their columns.
    pub(crate) filter: Option<String>,
}

/// Takes `search()` out of the words.
pub(crate) fn take_search(words: &mut Vec<String>) -> Option<Result<Search, ()>> {
    let place = words.iter().position(|word| word.starts_with("search("))?;
    Some(search(&words.remove(place)).ok_or(()))
}

fn search(word: &str) -> Option<Search> {
    let inside = word.strip_prefix("search(")?.strip_suffix(')')?;
    let arguments = arguments(inside);
    let file = literal(arguments.first()?)?.to_owned();
    let condition = match &arguments[1..] {
        [] => None,
        [how, columns, value] => Some(condition(literal(how)?, literal(columns)?, value)?),
        [how, columns, value, filter, filter_value] => {
            let first = condition(literal(how)?, literal(columns)?, value)?;
            let second = condition("matches", literal(filter)?, filter_value)?;
            Some(format!("({first}) and ({second})"))
        }
        _ => return None,
    };
    Some(Search { file, filter: condition })
}

fn condition(how: &str, columns: &str, value: &str) -> Option<String> {
    let one = |column: &str| {
        Some(match how {
            "matches" => format!("{column} = {value}"),
            "contains" => format!("contains({column}, {value})"),
            "startswith" => format!("starts-with({column}, {value})"),
            "endswith" => format!("ends-with({column}, {value})"),
            _ => return None,
        })
    };
    let columns = columns.split(',').map(str::trim).filter(|column| !column.is_empty());
    let conditions: Option<Vec<String>> = columns.map(one).collect();
    conditions.filter(|all| !all.is_empty()).map(|all| all.join(" or "))
}

/// What stands between the commas outside brackets and quotation marks.
fn arguments(inside: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut scan = Scan { depth: 1, outside: 1, mark: None };
    for letter in inside.chars() {
        match arguments.last_mut() {
            Some(last) if !scan.is_outside(letter) || letter != ',' => last.push(letter),
            _ => arguments.push(String::new()),
        }
    }
    arguments.iter().map(|argument| argument.trim().to_owned()).collect()
}

fn literal(argument: &str) -> Option<&str> {
    let mark = argument.chars().next().filter(|mark| matches!(mark, '\'' | '"'))?;
    let inside = argument.get(1..)?.strip_suffix(mark)?;
    Some(inside.trim()).filter(|inside| !inside.is_empty() && !inside.contains(mark))
}

/// Where brackets and quotation marks are open.
#[derive(Default)]
struct Scan {
    depth: usize,
    /// The depth that counts as outside.
    outside: usize,
    mark: Option<char>,
}

impl Scan {
    /// Whether `letter` stands outside all brackets and quotation marks.
    fn is_outside(&mut self, letter: char) -> bool {
        match (self.mark, letter) {
            (Some(mark), own) if own == mark => self.mark = None,
            (Some(_), _) => {}
            // An apostrophe outside brackets is one in a word.
            (None, '\'' | '"') if self.depth > 0 => self.mark = Some(letter),
            (None, '(' | '{' | '[') => self.depth += 1,
            (None, ')' | '}' | ']') => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.depth == self.outside && self.mark.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_reaches_over_blanks_in_brackets() {
        assert_eq!(
            words("minimal  ex:org.app(a='x y', b=2) w3"),
            ["minimal", "ex:org.app(a='x y', b=2)", "w3"]
        );
        assert_eq!(words("search('a', 'matches', 'b c', ${d}) quick").len(), 2);
        assert_eq!(words("  "), [""; 0]);
    }

    /// The forms of call in XLSForm's "Dynamic selects from pre-loaded data"
    /// (docs.getodk.org/form-datasets, ODK Collect's search()).
    #[test]
    fn search_becomes_a_condition_on_columns() {
        let filter = |text: &str| {
            let found = take_search(&mut words(text))?.ok()?;
            Some((found.file, found.filter.unwrap_or_default()))
        };
        let cases = [
            ("search('fruits')", "fruits", ""),
            ("search(\"fruits.csv\")", "fruits.csv", ""),
            ("search('f', 'matches', 'kind', ${k})", "f", "kind = ${k}"),
            ("search('f', 'contains', 'name', 'a,b')", "f", "contains(name, 'a,b')"),
            (
                "search('f', 'startswith', 'a, b', ${k})",
                "f",
                "starts-with(a, ${k}) or starts-with(b, ${k})",
            ),
            (
                "minimal search('f','endswith','a',${k},'b',concat('x', ${y}))",
                "f",
                "(ends-with(a, ${k})) and (b = concat('x', ${y}))",
            ),
        ];
        for (written, file, condition) in cases {
            assert_eq!(filter(written), Some((file.to_owned(), condition.to_owned())), "{written}");
        }
        for broken in
            ["search()", "search(fruits)", "search('f', 'like', 'a', 1)", "search('f', 'matches')"]
        {
            assert_eq!(take_search(&mut words(broken)), Some(Err(())), "{broken}");
        }
        assert_eq!(take_search(&mut words("search minimal")), None);
    }
}
