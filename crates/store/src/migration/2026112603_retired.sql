-- Actor counters of documents that left this phone. Should one come back, what its person wrote
-- there before, accepted or given back, has used them up.
CREATE TABLE retired (doc BLOB PRIMARY KEY, counter INTEGER NOT NULL) STRICT, WITHOUT ROWID;
