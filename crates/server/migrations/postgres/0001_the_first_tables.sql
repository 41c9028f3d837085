-- Compiled forms and the spreadsheets that they were compiled from, for ever.
CREATE TABLE form (
    township TEXT NOT NULL,
    digest BYTEA NOT NULL,
    item TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    spreadsheet BYTEA NOT NULL,
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (township, digest)
);

-- Envelopes that were received, in the very bytes that came, each with its receipt.
CREATE TABLE envelope (
    township TEXT NOT NULL,
    id BYTEA NOT NULL,
    digest BYTEA NOT NULL,
    bytes BYTEA NOT NULL,
    receipt BYTEA NOT NULL,
    completion BYTEA,
    case_number TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (township, id)
);

-- Bytes that were not taken, and why.
CREATE TABLE refused (
    township TEXT NOT NULL,
    digest BYTEA NOT NULL,
    envelope BYTEA,
    reason BIGINT NOT NULL,
    words TEXT NOT NULL,
    details TEXT NOT NULL,
    length BIGINT NOT NULL,
    bytes BYTEA,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    received_at BIGINT,
    PRIMARY KEY (township, digest)
);

CREATE INDEX refused_by_envelope ON refused (township, envelope);
CREATE INDEX refused_by_time ON refused (township, last_at);

-- What the events of a case have come to.
CREATE TABLE cases (
    township TEXT NOT NULL,
    number TEXT NOT NULL,
    application BYTEA NOT NULL,
    envelope BYTEA NOT NULL,
    device BYTEA NOT NULL,
    item TEXT NOT NULL,
    form BYTEA NOT NULL,
    office TEXT NOT NULL,
    stage TEXT NOT NULL,
    person TEXT NOT NULL,
    about TEXT NOT NULL,
    search TEXT NOT NULL,
    files BIGINT NOT NULL,
    files_whole BIGINT NOT NULL,
    events BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    promised_by BIGINT NOT NULL,
    said BYTEA,
    is_rated BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (township, number),
    UNIQUE (township, application)
);

CREATE INDEX cases_by_office ON cases (township, office, promised_by);

-- How many cases of an item a day has had.
CREATE TABLE serial (
    township TEXT NOT NULL,
    item TEXT NOT NULL,
    day TEXT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (township, item, day)
);

-- What happened to cases; never changed, never deleted.
CREATE TABLE event (
    township TEXT NOT NULL,
    case_number TEXT NOT NULL,
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (township, case_number, place)
);

-- Files that envelopes name. `received` bytes of each are durable.
CREATE TABLE file (
    township TEXT NOT NULL,
    id BYTEA NOT NULL,
    envelope BYTEA NOT NULL,
    case_number TEXT NOT NULL,
    place BIGINT NOT NULL,
    length BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    received BIGINT NOT NULL,
    whole_at BIGINT,
    moved_at BIGINT,
    PRIMARY KEY (township, id)
);

CREATE INDEX file_by_envelope ON file (township, envelope, place);

-- How much each device has been told.
CREATE TABLE device (
    township TEXT NOT NULL,
    id BYTEA NOT NULL,
    facts BIGINT NOT NULL,
    PRIMARY KEY (township, id)
);

CREATE TABLE fact (
    township TEXT NOT NULL,
    device BYTEA NOT NULL,
    place BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (township, device, place)
);

-- How officers prove who they are, and how often they failed to.
CREATE TABLE credential (
    township TEXT NOT NULL,
    account TEXT NOT NULL,
    password TEXT NOT NULL,
    failures BIGINT NOT NULL,
    failed_at BIGINT NOT NULL,
    is_demonstration BIGINT NOT NULL,
    PRIMARY KEY (township, account)
);

CREATE TABLE session (
    township TEXT NOT NULL,
    token BYTEA NOT NULL,
    account TEXT NOT NULL,
    csrf TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (township, token)
);

-- Who read and did what: each entry carries the digest of the one before.
CREATE TABLE audit (
    township TEXT NOT NULL,
    place BIGINT NOT NULL,
    body BYTEA NOT NULL,
    digest BYTEA NOT NULL,
    PRIMARY KEY (township, place)
);

CREATE TABLE audit_head (
    township TEXT NOT NULL,
    entries BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    PRIMARY KEY (township)
);

-- What people were told before they applied, word for word, for ever.
CREATE TABLE notice (
    township TEXT NOT NULL,
    digest BYTEA NOT NULL,
    item TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (township, digest)
);

CREATE INDEX file_unfinished ON file (township, moved_at) WHERE whole_at IS NULL;

-- What the township says of devices: whom they were given to, and which are nobody's any more.
CREATE TABLE standing (
    township TEXT NOT NULL,
    device BYTEA NOT NULL,
    holder BYTEA,
    valid_from BIGINT,
    valid_until BIGINT,
    revoked_at BIGINT,
    reason TEXT,
    PRIMARY KEY (township, device)
);

-- The pack that was issued last.
CREATE TABLE issue (
    township TEXT NOT NULL,
    version BYTEA NOT NULL,
    serial BIGINT NOT NULL,
    PRIMARY KEY (township)
);

-- A case's files are those of all its versions.
CREATE INDEX file_by_case ON file (township, case_number);

-- Devices whose holders forgot a PIN: that they asked for help, and until when it may be given.
CREATE TABLE recovery (
    township TEXT NOT NULL,
    device BYTEA NOT NULL,
    asked_at BIGINT,
    allowed_until BIGINT,
    PRIMARY KEY (township, device)
);
