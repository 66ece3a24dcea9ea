-- People, their phones, and what stands between them.

CREATE TABLE person (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  org TEXT NOT NULL,
  building BLOB,
  dept TEXT NOT NULL,
  phone TEXT NOT NULL,
  login TEXT NOT NULL,
  example TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_login ON person (login) WHERE login <> '';

-- Where a person serves. kind: grid, community, street, county, building, department.
CREATE TABLE post (
  person BLOB NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (person, kind, value)
) STRICT, WITHOUT ROWID;

-- A person on a device. Without a token it is only an author: a phone of before the center,
-- or a desk.
CREATE TABLE enrolment (
  id BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  token_hash BLOB UNIQUE,
  device TEXT NOT NULL,
  created INTEGER NOT NULL,
  last_sync INTEGER,
  through INTEGER NOT NULL DEFAULT 0,
  clock_off INTEGER NOT NULL DEFAULT 0,
  device_seq INTEGER NOT NULL DEFAULT 0,
  revoked INTEGER,
  succeeds BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolment_by_person ON enrolment (person);

-- What the device was told it reads and writes; positions never move.
CREATE TABLE grant_bucket (
  enrolment BLOB NOT NULL,
  position INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  write INTEGER NOT NULL,
  PRIMARY KEY (enrolment, write, position)
) STRICT, WITHOUT ROWID;

-- The secret itself is needed to prove the pins; it goes when the code is used.
CREATE TABLE enrol_code (
  code_id BLOB PRIMARY KEY,
  secret BLOB,
  person BLOB NOT NULL,
  expires INTEGER NOT NULL,
  used_by BLOB
) STRICT, WITHOUT ROWID;

-- A phone that asks for its lost database key. state: waiting, approved, refused.
CREATE TABLE recovery (
  id INTEGER PRIMARY KEY,
  enrolment BLOB NOT NULL,
  sealed BLOB NOT NULL,
  asked_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  decided_by BLOB,
  decided_at INTEGER,
  UNIQUE (enrolment, sealed)
) STRICT;

-- Append-only and hash-chained: each row's hash covers the one before it.
CREATE TABLE audit (
  no INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who BLOB,
  what TEXT NOT NULL,
  detail BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
