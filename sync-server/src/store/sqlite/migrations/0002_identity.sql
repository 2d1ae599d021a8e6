-- How people and devices prove who they are. Only hashes of what was handed out are kept.

CREATE TABLE credentials (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    person    BLOB    NOT NULL CHECK (length(person) = 16),
    password  TEXT    NOT NULL,
    PRIMARY KEY (workspace, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token     BLOB    PRIMARY KEY CHECK (length(token) = 32),
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    device    BLOB    NOT NULL CHECK (length(device) = 16),
    since     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_device ON sessions (workspace, device);

-- Links that found a workspace; those that invite into one are facts of that workspace.
CREATE TABLE foundings (
    token      BLOB    PRIMARY KEY CHECK (length(token) = 32),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL CHECK (length(value) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE probe (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
