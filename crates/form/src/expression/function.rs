//! The functions that most forms use, listed in one table; one file for each family. The others
//! are in [`library`](super::library).

use super::Expression;
use super::evaluate::{Evaluation, Outcome};

mod choice;
mod instances;
mod logic;
mod number;
mod text;
mod time;

/// How a function is computed: from its arguments, which it evaluates as it needs them.
pub(super) type Compute = for<'a> fn(&Evaluation<'a>, &'a [Expression]) -> Outcome<'a>;

/// Declares functions.
macro_rules! functions {
    ($(#[$about:meta])* $table:ident;
     $($(#[$doc:meta])* $name:ident $spelling:literal $least:literal..=$most:tt $compute:path;)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $table {
            $($(#[$doc])* $name,)*
        }

        impl $table {
            /// All of them, in the order in which they are packed.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

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

pub(super) use functions;

/// As many arguments as anybody writes.
pub(super) const MANY: usize = usize::MAX;

functions! {
    /// A function that most forms use.
    Function;

    /// Both ways of a decision; only the chosen one is evaluated.
    If "if" 3..=3 logic::if_;
    /// The first that is not empty.
    Coalesce "coalesce" 1..=MANY logic::coalesce;
    /// The opposite.
    Not "not" 1..=1 logic::not;
    /// Always true.
    True "true" 0..=0 logic::true_;
    /// Always false.
    False "false" 0..=0 logic::false_;
    /// Whether a text matches a pattern, as a whole.
    Regex "regex" 2..=2 logic::regex;

    /// As text.
    String "string" 0..=1 text::string;
    /// One after the other.
    Concat "concat" 0..=MANY text::concat;
    /// From one place up to another, counted in characters from 0.
    Substr "substr" 2..=3 text::substr;
    /// How many characters (not bytes).
    StringLength "string-length" 0..=1 text::string_length;

    /// As a number; a date as days since 1970-01-01.
    Number "number" 0..=1 number::number;
    /// Without what is behind the point.
    Int "int" 1..=1 number::int;
    /// To the nearest, or to so many places.
    Round "round" 1..=2 number::round;
    /// The sum over instances; empty ones count nothing.
    Sum "sum" 1..=1 number::sum;

    /// How many instances.
    Count "count" 1..=1 instances::count;

    /// Whether a choice is chosen.
    Selected "selected" 2..=2 choice::selected;
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
    pub(super) fn call<'a>(
        self,
        evaluation: &Evaluation<'a>,
        arguments: &'a [Expression],
    ) -> Outcome<'a> {
        (self.compute())(evaluation, arguments)
    }

    /// Whether its first argument must be a reference to nodes.
    pub fn wants_nodes(self) -> bool {
        matches!(self, Self::Count | Self::Sum)
    }
}
