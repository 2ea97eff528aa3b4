-- The Atelier project file, version 4 (PRAGMA user_version). One SQLite database, rollback journal.
-- Times are ISO 8601 text in UTC. SHA-256 is 64 lower-case hexadecimal digits. JSON is text.

-- Facts about the document itself, such as its title. Never holds preferences of a person.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Content by its hash: stored once, never updated. Bytes are in blob_chunk.
-- A blob is complete once all chunks are there; incomplete ones are leftovers of an interruption
-- and are swept when the file is next opened for writing.
CREATE TABLE blob (
    id          INTEGER PRIMARY KEY,
    sha256      TEXT    NOT NULL UNIQUE CHECK (length(sha256) = 64),
    size        INTEGER NOT NULL CHECK (size >= 0),
    is_complete INTEGER NOT NULL DEFAULT 0 CHECK (is_complete IN (0, 1))
) STRICT;

-- The bytes of a blob in pieces of at most 1 MiB, so that no picture or song has to be in memory
-- whole to be stored, and SQLite's limit for one value is never near.
CREATE TABLE blob_chunk (
    blob INTEGER NOT NULL REFERENCES blob (id) ON DELETE CASCADE,
    seq  INTEGER NOT NULL CHECK (seq >= 0),
    data BLOB    NOT NULL,
    PRIMARY KEY (blob, seq)
) STRICT;

-- What a person sees in the reel: something made here or brought in. Undo covers name, stars and
-- trashed; rows are deleted only when the trash is emptied.
CREATE TABLE asset (
    seq        INTEGER PRIMARY KEY,                  -- order of arrival
    id         TEXT    NOT NULL UNIQUE,
    kind       TEXT    NOT NULL CHECK (kind IN ('text', 'image', 'audio', 'score')),
    name       TEXT    NOT NULL,
    media_type TEXT    NOT NULL,
    sha256     TEXT    NOT NULL REFERENCES blob (sha256),
    created    TEXT    NOT NULL,
    origin     TEXT    NOT NULL CHECK (origin IN ('made', 'imported')),
    stars      INTEGER NOT NULL DEFAULT 0 CHECK (stars BETWEEN 0 AND 5),
    trashed    TEXT,                                 -- when it went to the trash, or NULL
    facts      TEXT    NOT NULL DEFAULT '{}',        -- JSON: width, height, seconds, words
    task       TEXT    NOT NULL DEFAULT '',          -- which task made it
    seed       INTEGER NOT NULL DEFAULT 0,
    job        TEXT    NOT NULL DEFAULT ''           -- which job made it; the job may be gone
) STRICT;
CREATE INDEX asset_sha256 ON asset (sha256);

-- A small picture of a content, so that no list has to decode it.
CREATE TABLE thumbnail (
    sha256 TEXT PRIMARY KEY REFERENCES blob (sha256) ON DELETE CASCADE,
    data   BLOB NOT NULL
) STRICT;

-- How an asset was made: core/provenance.py's Recipe as JSON.
CREATE TABLE recipe (
    asset TEXT PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE,
    data  TEXT NOT NULL
) STRICT;

-- The inputs a recipe names, for lineage in both directions and to know which blobs are needed.
-- No foreign key to blob: a recipe may name content this project never held.
CREATE TABLE recipe_input (
    asset    TEXT    NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sha256   TEXT    NOT NULL,
    source   TEXT    NOT NULL DEFAULT '',            -- the asset it was, if it was one
    PRIMARY KEY (asset, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipe_input_sha256 ON recipe_input (sha256);

-- The queue. A job found running when the file is opened was interrupted and is queued again.
CREATE TABLE job (
    id       TEXT    PRIMARY KEY,
    panel    TEXT    NOT NULL,
    label    TEXT    NOT NULL,
    request  TEXT    NOT NULL,                       -- JSON of core/jobs.py's Request
    state    TEXT    NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    position INTEGER NOT NULL,
    batch    TEXT    NOT NULL DEFAULT '',
    problem  TEXT,                                   -- JSON of Problem, or NULL
    created  TEXT    NOT NULL,
    delivery TEXT                                    -- JSON of project/delivery.py's Delivery, or NULL
) STRICT;

-- Finished pieces of an unfinished job, so that it resumes after them. Gone once it is done.
CREATE TABLE part (
    job  TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    key  TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (job, key)
) STRICT;

-- Batches that are not over: what was asked of each, so that it goes on after a restart.
CREATE TABLE batch (
    id   TEXT PRIMARY KEY,
    data TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What stands in a panel's form right now, kept as the person types.
CREATE TABLE draft (
    panel TEXT PRIMARY KEY,
    data  TEXT NOT NULL
) STRICT;

-- A page of writing as it once was: core/manuscript.py's Manuscript as JSON.
CREATE TABLE page (
    panel TEXT PRIMARY KEY,
    data  TEXT NOT NULL
) STRICT;

-- What was edited since, in order: JSON lists of core/pieces.py's Edit. Now and then it becomes part of page.
CREATE TABLE page_edit (
    seq   INTEGER PRIMARY KEY,
    panel TEXT NOT NULL,
    data  TEXT NOT NULL
) STRICT;
