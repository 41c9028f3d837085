-- What the township says of devices: whom they were given to, and which are nobody's any more.
CREATE TABLE standing (
    township TEXT NOT NULL,
    device BLOB NOT NULL,
    holder BLOB,
    valid_from INTEGER,
    valid_until INTEGER,
    revoked_at INTEGER,
    reason TEXT,
    PRIMARY KEY (township, device)
) STRICT, WITHOUT ROWID;

-- The pack that was issued last.
CREATE TABLE issue (
    township TEXT NOT NULL,
    version BLOB NOT NULL,
    serial INTEGER NOT NULL,
    PRIMARY KEY (township)
) STRICT, WITHOUT ROWID;
