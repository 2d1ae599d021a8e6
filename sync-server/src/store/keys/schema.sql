-- Rows are never removed and a key keeps its length, so that zeros are written over it in place.
CREATE TABLE keys (
    id        INTEGER PRIMARY KEY,
    workspace BLOB    NOT NULL CHECK (length(workspace) = 16),
    -- A document's id, 17 bytes, or a picture's hash, 32.
    holder    BLOB    NOT NULL CHECK (length(holder) IN (17, 32)),
    -- Zeros when it was destroyed.
    key       BLOB    NOT NULL CHECK (length(key) = 32),
    UNIQUE (workspace, holder)
) STRICT;

PRAGMA user_version = 1;
