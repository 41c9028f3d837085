-- What is to leave the township: one row for each event of a case, kind and destination, so that nothing is
-- made twice. Never answers of an application: those are opened from its envelope when it is sent. Whoever
-- sends a row moves next_try_at into the future first: that is the lease.
CREATE TABLE outgoing (
    township TEXT NOT NULL,
    case_number TEXT NOT NULL,
    event INTEGER NOT NULL,
    kind TEXT NOT NULL,
    destination TEXT NOT NULL,
    body BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    next_try_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting',
    last_answer INTEGER,
    -- What a department of the county answered to it: a digest of that.
    answered BLOB,
    PRIMARY KEY (township, case_number, event, kind, destination)
) STRICT;

CREATE INDEX outgoing_due ON outgoing (township, kind, destination, next_try_at) WHERE state = 'waiting';
CREATE INDEX outgoing_latest ON outgoing (township, made_at);

-- Who was told that a lamp turned, and when they said that they had seen it.
CREATE TABLE reminder (
    township TEXT NOT NULL,
    account TEXT NOT NULL,
    case_number TEXT NOT NULL,
    event INTEGER NOT NULL,
    lamp INTEGER NOT NULL,
    at INTEGER NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (township, account, case_number, event)
) STRICT;

CREATE INDEX reminder_latest ON reminder (township, account, at);
