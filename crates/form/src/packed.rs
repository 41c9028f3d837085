//! How compiled forms are written: every value after the other, nothing between, numbers as short
//! as they are (LEB128).
//!
//! Not a library's way, for its size: what serde makes for postcard out of the same types is four
//! times the code, in the file that holds up the first question (`docs/decisions/0007-size.md`).
//! A reader goes on to the end with nothings once something is wrong, and tells so then: no branch
//! after every value. Whatever the bytes are, it neither panics nor nests deeper than [`DEPTH`].

/// Something that can be written and read.
pub(crate) trait Packed {
    fn write(&self, bytes: &mut Vec<u8>);

    fn read(reader: &mut Reader<'_>) -> Self;
}

/// Deeper than expressions can be parsed.
const DEPTH: u32 = 1_000;

/// Bytes that are still to be read.
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    depth: u32,
    is_damaged: bool,
}

/// Everything of one value.
pub(crate) fn write(value: &impl Packed) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.write(&mut bytes);
    bytes
}

/// A value that all of `bytes` say.
pub(crate) fn read<T: Packed>(bytes: &[u8]) -> Option<T> {
    let mut reader = Reader { bytes, depth: 0, is_damaged: false };
    let value = T::read(&mut reader);
    (!reader.is_damaged && reader.bytes.is_empty()).then_some(value)
}

/// The number that `bytes` begin with.
pub(crate) fn read_first(bytes: &[u8]) -> Option<u32> {
    let mut reader = Reader { bytes, depth: 0, is_damaged: false };
    let number = u32::read(&mut reader);
    (!reader.is_damaged).then_some(number)
}

impl<'b> Reader<'b> {
    fn fail(&mut self) {
        self.is_damaged = true;
        self.bytes = &[];
    }

    #[inline(never)]
    pub(crate) fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((first, rest)) => {
                self.bytes = rest;
                *first
            }
            None => {
                self.fail();
                0
            }
        }
    }

    #[inline(never)]
    fn slice(&mut self, length: usize) -> &'b [u8] {
        match self.bytes.split_at_checked(length) {
            Some((slice, rest)) => {
                self.bytes = rest;
                slice
            }
            None => {
                self.fail();
                &[]
            }
        }
    }

    #[inline(never)]
    fn long(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return value;
            }
        }
        self.fail();
        0
    }

    /// A tag that no variant has.
    pub(crate) fn unknown(&mut self) {
        self.fail();
    }

    /// Reads something that may hold its like.
    pub(crate) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        if self.depth > DEPTH {
            self.fail();
        }
        let value = read(self);
        self.depth -= 1;
        value
    }
}

fn write_long(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

impl Packed for u32 {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_long((*self).into(), bytes);
    }

    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        reader.long() as Self
    }
}

impl Packed for u8 {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(*self);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        reader.byte()
    }
}

/// Small ones are short whatever their sign.
impl Packed for i64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_long((self << 1 ^ self >> 63) as u64, bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        let value = reader.long();
        (value >> 1) as i64 ^ -((value & 1) as i64)
    }
}

impl Packed for f64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.to_bits().to_le_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        let bytes = reader.slice(8).try_into().unwrap_or_default();
        Self::from_bits(u64::from_le_bytes(bytes))
    }
}

impl Packed for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push((*self).into());
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        reader.byte() != 0
    }
}

impl Packed for char {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_long(u32::from(*self).into(), bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        Self::from_u32(u32::read(reader)).unwrap_or_default()
    }
}

impl Packed for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_long(self.len() as u64, bytes);
        bytes.extend(self.as_bytes());
    }

    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        let length = u32::read(reader);
        match core::str::from_utf8(reader.slice(length as usize)) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                reader.fail();
                Self::new()
            }
        }
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_long(self.len() as u64, bytes);
        self.iter().for_each(|one| one.write(bytes));
    }

    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        let length = u32::read(reader) as usize;
        // Every value takes a byte at least: a length beyond is a lie.
        let mut all = Self::with_capacity(length.min(reader.bytes.len()));
        for _ in 0..length {
            if reader.is_damaged {
                break;
            }
            all.push(T::read(reader));
        }
        all
    }
}

impl<T: Packed> Packed for Option<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(self.is_some().into());
        self.iter().for_each(|one| one.write(bytes));
    }

    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        (reader.byte() != 0).then(|| T::read(reader))
    }
}

impl<T: Packed> Packed for Box<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        (**self).write(bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        Self::new(T::read(reader))
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        (A::read(reader), B::read(reader))
    }
}

/// Packs structs, field by field.
macro_rules! packed {
    (struct $name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::packed::Packed for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                $($crate::packed::Packed::write(&self.$field, bytes);)*
            }

            #[inline(never)]
            fn read(reader: &mut $crate::packed::Reader<'_>) -> Self {
                Self { $($field: $crate::packed::Packed::read(reader),)* }
            }
        }
    };
    (id $($name:ident)*) => {
        $(impl $crate::packed::Packed for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                $crate::packed::Packed::write(&self.0, bytes);
            }

            fn read(reader: &mut $crate::packed::Reader<'_>) -> Self {
                Self($crate::packed::Packed::read(reader))
            }
        })*
    };
    // The first variant stands for what cannot be read.
    (enum $name:ident {
        $first:ident $(($($ft:ident),*))? $({ $($ff:ident),* })?,
        $($tag:literal $variant:ident $(($($t:ident),*))? $({ $($f:ident),* })?,)*
    }) => {
        impl $crate::packed::Packed for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                match self {
                    Self::$first $(($($ft),*))? $({ $($ff),* })? => {
                        bytes.push(0);
                        $($($crate::packed::Packed::write($ft, bytes);)*)?
                        $($($crate::packed::Packed::write($ff, bytes);)*)?
                    }
                    $(Self::$variant $(($($t),*))? $({ $($f),* })? => {
                        bytes.push($tag);
                        $($($crate::packed::Packed::write($t, bytes);)*)?
                        $($($crate::packed::Packed::write($f, bytes);)*)?
                    })*
                }
            }

            #[inline(never)]
            fn read(reader: &mut $crate::packed::Reader<'_>) -> Self {
                match reader.byte() {
                    $($tag => {
                        $($(let $t = $crate::packed::Packed::read(reader);)*)?
                        $($(let $f = $crate::packed::Packed::read(reader);)*)?
                        Self::$variant $(($($t),*))? $({ $($f),* })?
                    })*
                    tag => {
                        if tag != 0 {
                            reader.unknown();
                        }
                        $($(let $ft = $crate::packed::Packed::read(reader);)*)?
                        $($(let $ff = $crate::packed::Packed::read(reader);)*)?
                        Self::$first $(($($ft),*))? $({ $($ff),* })?
                    }
                }
            }
        }
    };
}

pub(crate) use packed;

#[cfg(all(test, feature = "compile"))]
mod tests {
    use proptest::prelude::*;

    use crate::definition::{Declaration, DeclaredKind, Definition};
    use crate::model::{Form, Language, Question, UnreadableForm};

    fn form(calculation: &str) -> Form {
        let declarations = vec![
            Declaration {
                name: "a".to_owned(),
                kind: DeclaredKind::Question(Question::Decimal),
                constraint: Some("regex(., '[0-9]+') and . < 10.5".to_owned()),
                ..Declaration::default()
            },
            Declaration {
                name: "b".to_owned(),
                kind: DeclaredKind::Calculated,
                calculation: Some(calculation.to_owned()),
                ..Declaration::default()
            },
        ];
        let definition = Definition {
            languages: vec![Language { name: "default".to_owned(), code: None }],
            declarations,
            ..Definition::default()
        };
        crate::compile(&definition).expect("it compiles")
    }

    #[test]
    fn a_form_is_read_as_it_was_written() {
        for calculation in ["-${a} * 2 div 3", "count(../a[. != ''])", "pi() + 1 div 3", "''"] {
            let form = form(calculation);
            assert_eq!(Form::from_bytes(&form.to_bytes()), Ok(form), "{calculation}");
        }
    }

    #[test]
    fn a_form_of_another_format_says_so() {
        let mut bytes = form("1").to_bytes();
        bytes[0] = 2;
        assert_eq!(Form::from_bytes(&bytes), Err(UnreadableForm::Format(2)));
        assert_eq!(Form::from_bytes(&[]), Err(UnreadableForm::Damaged));
    }

    proptest! {
        #[test]
        fn damaged_bytes_are_refused_or_read_and_never_more(
            places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            length in any::<prop::sample::Index>(),
        ) {
            let mut bytes = form("if(${a} > 1, concat('x', ${a}), round(${a}, 2))").to_bytes();
            let whole = bytes.len();
            for (place, byte) in places {
                bytes[1 + place.index(whole - 1)] = byte;
            }
            let _ = Form::from_bytes(&bytes);
            bytes.truncate(1 + length.index(whole - 1));
            let _ = Form::from_bytes(&bytes);
        }
    }

    #[test]
    fn what_is_nested_without_end_is_refused() {
        let whole = form("--1").to_bytes();
        let minus = whole.windows(2).position(|pair| pair == [8, 8]).expect("two minus signs");
        let mut bytes = whole[..minus].to_vec();
        bytes.extend(vec![8; 5_000_000]);
        bytes.extend(&whole[minus..]);
        assert_eq!(Form::from_bytes(&bytes), Err(UnreadableForm::Damaged));
    }
}
