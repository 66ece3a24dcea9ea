-- Left all of the phone's buckets while something of its person's still waited for an answer:
-- it goes once the center has answered.
ALTER TABLE doc ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0;
