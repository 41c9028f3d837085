-- What is to leave the township: one row for each event of a case, kind and destination, so that nothing is
-- made twice. Never answers of an application: those are opened from its envelope when it is sent. Whoever
-- sends a row moves next_try_at into the future first: that is the lease.
CREATE TABLE outgoing (
    township TEXT NOT NULL,
    case_number TEXT NOT NULL,
    event BIGINT NOT NULL,
    kind TEXT NOT NULL,
    destination TEXT NOT NULL,
    body BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting',
    last_answer BIGINT,
    -- What a department of the county answered to it: a digest of that.
    answered BYTEA,
    PRIMARY KEY (township, case_number, event, kind, destination)
);

CREATE INDEX outgoing_due ON outgoing (township, kind, destination, next_try_at) WHERE state = 'waiting';
CREATE INDEX outgoing_latest ON outgoing (township, made_at);

-- Who was told that a lamp turned, and when they said that they had seen it.
CREATE TABLE reminder (
    township TEXT NOT NULL,
    account TEXT NOT NULL,
    case_number TEXT NOT NULL,
    event BIGINT NOT NULL,
    lamp BIGINT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (township, account, case_number, event)
);

CREATE INDEX reminder_latest ON reminder (township, account, at);
