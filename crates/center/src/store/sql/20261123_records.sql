-- What accepted records say, kept beside the log for the desk and for photos.

-- A photo as its record describes it.
CREATE TABLE media_fact (
  id BLOB NOT NULL,
  doc INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (id, doc)
) STRICT, WITHOUT ROWID;

-- A photo whose bytes have arrived; they lie in a file.
CREATE TABLE media (
  id BLOB PRIMARY KEY,
  sha256 BLOB NOT NULL,
  bytes INTEGER NOT NULL,
  enrolment BLOB,
  received_at INTEGER NOT NULL,
  verified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE case_view (
  no INTEGER PRIMARY KEY,
  doc INTEGER NOT NULL UNIQUE,
  id BLOB NOT NULL UNIQUE,
  category TEXT NOT NULL,
  words TEXT NOT NULL,
  state TEXT NOT NULL,
  org TEXT NOT NULL,
  place BLOB,
  address TEXT NOT NULL,
  lon REAL,
  lat REAL,
  at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  reporter BLOB,
  photos INTEGER NOT NULL
) STRICT;
CREATE INDEX case_view_by_state ON case_view (state, no);
CREATE INDEX case_view_by_org ON case_view (org, no);
