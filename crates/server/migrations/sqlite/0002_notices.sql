-- What people were told before they applied, word for word, for ever.
CREATE TABLE notice (
    township TEXT NOT NULL,
    digest BLOB NOT NULL,
    item TEXT NOT NULL,
    bytes BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (township, digest)
) STRICT;
