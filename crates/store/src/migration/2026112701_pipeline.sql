-- A photo has a row before it has a picture.
-- 0 being taken, 1 its file is kept as it came, 2 upright and scaled, waiting for its position,
-- 3 finished: its hash is known and stays.
ALTER TABLE media ADD COLUMN stage INTEGER NOT NULL DEFAULT 3;
-- Bytes of an own photo that the center has.
ALTER TABLE media ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
-- The picture itself is no longer here, only its thumbnail; the center has it, in a backup too.
ALTER TABLE media ADD COLUMN thinned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX media_unfinished ON media (stage) WHERE stage < 3;
