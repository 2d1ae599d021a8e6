-- What is known of photos and files; their bytes are in the blob folder, named by their hash.

CREATE TABLE blobs (
    workspace   INTEGER NOT NULL REFERENCES workspaces (id),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    size        INTEGER NOT NULL,
    media_type  TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, hash)
) STRICT, WITHOUT ROWID;

-- Which documents refer to a blob: whoever may read one of them may read the blob.
CREATE TABLE blob_documents (
    workspace INTEGER NOT NULL REFERENCES workspaces (id),
    hash      BLOB    NOT NULL CHECK (length(hash) = 32),
    document  BLOB    NOT NULL,
    PRIMARY KEY (workspace, hash, document)
) STRICT, WITHOUT ROWID;
