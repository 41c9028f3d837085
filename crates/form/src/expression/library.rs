//! The parts of the language that few forms use. A phone loads them when a form needs them.

use super::function::{Compute, MANY, functions};
use super::{Evaluation, Expression, Outcome, Rare};

mod checklist;
mod digest;
mod geo;
mod identifier;
mod instances;
mod logic;
mod number;
mod random;
mod text;

pub use random::shuffled;

/// What works out [`Rare`] expressions: this module, or whatever stands for it until it is loaded.
#[derive(Clone, Copy)]
pub struct Library {
    /// Works out one expression.
    pub compute: for<'a> fn(&'a Rare, &Evaluation<'a>) -> Outcome<'a>,
    /// Puts choices in the order that a seed gives: the expression's, else the number.
    pub shuffle: for<'a> fn(&Evaluation<'a>, Option<&'a Expression>, i64, Vec<u32>) -> Vec<u32>,
}

impl Library {
    /// This module.
    pub const WHOLE: Self = Self { compute, shuffle: random::shuffle };
    /// Stands for the module where it is not loaded: a form that needs it must not be opened.
    pub const MISSING: Self = Self {
        compute: |_, _| Outcome::Text(std::borrow::Cow::Borrowed("")),
        shuffle: |_, _, _, choices| choices,
    };
}

functions! {
    /// A function that few forms use.
    RareFunction;

    /// As a truth value: any text that is not empty is true.
    Boolean "boolean" 1..=1 logic::boolean;
    /// True for `true` and `1` only.
    BooleanFromString "boolean-from-string" 1..=1 logic::boolean_from_string;
    /// The value that it had, if it had any; else the argument.
    Once "once" 1..=1 logic::once;
    /// Whether so many of several hold, at least and at most (-1: any number).
    Checklist "checklist" 3..=MANY checklist::checklist;
    /// The same with a weight for each.
    WeightedChecklist "weighted-checklist" 4..=MANY checklist::weighted_checklist;

    /// One after the other, with something between.
    Join "join" 1..=MANY text::join;
    /// From a place, for a length, counted from 1 as XPath does.
    Substring "substring" 2..=3 text::substring;
    /// What stands before.
    SubstringBefore "substring-before" 2..=2 text::substring_before;
    /// What stands after.
    SubstringAfter "substring-after" 2..=2 text::substring_after;
    /// Blanks at the ends removed, others made one.
    NormalizeSpace "normalize-space" 0..=1 text::normalize_space;
    /// Whether one text is in another.
    Contains "contains" 2..=2 text::contains;
    /// Whether it begins so.
    StartsWith "starts-with" 2..=2 text::starts_with;
    /// Whether it ends so.
    EndsWith "ends-with" 2..=2 text::ends_with;
    /// Characters replaced by others, one by one.
    Translate "translate" 3..=3 text::translate;
    /// The text of base64.
    Base64Decode "base64-decode" 1..=1 text::base64_decode;
    /// The chosen one at a place, counted from 0.
    SelectedAt "selected-at" 2..=2 text::selected_at;
    /// How many instances have a value.
    CountNonEmpty "count-non-empty" 1..=1 instances::count_non_empty;
    /// A text of the form in the language at hand, by its id.
    Itext "jr:itext" 1..=1 text::itext;
    /// What this answer was in the last application.
    LastSaved "last-saved" 1..=1 text::last_saved;

    /// A checksum: MD5, SHA-1, SHA-256, SHA-384 or SHA-512, as hex or base64.
    Digest "digest" 2..=3 digest::digest;
    /// A random UUID (RFC 9562, version 4), or so many random letters and digits.
    Uuid "uuid" 0..=1 random::uuid;
    /// At least 0, less than 1.
    Random "random" 0..=0 random::random;
    /// In an order that looks like none; with a seed always the same.
    Randomize "randomize" 1..=2 random::randomize;

    /// The greatest.
    Max "max" 1..=MANY number::max;
    /// The least.
    Min "min" 1..=MANY number::min;
    /// Down to a whole number.
    Floor "floor" 1..=1 number::floor;
    /// Up to a whole number.
    Ceiling "ceiling" 1..=1 number::ceiling;
    /// Without its sign.
    Abs "abs" 1..=1 number::abs;
    /// To the power of.
    Pow "pow" 2..=2 number::pow;
    /// The natural logarithm.
    Log "log" 1..=1 number::log;
    /// The decimal logarithm.
    Log10 "log10" 1..=1 number::log10;
    /// The square root.
    Sqrt "sqrt" 1..=1 number::sqrt;
    /// e to the power of.
    Exp "exp" 1..=1 number::exp;
    /// Ten to the power of.
    Exp10 "exp10" 1..=1 number::exp10;
    /// The ratio of a circle's circumference to its diameter.
    Pi "pi" 0..=0 number::pi;
    /// Of an angle in radians, as all that follow.
    Sin "sin" 1..=1 number::sin;
    /// Cosine.
    Cos "cos" 1..=1 number::cos;
    /// Tangent.
    Tan "tan" 1..=1 number::tan;
    /// Arc sine.
    Asin "asin" 1..=1 number::asin;
    /// Arc cosine.
    Acos "acos" 1..=1 number::acos;
    /// Arc tangent.
    Atan "atan" 1..=1 number::atan;
    /// Arc tangent of a quotient, of its y and its x.
    Atan2 "atan2" 2..=2 number::atan2;
    /// The part of the day, of a time or of a date with a time.
    DecimalTime "decimal-time" 1..=1 number::decimal_time;

    /// As a date with a time.
    DateTime "date-time" 1..=1 number::date_time;

    /// Square metres inside a shape or a set of points.
    Area "area" 1..=1 geo::area;
    /// Metres along a trace, around a shape, or from point to point.
    Distance "distance" 1..=MANY geo::distance;
    /// Whether a point lies inside a shape.
    Geofence "geofence" 2..=2 geo::geofence;
    /// Whether a trace or a shape crosses itself.
    Intersects "intersects" 1..=1 geo::intersects;

    /// Whether it is a resident id (GB 11643), a foreigner's or an old one of 15 digits included.
    ResidentId "cn:resident-id" 1..=1 identifier::resident_id;
    /// The resident id in the form to store: eighteen digits, `X` in capitals.
    ResidentIdNormal "cn:resident-id-normal" 1..=1 identifier::resident_id_normal;
    /// The birthday that a resident id says.
    Birthday "cn:birthday" 1..=1 identifier::birthday;
    /// The sex that a resident id says: 1 male, 2 female (GB/T 2261.1).
    Sex "cn:sex" 1..=1 identifier::sex;
    /// Full years from a date to another, today where there is none.
    Age "cn:age" 1..=2 identifier::age;
    /// Whether it is a unified social credit code (GB 32100).
    CreditCode "cn:credit-code" 1..=1 identifier::credit_code;
    /// Whether it can be somebody's name.
    Name "cn:name" 1..=1 identifier::name;
    /// The name in the form to store: the dot between its parts is U+00B7.
    NameNormal "cn:name-normal" 1..=1 identifier::name_normal;
    /// Whether it is a mobile or a landline number.
    Phone "cn:phone" 1..=1 identifier::phone;
    /// Whether it is a mobile number.
    Mobile "cn:mobile" 1..=1 identifier::mobile;
    /// Whether the check digit of a bank card is right.
    BankCard "cn:bank-card" 1..=1 identifier::bank_card;
    /// Whether it is the number of a disability certificate.
    Disability "cn:disability-card" 1..=1 identifier::disability;
    /// Whether it is a division code of 6, 9 or 12 digits.
    Division "cn:division" 1..=1 identifier::division;
    /// A date as the Chinese calendar names it (GB/T 33661).
    Lunar "cn:lunar" 1..=1 identifier::lunar;
}

impl RareFunction {
    /// Whether its first argument must be a reference to nodes.
    pub fn wants_nodes(self) -> bool {
        matches!(self, Self::Randomize | Self::CountNonEmpty)
    }

    /// Whether it comes to something else each time.
    pub fn is_random(self) -> bool {
        matches!(self, Self::Uuid | Self::Random | Self::Randomize)
    }
}

/// Works out `rare`.
fn compute<'a>(rare: &'a Rare, evaluation: &Evaluation<'a>) -> Outcome<'a> {
    match rare {
        Rare::Call(function, arguments) => (function.compute())(evaluation, arguments),
        Rare::Instances(selection) => instances::values(evaluation, selection),
        Rare::Items(items) => instances::items(evaluation, items),
        Rare::Union(all) => Outcome::Many(evaluation.texts(all)),
        Rare::Current(inner) => instances::outermost(evaluation).evaluate(inner),
        Rare::Kept(reference) => instances::kept(evaluation, *reference),
        Rare::Place => Outcome::Number(evaluation.place.0.into()),
        Rare::Last => Outcome::Number(evaluation.place.1.into()),
        Rare::RowPlace(selection) => instances::row_place(evaluation, selection),
        Rare::ItemLabel => instances::item_label(evaluation),
        Rare::ChoiceName { value, question } => {
            let value = evaluation.text(value);
            Outcome::text(evaluation.facts.choice_name(evaluation.row, *question, &value))
        }
    }
}

/// The only argument as a text.
fn only<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> std::borrow::Cow<'a, str> {
    e.text(&a[0])
}
