//! Regular expressions, compiled when the form is: a phone carries what matches, which is small, and
//! not what reads patterns. Time grows with the text and the pattern, never faster: no author can
//! make a phone hang.

/// A compiled pattern. It matches texts as a whole (`docs/decisions/0004-expressions.md`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Run from the first; each goes on to the next unless it says where to.
    pub(crate) steps: Vec<Step>,
}

/// One step of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Takes one character that is within one of these ranges, ends included.
    Take(Vec<(char, char)>),
    /// Goes on at the next step and at this one.
    Fork(u32),
    /// Goes on at this step.
    Jump(u32),
    /// Goes on at the beginning of the text only.
    Beginning,
    /// Goes on at the end of the text only.
    End,
    /// Goes on where a word begins or ends only, or (false) only where none does. Words are of
    /// ASCII letters, digits and `_`.
    Edge(bool),
}

/// Where in a text one is.
struct Place {
    before: Option<char>,
    after: Option<char>,
}

impl Pattern {
    /// The characters that it takes somewhere, as ranges, ends included.
    pub fn characters(&self) -> impl Iterator<Item = (char, char)> {
        self.steps
            .iter()
            .flat_map(|step| match step {
                Step::Take(ranges) => &ranges[..],
                _ => &[],
            })
            .copied()
    }

    /// Whether all of `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        let mut characters = text.chars();
        let mut place = Place { before: None, after: characters.next() };
        let mut here = Front::new(self.steps.len());
        let mut next = Front::new(self.steps.len());
        here.reach(self, 0, &place);
        while let Some(character) = place.after {
            place = Place { before: Some(character), after: characters.next() };
            for step in here.taken() {
                let Some(Step::Take(ranges)) = self.steps.get(step) else { continue };
                if ranges.iter().any(|(from, to)| (*from..=*to).contains(&character)) {
                    next.reach(self, step + 1, &place);
                }
            }
            (here, next) = (next, here);
            next.clear();
        }
        here.is_reached[self.steps.len()]
    }
}

/// The steps that are reached at a place. The one after the last is the match.
struct Front {
    is_reached: Vec<bool>,
    order: Vec<usize>,
}

impl Front {
    fn new(steps: usize) -> Self {
        Self { is_reached: vec![false; steps + 1], order: Vec::new() }
    }

    fn clear(&mut self) {
        self.order.drain(..).for_each(|step| self.is_reached[step] = false);
    }

    fn taken(&self) -> impl Iterator<Item = usize> {
        self.order.iter().copied()
    }

    /// Reaches `step`, and whatever is reached from it without taking a character.
    fn reach(&mut self, pattern: &Pattern, step: usize, place: &Place) {
        let mut open = vec![step];
        while let Some(step) = open.pop() {
            let Some(reached) = self.is_reached.get_mut(step) else { continue };
            if std::mem::replace(reached, true) {
                continue;
            }
            self.order.push(step);
            match pattern.steps.get(step) {
                None | Some(Step::Take(_)) => {}
                Some(Step::Fork(other)) => open.extend([*other as usize, step + 1]),
                Some(Step::Jump(other)) => open.push(*other as usize),
                Some(Step::Beginning) => open.extend(place.before.is_none().then_some(step + 1)),
                Some(Step::End) => open.extend(place.after.is_none().then_some(step + 1)),
                Some(Step::Edge(wanted)) => {
                    open.extend((place.is_edge() == *wanted).then_some(step + 1));
                }
            }
        }
    }
}

impl Place {
    fn is_edge(&self) -> bool {
        let is_word = |character: Option<char>| {
            character.is_some_and(|character| character.is_ascii_alphanumeric() || character == '_')
        };
        is_word(self.before) != is_word(self.after)
    }
}
