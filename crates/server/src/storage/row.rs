//! What comes out of a statement.

use protocol::id::Digest;
use protocol::{ApplicationId, CaseNumber, DeviceId, EnvelopeId, FileId, ItemId, ServerTime};

use super::StorageError;

/// One column of a row.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Empty,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row, whose columns are taken in the order in which the statement names them.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    cells: std::vec::IntoIter<Cell>,
    /// Which family of tables, for the error message.
    of: &'static str,
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self { cells: cells.into_iter(), of: "a table" }
    }

    /// Names the family of tables that the row is of.
    pub(crate) fn of(mut self, family: &'static str) -> Self {
        self.of = family;
        self
    }

    /// The next column.
    pub(crate) fn take<T: FromCell>(&mut self) -> Result<T, StorageError> {
        self.cells.next().and_then(T::from_cell).ok_or(StorageError::Unreadable(self.of))
    }

    /// The next column, which holds CBOR.
    pub(crate) fn decode<T: for<'b> minicbor::Decode<'b, ()>>(
        &mut self,
    ) -> Result<T, StorageError> {
        let bytes: Vec<u8> = self.take()?;
        minicbor::decode(&bytes).map_err(|_| StorageError::Unreadable(self.of))
    }
}

/// What a column can be read as.
pub(crate) trait FromCell: Sized {
    fn from_cell(cell: Cell) -> Option<Self>;
}

impl FromCell for i64 {
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Integer(value) => Some(value),
            _ => None,
        }
    }
}

impl FromCell for u64 {
    fn from_cell(cell: Cell) -> Option<Self> {
        i64::from_cell(cell)?.try_into().ok()
    }
}

impl FromCell for ServerTime {
    fn from_cell(cell: Cell) -> Option<Self> {
        i64::from_cell(cell).map(Self)
    }
}

impl FromCell for String {
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Text(value) => Some(value),
            _ => None,
        }
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Bytes(value) => Some(value),
            _ => None,
        }
    }
}

impl<const N: usize> FromCell for [u8; N] {
    fn from_cell(cell: Cell) -> Option<Self> {
        Vec::from_cell(cell)?.try_into().ok()
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Empty => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

macro_rules! named {
    ($($kind:ty: $from:ty => $make:expr),* $(,)?) => {$(
        impl FromCell for $kind {
            fn from_cell(cell: Cell) -> Option<Self> {
                <$from>::from_cell(cell).map($make)
            }
        }
    )*};
}

named! {
    ItemId: String => Self,
    CaseNumber: String => Self,
    EnvelopeId: [u8; 16] => Self::from_bytes,
    ApplicationId: [u8; 16] => Self::from_bytes,
    FileId: [u8; 16] => Self::from_bytes,
    DeviceId: [u8; 16] => Self,
    Digest: [u8; 32] => Self,
}
