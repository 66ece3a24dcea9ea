-- A photo the center doesn't have yet is asked for again, at longer and longer intervals.
-- States of own photos: 0 here, 1 sending, 2 verified by the center, 3 refused or unreadable.
ALTER TABLE media ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN ask_at INTEGER NOT NULL DEFAULT 0;

-- The keys of a name are made from the name again when it goes.
DROP INDEX name_key_resident;
