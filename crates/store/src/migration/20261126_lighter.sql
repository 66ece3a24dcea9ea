-- A photo the center doesn't have yet is asked for again, at longer and longer intervals.
-- States of own photos: 0 here, 1 sending, 2 verified by the center, 3 refused or unreadable.
ALTER TABLE media ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN ask_at INTEGER NOT NULL DEFAULT 0;

-- The keys of a name are made from the name again when it goes.
DROP INDEX name_key_resident;

-- What the center could not decide yet is sent again at longer and longer intervals.
ALTER TABLE intent ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE intent ADD COLUMN again_at INTEGER NOT NULL DEFAULT 0;

-- The record of a photo left this phone: the picture has to go too.
ALTER TABLE media ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
