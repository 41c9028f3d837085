-- When bytes of an unfinished file last became durable: none where no bytes are kept.
ALTER TABLE file ADD COLUMN moved_at INTEGER;

UPDATE file SET moved_at = (
    SELECT received_at FROM envelope
    WHERE envelope.township = file.township AND envelope.id = file.envelope
) WHERE received > 0 AND whole_at IS NULL;

CREATE INDEX file_unfinished ON file (township, moved_at) WHERE whole_at IS NULL;
