-- How many documents were issued in a year.
CREATE TABLE document_serial (
    township TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (township, year)
) STRICT;

-- What people were told in writing: written once, never changed. Of an event there is one of each kind.
-- Whose it is, is kept as strangers may read it; all of it stands in the file.
CREATE TABLE document (
    township TEXT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    case_number TEXT NOT NULL,
    event INTEGER NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    addressee TEXT NOT NULL,
    code BLOB NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_by TEXT NOT NULL,
    digest BLOB NOT NULL,
    signed BLOB NOT NULL,
    pdf BLOB NOT NULL,
    PRIMARY KEY (township, year, serial)
) STRICT;

CREATE UNIQUE INDEX document_of_event ON document (township, case_number, event, kind);
CREATE UNIQUE INDEX document_by_code ON document (township, code);
