-- The tasks of whoever supervises: a bad rating, or a risk rule that is met, each once for a case.
CREATE TABLE task (
    township TEXT NOT NULL,
    number TEXT NOT NULL,
    case_number TEXT NOT NULL,
    cause TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    days BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    closed_at BIGINT,
    events BIGINT NOT NULL,
    PRIMARY KEY (township, number),
    UNIQUE (township, case_number, cause)
);

CREATE INDEX task_by_limit ON task (township, due_at) WHERE closed_at IS NULL;

-- What happened to tasks; never changed, never deleted.
CREATE TABLE task_event (
    township TEXT NOT NULL,
    number TEXT NOT NULL,
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (township, number, place)
);

-- Who had a hand in the case of a task, or keeps out of it: they see nothing of the task.
CREATE TABLE task_apart (
    township TEXT NOT NULL,
    number TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (township, number, account)
);

-- Who keeps out of which case, and why.
CREATE TABLE recusal (
    township TEXT NOT NULL,
    case_number TEXT NOT NULL,
    account TEXT NOT NULL,
    tie BYTEA NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (township, case_number, account)
);

CREATE INDEX recusal_by_time ON recusal (township, at);

-- What else somebody applied for.
CREATE INDEX cases_by_person ON cases (township, person);
