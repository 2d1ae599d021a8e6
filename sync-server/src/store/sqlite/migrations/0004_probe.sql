-- What a probe writes takes room, as a push does.
ALTER TABLE probe ADD COLUMN room BLOB NOT NULL DEFAULT x'';
