-- How far the log was looked into. What an older relay received is looked into once more.
ALTER TABLE workspaces ADD COLUMN released INTEGER NOT NULL DEFAULT 0;
