//! Documents that were issued: written once.

use protocol::id::Digest;
use protocol::{CaseNumber, ServerTime, Township};

use super::{Connection, Row, StorageError};

/// A document, but for its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// The year of its number, on the township's clock.
    pub(crate) year: i64,
    /// Its place in that year, counted from 1.
    pub(crate) serial: u64,
    pub(crate) case: CaseNumber,
    /// The place of the event in its case that it tells of, counted from 1.
    pub(crate) event: u64,
    /// By [`pack::DocumentKind::name`].
    pub(crate) kind: String,
    /// 文号.
    pub(crate) number: String,
    pub(crate) title: String,
    /// As strangers may read it: 张*.
    pub(crate) addressee: String,
    /// What the address of its proof ends with.
    pub(crate) code: [u8; 16],
    pub(crate) issued_at: ServerTime,
    /// The account.
    pub(crate) issued_by: String,
    /// SHA-256 of its file.
    pub(crate) digest: Digest,
    /// The township's signed [`protocol::Issued`], in CBOR.
    pub(crate) signed: Vec<u8>,
}

macro_rules! columns {
    () => {
        "year, serial, case_number, event, kind, number, title, addressee, code, issued_at, \
         issued_by, digest, signed"
    };
}

/// How many documents were issued in a year.
pub(crate) async fn last_serial(
    db: &mut dyn Connection,
    township: &Township,
    year: i64,
) -> Result<u64, StorageError> {
    let sql = "SELECT last FROM document_serial WHERE township = $1 AND year = $2";
    match db.row(sql, &[township.into(), year.into()]).await? {
        Some(row) => row.of("document").take(),
        None => Ok(0),
    }
}

/// The place of the next document of a year, taken.
pub(crate) async fn next_serial(
    db: &mut dyn Connection,
    township: &Township,
    year: i64,
) -> Result<u64, StorageError> {
    let row = db
        .row(
            "INSERT INTO document_serial (township, year, last) VALUES ($1, $2, 1) \
             ON CONFLICT (township, year) DO UPDATE SET last = document_serial.last + 1 \
             RETURNING last",
            &[township.into(), year.into()],
        )
        .await?;
    row.ok_or(StorageError::Unreadable("document"))?.of("document").take()
}

/// Keeps a document and its file for ever.
pub(crate) async fn keep(
    db: &mut dyn Connection,
    township: &Township,
    document: &Document,
    pdf: &[u8],
) -> Result<(), StorageError> {
    let values = [
        township.into(),
        document.year.into(),
        document.serial.into(),
        (&document.case).into(),
        document.event.into(),
        (&document.kind).into(),
        (&document.number).into(),
        (&document.title).into(),
        (&document.addressee).into(),
        document.code.as_slice().into(),
        document.issued_at.into(),
        (&document.issued_by).into(),
        (&document.digest).into(),
        (&document.signed).into(),
        pdf.into(),
    ];
    let sql = concat!(
        "INSERT INTO document (township, ",
        columns!(),
        ", pdf) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    db.execute(sql, &values).await.map(drop)
}

/// The documents of a case, in the order in which they were issued.
pub(crate) async fn of_case(
    db: &mut dyn Connection,
    township: &Township,
    case: &CaseNumber,
) -> Result<Vec<Document>, StorageError> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM document WHERE township = $1 AND case_number = $2 ORDER BY year, serial"
    );
    let rows = db.rows(sql, &[township.into(), case.into()]).await?;
    rows.into_iter().map(read).collect()
}

/// The document whose proof ends with `code`.
pub(crate) async fn by_code(
    db: &mut dyn Connection,
    township: &Township,
    code: &[u8; 16],
) -> Result<Option<Document>, StorageError> {
    let sql = concat!("SELECT ", columns!(), " FROM document WHERE township = $1 AND code = $2");
    let row = db.row(sql, &[township.into(), code.as_slice().into()]).await?;
    row.map(read).transpose()
}

/// The file of a document of a case, and the document's number.
pub(crate) async fn file(
    db: &mut dyn Connection,
    township: &Township,
    case: &CaseNumber,
    (year, serial): (i64, u64),
) -> Result<Option<(String, Vec<u8>)>, StorageError> {
    let sql = "SELECT number, pdf FROM document \
               WHERE township = $1 AND case_number = $2 AND year = $3 AND serial = $4";
    let row = db.row(sql, &[township.into(), case.into(), year.into(), serial.into()]).await?;
    row.map(|row| row.of("document")).map(|mut row| Ok((row.take()?, row.take()?))).transpose()
}

fn read(row: Row) -> Result<Document, StorageError> {
    let mut row = row.of("document");
    Ok(Document {
        year: row.take()?,
        serial: row.take()?,
        case: row.take()?,
        event: row.take()?,
        kind: row.take()?,
        number: row.take()?,
        title: row.take()?,
        addressee: row.take()?,
        code: row.take()?,
        issued_at: row.take()?,
        issued_by: row.take()?,
        digest: row.take()?,
        signed: row.take()?,
    })
}
