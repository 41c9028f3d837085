//! What expressions are made of, in the order in which it is written.

use super::pattern::Step;
use super::{
    Expression, Filter, Function, Items, Number, Operator, Pattern, Rare, RareFunction, Reference,
    Selection, Way, What,
};
use crate::packed::{Packed, Reader, packed};

/// Expressions hold expressions, as deep as a stranger's bytes say.
impl Packed for Expression {
    fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Number(value) => tagged(0, value, bytes),
            Self::Text(text) => tagged(1, text, bytes),
            Self::This => bytes.push(2),
            Self::Node(reference) => tagged(3, reference, bytes),
            Self::Column(column) => tagged(4, column, bytes),
            Self::Pattern(pattern) => tagged(5, pattern, bytes),
            Self::Call(function, arguments) => {
                tagged(6, function, bytes);
                arguments.write(bytes);
            }
            Self::Operation(first, rest) => {
                tagged(7, first, bytes);
                rest.write(bytes);
            }
            Self::Negation(inner) => tagged(8, inner, bytes),
            Self::Rare(rare) => tagged(9, rare, bytes),
        }
    }

    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        reader.deeper(|reader| match reader.byte() {
            0 => Self::Number(Packed::read(reader)),
            1 => Self::Text(Packed::read(reader)),
            2 => Self::This,
            3 => Self::Node(Packed::read(reader)),
            4 => Self::Column(Packed::read(reader)),
            5 => Self::Pattern(Packed::read(reader)),
            6 => Self::Call(Packed::read(reader), Packed::read(reader)),
            7 => Self::Operation(Packed::read(reader), Packed::read(reader)),
            8 => Self::Negation(Packed::read(reader)),
            9 => Self::Rare(Packed::read(reader)),
            _ => {
                reader.unknown();
                Self::This
            }
        })
    }
}

fn tagged(tag: u8, value: &impl Packed, bytes: &mut Vec<u8>) {
    bytes.push(tag);
    value.write(bytes);
}

packed!(struct Reference { node, up });
packed!(struct Pattern { steps });
packed!(struct Selection { up, way, node });
packed!(struct Items { list, filter, what });
packed!(struct Filter { key, only });
packed!(enum What { Column(column), 1 Label, });
packed!(enum Way { Only(condition), 1 Rows(repeat, only), });
packed!(enum Step { Take(ranges), 1 Fork(step), 2 Jump(step), 3 Beginning, 4 End, 5 Edge(is_wanted), });
packed!(enum Rare {
    Place,
    1 Call(function, arguments),
    2 Instances(selection),
    3 Items(items),
    4 Union(all),
    5 Current(inner),
    6 Last,
    7 RowPlace(selection),
    8 ItemLabel,
    9 ChoiceName { value, question },
    10 Kept(reference),
});
packed!(enum Operator {
    Or,
    1 And,
    2 Equal,
    3 Unequal,
    4 Less,
    5 LessOrEqual,
    6 Greater,
    7 GreaterOrEqual,
    8 Add,
    9 Subtract,
    10 Multiply,
    11 Divide,
    12 Remainder,
});

impl Packed for Number {
    fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Exact { digits, places } => {
                bytes.push(*places);
                digits.write(bytes);
            }
            Self::Double(value) => tagged(DOUBLE, value, bytes),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        match reader.byte() {
            DOUBLE => Self::Double(Packed::read(reader)),
            places => Self::packed(Packed::read(reader), places),
        }
    }
}

/// Stands where the places of an exact number stand.
const DOUBLE: u8 = 255;

/// By its place in the table of functions.
macro_rules! packed_function {
    ($($table:ident)*) => {
        $(impl Packed for $table {
            fn write(&self, bytes: &mut Vec<u8>) {
                let place = Self::ALL.iter().position(|own| own == self).unwrap_or_default();
                bytes.push(place as u8);
            }

            fn read(reader: &mut Reader<'_>) -> Self {
                match Self::ALL.get(usize::from(reader.byte())) {
                    Some(function) => *function,
                    None => {
                        reader.unknown();
                        Self::ALL[0]
                    }
                }
            }
        })*
    };
}

packed_function!(Function RareFunction);
