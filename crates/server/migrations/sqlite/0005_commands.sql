-- What the office wrote to the applicant last, and whether the applicant has rated the case.
ALTER TABLE cases ADD COLUMN said BLOB;
ALTER TABLE cases ADD COLUMN is_rated INTEGER NOT NULL DEFAULT 0;

-- A case's files are those of all its versions.
CREATE INDEX file_by_case ON file (township, case_number);
