-- Digest of the document as accepted (16 bytes); none before its first accepted change.
ALTER TABLE doc ADD COLUMN digest BLOB;

-- The buckets this phone reads, by position in its list.
CREATE TABLE bucket (
    position INTEGER PRIMARY KEY,
    -- Sum of its documents' digests modulo 2^128, and how many they are.
    sum BLOB NOT NULL DEFAULT x'00000000000000000000000000000000',
    docs INTEGER NOT NULL DEFAULT 0,
    -- Taken away: nothing of it comes any more.
    closed INTEGER NOT NULL DEFAULT 0,
    -- Granted later: how far it has been read on its own. None once it has caught up.
    behind INTEGER
) STRICT;
