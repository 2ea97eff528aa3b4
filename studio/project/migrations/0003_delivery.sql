-- Version 3: a job can say where its result goes besides the project, and a batch survives a restart.
ALTER TABLE job ADD COLUMN delivery TEXT;
CREATE TABLE batch (
    id   TEXT PRIMARY KEY,
    data TEXT NOT NULL
) STRICT, WITHOUT ROWID;
