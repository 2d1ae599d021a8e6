-- Of a log that was rebuilt from a device, because nothing of it was left: of when its facts are, what it begins with of each
-- document, by what devices can be known again, and the shares that they had of the relay before.
ALTER TABLE workspaces ADD COLUMN facts_of INTEGER;

CREATE TABLE bases (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    document  BLOB    NOT NULL CHECK (length(document) = 17),
    bytes     BLOB    NOT NULL,
    PRIMARY KEY (workspace, document)
) STRICT;

CREATE TABLE witnesses (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    device    BLOB    NOT NULL CHECK (length(device) = 16),
    signed    BLOB    NOT NULL,
    signature BLOB    NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (workspace, device, signed)
) STRICT, WITHOUT ROWID;

CREATE TABLE shares (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    device    BLOB    NOT NULL CHECK (length(device) = 16),
    share     BLOB    NOT NULL CHECK (length(share) = 32),
    PRIMARY KEY (workspace, device)
) STRICT, WITHOUT ROWID;
