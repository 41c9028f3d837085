//! `begin loop over LIST`: its rows once for each choice of a list, in a group that is called as the
//! choice is; `%(name)s`, `%(label)s` and the choice's other columns stand for what the choice says
//! (pyxform's `_create_loop_from_dict`).

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredDefault, DeclaredKind, ListDefinition, SelectFrom, Words,
};

/// The choice that nothing is asked about: it stands for no choice at all.
const NONE: &str = "none";

/// Puts into the loop a group for each choice, of what stands in it.
pub(super) fn expand(looped: &mut Declaration, list: &ListDefinition) {
    let template = std::mem::take(&mut looped.children);
    let choices = list.choices.iter().filter(|choice| list.choice_name(choice) != NONE);
    looped.children = choices.map(|choice| group(looped.row, &template, list, choice)).collect();
}

fn group(
    row: u32,
    template: &[Declaration],
    list: &ListDefinition,
    choice: &ChoiceDefinition,
) -> Declaration {
    let filling = Filling { list, choice };
    let mut children = template.to_vec();
    children.iter_mut().for_each(|child| filling.declaration(child));
    Declaration {
        row,
        name: list.choice_name(choice),
        label: choice.label.clone(),
        media: choice.media.clone(),
        children,
        ..Declaration::default()
    }
}

/// What is filled in for one choice.
struct Filling<'l> {
    list: &'l ListDefinition,
    choice: &'l ChoiceDefinition,
}

impl Filling<'_> {
    fn declaration(&self, d: &mut Declaration) {
        self.text(&mut d.name);
        for words in [
            &mut d.label,
            &mut d.hint,
            &mut d.guidance,
            &mut d.constraint_message,
            &mut d.required_message,
            &mut d.warning_message,
            &mut d.purpose,
        ] {
            self.words(words);
        }
        d.media.iter_mut().for_each(|(_, files)| self.words(files));
        let expressions = [
            &mut d.relevant,
            &mut d.required,
            &mut d.read_only,
            &mut d.constraint,
            &mut d.warning,
            &mut d.calculation,
            &mut d.save_to,
            &mut d.prefill,
            &mut d.retention,
        ];
        expressions.into_iter().flatten().for_each(|text| self.text(text));
        if let Some(default) = &mut d.default {
            let (DeclaredDefault::Fixed(text)
            | DeclaredDefault::Computed(text)
            | DeclaredDefault::Property(text)) = default;
            self.text(text);
        }
        d.trigger.iter_mut().chain(&mut d.appearance).for_each(|text| self.text(text));
        let pairs = d.parameters.iter_mut().chain(&mut d.attributes);
        pairs.for_each(|(_, value)| self.text(value));
        self.kind(&mut d.kind);
        d.children.iter_mut().for_each(|child| self.declaration(child));
    }

    fn kind(&self, kind: &mut DeclaredKind) {
        match kind {
            DeclaredKind::Repeat { count: Some(count), .. } => self.text(count),
            DeclaredKind::Select(select) => {
                match &mut select.from {
                    SelectFrom::List { list, .. } => self.text(list),
                    SelectFrom::Rows { value, .. } => self.text(value),
                }
                let seed = select.shuffle.as_mut().and_then(Option::as_mut);
                select.filter.iter_mut().chain(seed).for_each(|text| self.text(text));
            }
            _ => {}
        }
    }

    fn words(&self, words: &mut Words) {
        for (language, text) in words {
            *text = self.filled(text, *language);
        }
    }

    fn text(&self, text: &mut String) {
        *text = self.filled(text, 0);
    }

    /// `%(column)s` is what the choice says there, `%%` a percent sign; any other stays.
    fn filled(&self, text: &str, language: usize) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('%') {
            filled.push_str(before);
            let column = after.strip_prefix('(').and_then(|inside| inside.split_once(")s"));
            match column.and_then(|(column, rest)| Some((self.column(column, language)?, rest))) {
                Some((value, behind)) => {
                    filled.push_str(value);
                    rest = behind;
                }
                None => {
                    filled.push('%');
                    rest = after.strip_prefix('%').unwrap_or(after);
                }
            }
        }
        filled + rest
    }

    fn column(&self, name: &str, language: usize) -> Option<&str> {
        if name == "label" {
            let label = &self.choice.label;
            let own = label.iter().find(|(own, _)| *own == language).or(label.first());
            return Some(own.map_or("", |(_, words)| words));
        }
        let place = self.list.columns.iter().position(|own| own == name)?;
        self.choice.cells.get(place).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_stand_for_what_the_choice_says() {
        let list = ListDefinition {
            columns: vec!["name".to_owned(), "size".to_owned()],
            ..ListDefinition::default()
        };
        let choice = ChoiceDefinition {
            label: vec![(0, "Car".to_owned()), (1, "Voiture".to_owned())],
            cells: vec!["car".to_owned(), "big".to_owned()],
            ..ChoiceDefinition::default()
        };
        let filling = Filling { list: &list, choice: &choice };
        let cases = [
            ("%(label)s (%(name)s): %(size)s", 0, "Car (car): big"),
            ("%(label)s", 1, "Voiture"),
            ("%(label)s", 2, "Car"),
            ("100%% of %(name)s", 0, "100% of car"),
            ("100% of %(colour)s, '%Y-%m'", 0, "100% of %(colour)s, '%Y-%m'"),
            ("%", 0, "%"),
        ];
        for (text, language, filled) in cases {
            assert_eq!(filling.filled(text, language), filled, "{text}");
        }
    }
}
