-- How cases are worked, word for word as the pack said when they came, for ever.
CREATE TABLE workflow (
    township TEXT NOT NULL,
    digest BLOB NOT NULL,
    id TEXT NOT NULL,
    source BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (township, digest)
) STRICT;

ALTER TABLE cases RENAME COLUMN stage TO phase;

-- The workflow that the case came under: none of what came to a trial before there were any.
ALTER TABLE cases ADD COLUMN workflow BLOB;
-- The stage that it is at, whose work that is (as what; in which office, or over which village) and
-- when time will do something to it.
ALTER TABLE cases ADD COLUMN stage TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN lamp INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN due_at INTEGER;

CREATE INDEX cases_by_work ON cases (township, role, place, promised_by);
CREATE INDEX cases_due ON cases (township, due_at) WHERE due_at IS NOT NULL;

-- As what somebody works who holds several posts.
ALTER TABLE session ADD COLUMN post INTEGER NOT NULL DEFAULT 0;
