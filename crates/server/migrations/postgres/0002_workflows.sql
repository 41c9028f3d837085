-- How cases are worked, word for word as the pack said when they came, for ever.
CREATE TABLE workflow (
    township TEXT NOT NULL,
    digest BYTEA NOT NULL,
    id TEXT NOT NULL,
    source BYTEA NOT NULL,
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (township, digest)
);

ALTER TABLE cases RENAME COLUMN stage TO phase;

-- The workflow that the case came under: none of what came to a trial before there were any.
ALTER TABLE cases ADD COLUMN workflow BYTEA;
-- The stage that it is at, whose work that is (as what; in which office, or over which village) and
-- when time will do something to it.
ALTER TABLE cases ADD COLUMN stage TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN lamp BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN due_at BIGINT;

CREATE INDEX cases_by_work ON cases (township, role, place, promised_by);
CREATE INDEX cases_due ON cases (township, due_at) WHERE due_at IS NOT NULL;

-- As what somebody works who holds several posts.
ALTER TABLE session ADD COLUMN post BIGINT NOT NULL DEFAULT 0;
