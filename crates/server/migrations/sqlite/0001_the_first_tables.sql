-- Compiled forms and the spreadsheets that they were compiled from, for ever.
CREATE TABLE form (
    township TEXT NOT NULL,
    digest BLOB NOT NULL,
    item TEXT NOT NULL,
    bytes BLOB NOT NULL,
    spreadsheet BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (township, digest)
) STRICT;

-- Envelopes that were received, in the very bytes that came, each with its receipt.
CREATE TABLE envelope (
    township TEXT NOT NULL,
    id BLOB NOT NULL,
    digest BLOB NOT NULL,
    bytes BLOB NOT NULL,
    receipt BLOB NOT NULL,
    completion BLOB,
    case_number TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (township, id)
) STRICT;

-- Bytes that were not taken, and why.
CREATE TABLE refused (
    township TEXT NOT NULL,
    digest BLOB NOT NULL,
    envelope BLOB,
    reason INTEGER NOT NULL,
    words TEXT NOT NULL,
    details TEXT NOT NULL,
    length INTEGER NOT NULL,
    bytes BLOB,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    received_at INTEGER,
    PRIMARY KEY (township, digest)
) STRICT;

CREATE INDEX refused_by_envelope ON refused (township, envelope);
CREATE INDEX refused_by_time ON refused (township, last_at);

-- What the events of a case have come to.
CREATE TABLE cases (
    township TEXT NOT NULL,
    number TEXT NOT NULL,
    application BLOB NOT NULL,
    envelope BLOB NOT NULL,
    device BLOB NOT NULL,
    item TEXT NOT NULL,
    form BLOB NOT NULL,
    office TEXT NOT NULL,
    stage TEXT NOT NULL,
    person TEXT NOT NULL,
    about TEXT NOT NULL,
    search TEXT NOT NULL,
    files INTEGER NOT NULL,
    files_whole INTEGER NOT NULL,
    events INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    promised_by INTEGER NOT NULL,
    PRIMARY KEY (township, number),
    UNIQUE (township, application)
) STRICT;

CREATE INDEX cases_by_office ON cases (township, office, promised_by);

-- How many cases of an item a day has had.
CREATE TABLE serial (
    township TEXT NOT NULL,
    item TEXT NOT NULL,
    day TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (township, item, day)
) STRICT, WITHOUT ROWID;

-- What happened to cases; never changed, never deleted.
CREATE TABLE event (
    township TEXT NOT NULL,
    case_number TEXT NOT NULL,
    place INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (township, case_number, place)
) STRICT, WITHOUT ROWID;

-- Files that envelopes name. `received` bytes of each are durable.
CREATE TABLE file (
    township TEXT NOT NULL,
    id BLOB NOT NULL,
    envelope BLOB NOT NULL,
    case_number TEXT NOT NULL,
    place INTEGER NOT NULL,
    length INTEGER NOT NULL,
    digest BLOB NOT NULL,
    received INTEGER NOT NULL,
    whole_at INTEGER,
    PRIMARY KEY (township, id)
) STRICT;

CREATE INDEX file_by_envelope ON file (township, envelope, place);

-- How much each device has been told.
CREATE TABLE device (
    township TEXT NOT NULL,
    id BLOB NOT NULL,
    facts INTEGER NOT NULL,
    PRIMARY KEY (township, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
    township TEXT NOT NULL,
    device BLOB NOT NULL,
    place INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (township, device, place)
) STRICT, WITHOUT ROWID;

-- How officers prove who they are, and how often they failed to.
CREATE TABLE credential (
    township TEXT NOT NULL,
    account TEXT NOT NULL,
    password TEXT NOT NULL,
    failures INTEGER NOT NULL,
    failed_at INTEGER NOT NULL,
    is_demonstration INTEGER NOT NULL,
    PRIMARY KEY (township, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    township TEXT NOT NULL,
    token BLOB NOT NULL,
    account TEXT NOT NULL,
    csrf TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (township, token)
) STRICT, WITHOUT ROWID;

-- Who read and did what: each entry carries the digest of the one before.
CREATE TABLE audit (
    township TEXT NOT NULL,
    place INTEGER NOT NULL,
    body BLOB NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (township, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_head (
    township TEXT NOT NULL,
    entries INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (township)
) STRICT, WITHOUT ROWID;
