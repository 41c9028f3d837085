//! The functions of the language, listed in one table; one file for each family.

use serde::{Deserialize, Serialize};

use super::Expression;
use super::evaluate::{Evaluation, Outcome};

mod choice;
mod instance;
mod logic;
mod number;
mod text;
mod time;

/// How a function is computed: from its arguments, which it evaluates as it needs them.
type Compute = fn(&Evaluation<'_>, &[Expression]) -> Outcome;

/// Declares the functions.
macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident $spelling:literal $least:literal..=$most:tt $compute:path;)*) => {
        /// A function of the language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Function {
            $($(#[$doc])* $name,)*
        }

        impl Function {
            /// The function spelled `name`.
            pub fn find(name: &str) -> Option<Self> {
                match name {
                    $($spelling => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// How it is spelled.
            pub fn spelling(self) -> &'static str {
                match self {
                    $(Self::$name => $spelling,)*
                }
            }

            /// How many arguments it takes, at least and at most.
            pub fn arity(self) -> (usize, usize) {
                match self {
                    $(Self::$name => ($least, $most),)*
                }
            }

            fn compute(self) -> Compute {
                match self {
                    $(Self::$name => $compute,)*
                }
            }
        }
    };
}

/// As many arguments as anybody writes.
const MANY: usize = usize::MAX;

functions! {
    /// Both ways of a decision; only the chosen one is evaluated.
    If "if" 3..=3 logic::if_;
    /// The first of two that is not empty.
    Coalesce "coalesce" 2..=2 logic::coalesce;
    /// The opposite.
    Not "not" 1..=1 logic::not;
    /// Always true.
    True "true" 0..=0 logic::true_;
    /// Always false.
    False "false" 0..=0 logic::false_;
    /// As a truth value: any text that is not empty is true.
    Boolean "boolean" 1..=1 logic::boolean;
    /// True for `true` and `1` only.
    BooleanFromString "boolean-from-string" 1..=1 logic::boolean_from_string;
    /// Whether a text matches a pattern, as a whole.
    Regex "regex" 2..=2 logic::regex;
    /// The value that it had, if it had any; else the argument.
    Once "once" 1..=1 logic::once;

    /// As text.
    String "string" 1..=1 text::string;
    /// One after the other.
    Concat "concat" 0..=MANY text::concat;
    /// One after the other, with something between.
    Join "join" 1..=MANY text::join;
    /// From one place up to another, counted in characters from 0.
    Substr "substr" 2..=3 text::substr;
    /// From a place, for a length, counted from 1 as XPath does.
    Substring "substring" 2..=3 text::substring;
    /// What stands before.
    SubstringBefore "substring-before" 2..=2 text::substring_before;
    /// What stands after.
    SubstringAfter "substring-after" 2..=2 text::substring_after;
    /// How many characters (not bytes).
    StringLength "string-length" 1..=1 text::string_length;
    /// Blanks at the ends removed, others made one.
    NormalizeSpace "normalize-space" 1..=1 text::normalize_space;
    /// Whether one text is in another.
    Contains "contains" 2..=2 text::contains;
    /// Whether it begins so.
    StartsWith "starts-with" 2..=2 text::starts_with;
    /// Whether it ends so.
    EndsWith "ends-with" 2..=2 text::ends_with;
    /// Characters replaced by others, one by one.
    Translate "translate" 3..=3 text::translate;
    /// A random UUID (RFC 9562, version 4).
    Uuid "uuid" 0..=0 text::uuid;

    /// As a number; a date as days since 1970-01-01.
    Number "number" 1..=1 number::number;
    /// Without what is behind the point.
    Int "int" 1..=1 number::int;
    /// To the nearest, or to so many places.
    Round "round" 1..=2 number::round;
    /// Down to a whole number.
    Floor "floor" 1..=1 number::floor;
    /// Up to a whole number.
    Ceiling "ceiling" 1..=1 number::ceiling;
    /// To the power of.
    Pow "pow" 2..=2 number::pow;
    /// The sum over instances; empty ones count nothing.
    Sum "sum" 1..=1 number::sum;
    /// The greatest.
    Max "max" 1..=MANY number::max;
    /// The least.
    Min "min" 1..=MANY number::min;
    /// Without its sign.
    Abs "abs" 1..=1 number::abs;

    /// How many instances.
    Count "count" 1..=1 instance::count;
    /// How many instances have a value.
    CountNonEmpty "count-non-empty" 1..=1 instance::count_non_empty;

    /// Whether a choice is chosen.
    Selected "selected" 2..=2 choice::selected;
    /// The chosen one at a place, counted from 0.
    SelectedAt "selected-at" 2..=2 choice::selected_at;
    /// How many are chosen.
    CountSelected "count-selected" 1..=1 choice::count_selected;

    /// The present day.
    Today "today" 0..=0 time::today;
    /// The present moment.
    Now "now" 0..=0 time::now;
    /// As a date.
    Date "date" 1..=1 time::date;
    /// A date written by a pattern.
    FormatDate "format-date" 2..=2 time::format_date;
    /// A date and time written by a pattern.
    FormatDateTime "format-date-time" 2..=2 time::format_date;
    /// Days since 1970-01-01, with the part of the day.
    DecimalDateTime "decimal-date-time" 1..=1 number::number;
}

impl Function {
    /// Computes it.
    pub(super) fn call(self, evaluation: &Evaluation<'_>, arguments: &[Expression]) -> Outcome {
        (self.compute())(evaluation, arguments)
    }

    /// Whether its first argument must be a reference to nodes.
    pub fn wants_nodes(self) -> bool {
        matches!(self, Self::Count | Self::CountNonEmpty | Self::Sum)
    }
}
