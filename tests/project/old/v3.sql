-- A project of schema version 3, as it was, with a picture, a result made from it, and a job.
PRAGMA page_size = 8192;
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA application_id = 1096043602;
PRAGMA user_version = 3;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (size >= 0),
    is_complete INTEGER NOT NULL DEFAULT 0 CHECK (is_complete IN (0, 1))
) STRICT;
CREATE TABLE blob_chunk (
    blob INTEGER NOT NULL REFERENCES blob (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL CHECK (seq >= 0),
    data BLOB NOT NULL,
    PRIMARY KEY (blob, seq)
) STRICT;
CREATE TABLE asset (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'image', 'audio', 'score')),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blob (sha256),
    created TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('made', 'imported')),
    stars INTEGER NOT NULL DEFAULT 0 CHECK (stars BETWEEN 0 AND 5),
    trashed TEXT,
    facts TEXT NOT NULL DEFAULT '{}',
    task TEXT NOT NULL DEFAULT '',
    seed INTEGER NOT NULL DEFAULT 0,
    job TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX asset_sha256 ON asset (sha256);
CREATE TABLE thumbnail (
    sha256 TEXT PRIMARY KEY REFERENCES blob (sha256) ON DELETE CASCADE, data BLOB NOT NULL) STRICT;
CREATE TABLE recipe (asset TEXT PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE, data TEXT NOT NULL) STRICT;
CREATE TABLE recipe_input (
    asset TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (asset, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipe_input_sha256 ON recipe_input (sha256);
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    panel TEXT NOT NULL,
    label TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    position INTEGER NOT NULL,
    batch TEXT NOT NULL DEFAULT '',
    problem TEXT,
    created TEXT NOT NULL,
    delivery TEXT
) STRICT;
CREATE TABLE batch (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE part (
    job TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (job, key)
) STRICT;
CREATE TABLE draft (panel TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT;

INSERT INTO meta VALUES ('title', 'Old work');
INSERT INTO blob VALUES
    (1, '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', 3, 1),
    (2, 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9', 3, 1);
INSERT INTO blob_chunk VALUES (1, 0, CAST('foo' AS BLOB)), (2, 0, CAST('bar' AS BLOB));
INSERT INTO asset (id, kind, name, media_type, sha256, created, origin, stars, task, seed, job) VALUES
    ('photo', 'image', 'Photo', 'image/png', '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
     '2026-01-01T10:00:00.000+00:00', 'imported', 3, '', 0, ''),
    ('result', 'image', 'Result', 'image/png', 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9',
     '2026-01-01T10:01:00.000+00:00', 'made', 0, 'style', 5, 'j1');
INSERT INTO recipe VALUES ('result', '{"request": {"task": "style", "version": 1, "params": {"strength": 1.0},
    "inputs": [{"role": "content", "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                "name": "photo.png", "weight": 1.0, "asset": "photo"},
               {"role": "style", "sha256": "0000000000000000000000000000000000000000000000000000000000000000",
                "name": "gone.png"}], "seed": 5},
    "index": 0, "seed": 5, "digest": "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9"}');
INSERT INTO recipe_input VALUES
    ('result', 0, '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', 'photo'),
    ('result', 1, '0000000000000000000000000000000000000000000000000000000000000000', '');
INSERT INTO job VALUES ('j2', 'style', 'Restyle', '{"task": "style", "version": 1, "params": {}, "seed": 6}',
    'running', 0, '', NULL, '2026-01-01T10:02:00.000+00:00', NULL);
INSERT INTO draft VALUES ('style', '{"strength": 0.5}');
