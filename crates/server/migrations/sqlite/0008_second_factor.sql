-- The secret of an officer's second factor, and the last of its time steps that a code was used of.
ALTER TABLE credential ADD COLUMN second BLOB;
ALTER TABLE credential ADD COLUMN second_used INTEGER NOT NULL DEFAULT 0;
