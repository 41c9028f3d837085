//! The functions of the language, listed in one table; one file for each family.

use minicbor::{CborLen, Decode, Encode};

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

/// Declares the functions. The number is how a function is written down in compiled forms: it
/// never changes and is never used again for another.
macro_rules! functions {
    ($($(#[$doc:meta])* $number:literal $name:ident $spelling:literal $least:literal..=$most:tt $compute:path;)*) => {
        /// A function of the language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, CborLen)]
        #[cbor(index_only)]
        pub enum Function {
            $($(#[$doc])* #[n($number)] $name,)*
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
    0 If "if" 3..=3 logic::if_;
    /// The first of two that is not empty.
    1 Coalesce "coalesce" 2..=2 logic::coalesce;
    /// The opposite.
    2 Not "not" 1..=1 logic::not;
    /// Always true.
    3 True "true" 0..=0 logic::true_;
    /// Always false.
    4 False "false" 0..=0 logic::false_;
    /// As a truth value: any text that is not empty is true.
    5 Boolean "boolean" 1..=1 logic::boolean;
    /// True for `true` and `1` only.
    6 BooleanFromString "boolean-from-string" 1..=1 logic::boolean_from_string;
    /// Whether a text matches a pattern, as a whole.
    7 Regex "regex" 2..=2 logic::regex;
    /// The value that it had, if it had any; else the argument.
    8 Once "once" 1..=1 logic::once;

    /// As text.
    20 String "string" 1..=1 text::string;
    /// One after the other.
    21 Concat "concat" 0..=MANY text::concat;
    /// One after the other, with something between.
    22 Join "join" 1..=MANY text::join;
    /// From one place up to another, counted in characters from 0.
    23 Substr "substr" 2..=3 text::substr;
    /// From a place, for a length, counted from 1 as XPath does.
    24 Substring "substring" 2..=3 text::substring;
    /// What stands before.
    25 SubstringBefore "substring-before" 2..=2 text::substring_before;
    /// What stands after.
    26 SubstringAfter "substring-after" 2..=2 text::substring_after;
    /// How many characters (not bytes).
    27 StringLength "string-length" 1..=1 text::string_length;
    /// Blanks at the ends removed, others made one.
    28 NormalizeSpace "normalize-space" 1..=1 text::normalize_space;
    /// Whether one text is in another.
    29 Contains "contains" 2..=2 text::contains;
    /// Whether it begins so.
    30 StartsWith "starts-with" 2..=2 text::starts_with;
    /// Whether it ends so.
    31 EndsWith "ends-with" 2..=2 text::ends_with;
    /// Characters replaced by others, one by one.
    32 Translate "translate" 3..=3 text::translate;
    /// A random UUID (RFC 9562, version 4).
    33 Uuid "uuid" 0..=0 text::uuid;

    /// As a number; a date as days since 1970-01-01.
    50 Number "number" 1..=1 number::number;
    /// Without what is behind the point.
    51 Int "int" 1..=1 number::int;
    /// To the nearest, or to so many places.
    52 Round "round" 1..=2 number::round;
    /// Down to a whole number.
    53 Floor "floor" 1..=1 number::floor;
    /// Up to a whole number.
    54 Ceiling "ceiling" 1..=1 number::ceiling;
    /// To the power of.
    55 Pow "pow" 2..=2 number::pow;
    /// The sum over instances; empty ones count nothing.
    56 Sum "sum" 1..=1 number::sum;
    /// The greatest.
    57 Max "max" 1..=MANY number::max;
    /// The least.
    58 Min "min" 1..=MANY number::min;
    /// Without its sign.
    59 Abs "abs" 1..=1 number::abs;

    /// How many instances.
    80 Count "count" 1..=1 instance::count;
    /// How many instances have a value.
    81 CountNonEmpty "count-non-empty" 1..=1 instance::count_non_empty;

    /// Whether a choice is chosen.
    100 Selected "selected" 2..=2 choice::selected;
    /// The chosen one at a place, counted from 0.
    101 SelectedAt "selected-at" 2..=2 choice::selected_at;
    /// How many are chosen.
    102 CountSelected "count-selected" 1..=1 choice::count_selected;

    /// The present day.
    120 Today "today" 0..=0 time::today;
    /// The present moment.
    121 Now "now" 0..=0 time::now;
    /// As a date.
    122 Date "date" 1..=1 time::date;
    /// A date written by a pattern.
    123 FormatDate "format-date" 2..=2 time::format_date;
    /// A date and time written by a pattern.
    124 FormatDateTime "format-date-time" 2..=2 time::format_date;
    /// Days since 1970-01-01, with the part of the day.
    125 DecimalDateTime "decimal-date-time" 1..=1 number::number;
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
