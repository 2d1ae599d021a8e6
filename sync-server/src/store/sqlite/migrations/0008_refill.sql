-- Of a log that was restored from a backup: its last sequence then, and until when devices fill it up
-- again. From then on a device's own count may have gaps in it.
ALTER TABLE workspaces ADD COLUMN refill_since INTEGER;
ALTER TABLE workspaces ADD COLUMN refill_until INTEGER;
