-- 台账: the households that the township knows, those whose change nobody has confirmed yet, and how
-- often they changed.
CREATE TABLE household (
    township TEXT NOT NULL,
    name TEXT NOT NULL,
    village TEXT NOT NULL,
    people BYTEA NOT NULL,
    PRIMARY KEY (township, name)
);
CREATE INDEX household_of_village ON household (township, village);
CREATE TABLE roster (
    township TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    columns BYTEA NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE TABLE roster_draft (
    township TEXT NOT NULL,
    account TEXT NOT NULL,
    version BIGINT NOT NULL,
    body BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (township, account)
);
-- What clerks, who were there, say otherwise.
CREATE TABLE roster_proposal (
    township TEXT NOT NULL,
    key BYTEA NOT NULL,
    household TEXT NOT NULL,
    person TEXT NOT NULL,
    column_name TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    case_number TEXT NOT NULL,
    account TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (township, key)
);
