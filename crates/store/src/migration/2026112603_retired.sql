-- Documents that left this phone and had been written on here, each with the actor counter to go
-- on under should it come back.
CREATE TABLE retired (doc BLOB PRIMARY KEY, counter INTEGER NOT NULL) STRICT, WITHOUT ROWID;
