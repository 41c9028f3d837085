-- The secret of an officer's second factor, and the last of its time steps that a code was used of.
ALTER TABLE credential ADD COLUMN second BYTEA;
ALTER TABLE credential ADD COLUMN second_used BIGINT NOT NULL DEFAULT 0;
