-- 台账: the households that the township knows, those whose change nobody has confirmed yet, and how
-- often they changed.
CREATE TABLE household (
    township TEXT NOT NULL,
    name TEXT NOT NULL,
    village TEXT NOT NULL,
    people BLOB NOT NULL,
    PRIMARY KEY (township, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_of_village ON household (township, village);
CREATE TABLE roster (
    township TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    columns BLOB NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE roster_draft (
    township TEXT NOT NULL,
    account TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (township, account)
) STRICT, WITHOUT ROWID;
-- What clerks, who were there, say otherwise.
CREATE TABLE roster_proposal (
    township TEXT NOT NULL,
    key BLOB NOT NULL,
    household TEXT NOT NULL,
    person TEXT NOT NULL,
    column_name TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    case_number TEXT NOT NULL,
    account TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (township, key)
) STRICT, WITHOUT ROWID;
