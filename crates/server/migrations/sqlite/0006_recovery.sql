-- Devices whose holders forgot a PIN: that they asked for help, and until when it may be given.
CREATE TABLE recovery (
    township TEXT NOT NULL,
    device BLOB NOT NULL,
    asked_at INTEGER,
    allowed_until INTEGER,
    PRIMARY KEY (township, device)
) STRICT, WITHOUT ROWID;
