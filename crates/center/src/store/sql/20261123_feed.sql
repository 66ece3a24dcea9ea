-- The log of accepted changes and the feed over it.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A document. `author` is the person whose change gave birth to it.
CREATE TABLE doc (
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  author BLOB
) STRICT;

-- The truth: every accepted change, as it came. `seq` is that of its first operation.
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  doc INTEGER NOT NULL REFERENCES doc,
  hash BLOB NOT NULL UNIQUE,
  enrolment BLOB NOT NULL,
  counter INTEGER NOT NULL,
  number INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  intent BLOB,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX change_by_doc ON change (doc, seq);

-- The feed. what: 1 put, 2 remove, 3 reset, 4 erase.
CREATE TABLE op (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  doc INTEGER NOT NULL REFERENCES doc,
  what INTEGER NOT NULL,
  change INTEGER REFERENCES change,
  reason TEXT
) STRICT;

CREATE TABLE bucket (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  class INTEGER NOT NULL,
  UNIQUE (scope, class)
) STRICT;

CREATE TABLE op_bucket (
  bucket INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (bucket, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
  doc INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  PRIMARY KEY (doc, bucket)
) STRICT, WITHOUT ROWID;

-- Where things are: what membership is derived from.
CREATE TABLE place (
  id BLOB PRIMARY KEY,
  type TEXT NOT NULL,
  org TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX place_by_org ON place (org);

CREATE TABLE dwelling (
  id BLOB PRIMARY KEY,
  building BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The dwelling of a household or care document.
CREATE TABLE home (
  doc BLOB PRIMARY KEY,
  dwelling BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Every verdict by device and intent; what was not accepted is kept here whole.
CREATE TABLE verdict (
  enrolment BLOB NOT NULL,
  intent BLOB NOT NULL,
  verdict BLOB NOT NULL,
  change BLOB,
  seq INTEGER,
  kept BLOB,
  at INTEGER NOT NULL,
  PRIMARY KEY (enrolment, intent)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_by_change ON verdict (change);
