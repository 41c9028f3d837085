//! The answers to a form: values only, by the names that the form's author gave.
//!
//! Nothing here depends on how a form was compiled, so that answers of any year can be read, by
//! this program or by another. The encoding is CBOR (RFC 8949).

use minicbor::{CborLen, Decode, Decoder, Encode, decode};

/// How deep groups and repeats may be nested in answers that come from outside.
pub const DEPTH: usize = 16;

/// What stands in one group, in one row of a repeat, or in a whole form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, CborLen)]
#[cbor(transparent)]
pub struct Answers(#[n(0)] pub Vec<Entry>);

/// One name and what stands there.
#[derive(Clone, Debug, PartialEq, Eq, Encode, CborLen)]
pub struct Entry {
    /// As in the form's `name` column.
    #[n(0)]
    pub name: String,
    /// What stands there.
    #[n(1)]
    pub content: Content,
}

/// What stands at a name.
#[derive(Clone, Debug, PartialEq, Eq, Encode, CborLen)]
pub enum Content {
    /// A value as XForms writes it: numbers and dates as text, chosen names separated by spaces,
    /// the names of files.
    #[n(0)]
    Value(#[n(0)] String),
    /// The answers of a group.
    #[n(1)]
    Group(#[n(0)] Answers),
    /// The rows of a repeat, in order.
    #[n(2)]
    Rows(#[n(0)] Vec<Answers>),
}

impl Answers {
    /// What stands at `name` here, not deeper.
    pub fn get(&self, name: &str) -> Option<&Content> {
        self.0.iter().find(|entry| entry.name == name).map(|entry| &entry.content)
    }

    /// The value at a path such as `s1/app_name`; no rows on the way.
    pub fn value(&self, path: &str) -> Option<&str> {
        match path.split_once('/') {
            None => match self.get(path)? {
                Content::Value(value) => Some(value),
                _ => None,
            },
            Some((group, rest)) => match self.get(group)? {
                Content::Group(answers) => answers.value(rest),
                _ => None,
            },
        }
    }

    /// The rows of the repeat called `name` here; none where there is no such repeat.
    pub fn rows(&self, name: &str) -> &[Answers] {
        match self.get(name) {
            Some(Content::Rows(rows)) => rows,
            _ => &[],
        }
    }

    /// Every value, with its path as in `m[2]/m_name` (rows counted from 1), in order.
    pub fn values(&self) -> Vec<(String, &str)> {
        let mut all = Vec::new();
        self.collect("", &mut all);
        all
    }

    fn collect<'a>(&'a self, above: &str, all: &mut Vec<(String, &'a str)>) {
        for Entry { name, content } in &self.0 {
            match content {
                Content::Value(value) => all.push((format!("{above}{name}"), value)),
                Content::Group(answers) => answers.collect(&format!("{above}{name}/"), all),
                Content::Rows(rows) => {
                    for (place, row) in rows.iter().enumerate() {
                        row.collect(&format!("{above}{name}[{}]/", place + 1), all);
                    }
                }
            }
        }
    }

    /// Writes the answers down.
    pub fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).unwrap_or_default()
    }

    /// Reads what [`Answers::to_bytes`] wrote.
    ///
    /// # Errors
    /// When `bytes` are not answers, or nested deeper than [`DEPTH`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, decode::Error> {
        minicbor::decode(bytes)
    }

    fn read(d: &mut Decoder<'_>, depth: usize) -> Result<Self, decode::Error> {
        if depth == 0 {
            return Err(decode::Error::message("answers are nested too deep"));
        }
        let length = definite(d.array()?)?;
        let mut entries = Vec::new();
        for _ in 0..length {
            entries.push(Entry::read(d, depth)?);
        }
        Ok(Self(entries))
    }
}

impl Entry {
    fn read(d: &mut Decoder<'_>, depth: usize) -> Result<Self, decode::Error> {
        expect(d, 2)?;
        let name = d.str()?.to_owned();
        Ok(Self { name, content: Content::read(d, depth)? })
    }
}

impl Content {
    fn read(d: &mut Decoder<'_>, depth: usize) -> Result<Self, decode::Error> {
        expect(d, 2)?;
        let tag = d.u32()?;
        expect(d, 1)?;
        match tag {
            0 => Ok(Self::Value(d.str()?.to_owned())),
            1 => Ok(Self::Group(Answers::read(d, depth - 1)?)),
            2 => {
                let length = definite(d.array()?)?;
                let mut rows = Vec::new();
                for _ in 0..length {
                    rows.push(Answers::read(d, depth - 1)?);
                }
                Ok(Self::Rows(rows))
            }
            other => Err(decode::Error::unknown_variant(other.into())),
        }
    }
}

// Written by hand for the limit on depth: the derived decoders would follow whatever a stranger
// sends until the stack ends.
impl<'b, C> Decode<'b, C> for Answers {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        Self::read(d, DEPTH)
    }
}

fn definite(length: Option<u64>) -> Result<u64, decode::Error> {
    length.ok_or_else(|| decode::Error::message("answers have arrays of known length"))
}

fn expect(d: &mut Decoder<'_>, length: u64) -> Result<(), decode::Error> {
    match definite(d.array()?)? {
        own if own == length => Ok(()),
        _ => Err(decode::Error::message("an entry of answers has the wrong length")),
    }
}
