-- The tasks of whoever supervises: a bad rating, or a risk rule that is met, each once for a case.
CREATE TABLE task (
    township TEXT NOT NULL,
    number TEXT NOT NULL,
    case_number TEXT NOT NULL,
    cause TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    days INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    closed_at INTEGER,
    events INTEGER NOT NULL,
    PRIMARY KEY (township, number),
    UNIQUE (township, case_number, cause)
) STRICT;

CREATE INDEX task_by_limit ON task (township, due_at) WHERE closed_at IS NULL;

-- What happened to tasks; never changed, never deleted.
CREATE TABLE task_event (
    township TEXT NOT NULL,
    number TEXT NOT NULL,
    place INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (township, number, place)
) STRICT, WITHOUT ROWID;

-- Who had a hand in the case of a task, or keeps out of it: they see nothing of the task.
CREATE TABLE task_apart (
    township TEXT NOT NULL,
    number TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (township, number, account)
) STRICT, WITHOUT ROWID;

-- Who keeps out of which case, and why.
CREATE TABLE recusal (
    township TEXT NOT NULL,
    case_number TEXT NOT NULL,
    account TEXT NOT NULL,
    tie BLOB NOT NULL,
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (township, case_number, account)
) STRICT;

CREATE INDEX recusal_by_time ON recusal (township, at);

-- What else somebody applied for.
CREATE INDEX cases_by_person ON cases (township, person);
