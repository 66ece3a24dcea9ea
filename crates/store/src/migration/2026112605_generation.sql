-- Of pages that no backup holds yet: what is on them, with the center's MAC over it. With it
-- anybody can give back to a restored center what it has lost.
CREATE TABLE proof (
    id INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    -- Highest number on the page.
    through INTEGER NOT NULL,
    contents BLOB NOT NULL, mac BLOB NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, again_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Own changes whose document left this phone, while no backup holds them.
CREATE TABLE parted (
    hash BLOB PRIMARY KEY, bytes BLOB NOT NULL, seq INTEGER
) STRICT, WITHOUT ROWID;

-- A change may be in state 3: accepted once, and lost by the center, which was restored.

-- Which intent an own change is.
CREATE INDEX intent_change ON intent (change);
-- Given back, and to be kept by a restored center again.
ALTER TABLE intent ADD COLUMN anew INTEGER NOT NULL DEFAULT 0;
-- A backup that reaches here holds what became of it: of what has no number of its own.
ALTER TABLE intent ADD COLUMN held_at INTEGER;
CREATE INDEX intent_unheld ON intent (held_at)
    WHERE state = 2 AND change IS NULL AND held_at IS NULL;
ALTER TABLE media ADD COLUMN held_at INTEGER;
CREATE INDEX media_unheld ON media (held_at) WHERE own = 1 AND state = 2 AND held_at IS NULL;
