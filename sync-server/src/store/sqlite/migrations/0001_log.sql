-- The log of each workspace and what follows from it. Small integers stand for workspaces inside.

CREATE TABLE workspaces (
    id        INTEGER PRIMARY KEY,
    workspace BLOB    NOT NULL UNIQUE CHECK (length(workspace) = 16),
    epoch     INTEGER NOT NULL,
    head      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE log (
    workspace   INTEGER NOT NULL REFERENCES workspaces (id),
    seq         INTEGER NOT NULL,
    document    BLOB    NOT NULL,
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    device      BLOB    NOT NULL CHECK (length(device) = 16),
    device_seq  INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    -- Why the envelope has no effect, if so.
    refusal     BLOB,
    envelope    BLOB    NOT NULL,
    PRIMARY KEY (workspace, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX log_by_device ON log (workspace, device, device_seq);
CREATE INDEX log_by_document ON log (workspace, document, seq);

CREATE TABLE device_keys (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    device    BLOB    NOT NULL CHECK (length(device) = 16),
    key       BLOB    NOT NULL CHECK (length(key) = 65),
    PRIMARY KEY (workspace, device)
) STRICT, WITHOUT ROWID;

-- A removed fact keeps its row without a value, so that devices hear of the removal.
CREATE TABLE facts (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    key       BLOB    NOT NULL,
    value     BLOB,
    seq       INTEGER NOT NULL,
    PRIMARY KEY (workspace, key)
) STRICT, WITHOUT ROWID;

-- The last change of who may read what.
CREATE TABLE visibility (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    person    BLOB    NOT NULL CHECK (length(person) = 16),
    document  BLOB    NOT NULL,
    gained    INTEGER NOT NULL CHECK (gained IN (0, 1)),
    seq       INTEGER NOT NULL,
    PRIMARY KEY (workspace, person, document)
) STRICT, WITHOUT ROWID;

-- Derived from the log, which stays the truth: may be emptied at any time.
CREATE TABLE snapshots (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    document  BLOB    NOT NULL,
    upto      INTEGER NOT NULL,
    bytes     BLOB    NOT NULL,
    PRIMARY KEY (workspace, document)
) STRICT, WITHOUT ROWID;
