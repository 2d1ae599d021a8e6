-- The Merkle log: see docs/decisions/0007-merkle-log.md. What is there already becomes its first
-- leaves, in `seal.rs`.

-- One leaf for each row as it was written, in the order of writing.
CREATE TABLE leaves (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    number    INTEGER NOT NULL,
    kind      INTEGER NOT NULL,
    -- The row's primary key.
    key       BLOB    NOT NULL,
    -- SHA-256 of the row.
    content   BLOB    NOT NULL CHECK (length(content) = 32),
    PRIMARY KEY (workspace, number)
) STRICT, WITHOUT ROWID;

-- Those that stay; the newest is with the workspace.
CREATE TABLE checkpoints (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    size      INTEGER NOT NULL,
    bytes     BLOB    NOT NULL,
    PRIMARY KEY (workspace, size)
) STRICT, WITHOUT ROWID;

-- In the row that every commit writes anyway. The edge is what the next commit goes on from.
ALTER TABLE workspaces ADD COLUMN checkpoint BLOB;
ALTER TABLE workspaces ADD COLUMN edge BLOB;
