-- Version 4: pages of writing, each a snapshot and the edits since.
CREATE TABLE page (
    panel TEXT PRIMARY KEY,
    data  TEXT NOT NULL
) STRICT;
CREATE TABLE page_edit (
    seq   INTEGER PRIMARY KEY,
    panel TEXT NOT NULL,
    data  TEXT NOT NULL
) STRICT;
