-- Facts: the log of changes is the truth, intents are what this phone's person did.
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id BLOB PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, org TEXT NOT NULL,
    building BLOB, phone TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Who wrote under which enrolment; outlives revocation.
CREATE TABLE author (enrolment BLOB PRIMARY KEY, person BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE doc (
    id BLOB PRIMARY KEY, kind INTEGER NOT NULL, epoch INTEGER NOT NULL DEFAULT 0,
    -- Actor counter this phone last wrote with in this document; 0 for never.
    counter INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE member (
    doc BLOB NOT NULL, bucket INTEGER NOT NULL, PRIMARY KEY (doc, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
    ord INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE, doc BLOB NOT NULL, bytes BLOB NOT NULL,
    -- 0 pending, 1 accepted, 2 dropped by a rebase (kept: an answer may still be on its way)
    state INTEGER NOT NULL,
    seq INTEGER, received_at INTEGER
) STRICT;
CREATE INDEX change_doc ON change (doc, state, ord);

CREATE TABLE intent (
    id BLOB PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, doc BLOB, change BLOB,
    body BLOB NOT NULL, action INTEGER NOT NULL, at INTEGER NOT NULL,
    -- 0 here, 1 sent, 2 accepted, 3 needs attention, 4 put aside by the person
    state INTEGER NOT NULL, code TEXT NOT NULL DEFAULT '', params TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX intent_open ON intent (state, seq);
CREATE INDEX intent_doc ON intent (doc, seq);

CREATE TABLE draft (key TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Photos, whether taken here (bytes in the vault) or only known from a record.
CREATE TABLE media (
    id BLOB PRIMARY KEY, doc BLOB, sha256 BLOB NOT NULL, bytes INTEGER NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, taken_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    -- 0 here (not asked for yet), 1 sending, 2 verified by the center
    state INTEGER NOT NULL, own INTEGER NOT NULL, here INTEGER NOT NULL,
    facts BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_doc ON media (doc);

-- Tables read by screens; all of them can be rebuilt from the log.
CREATE TABLE place (
    doc BLOB PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, alias TEXT NOT NULL,
    code TEXT NOT NULL, parent BLOB, org TEXT NOT NULL, lon REAL, lat REAL,
    outline BLOB NOT NULL, units TEXT NOT NULL, floors TEXT NOT NULL,
    lead TEXT NOT NULL, worker TEXT NOT NULL, phone TEXT NOT NULL, search TEXT NOT NULL,
    lead_name TEXT NOT NULL, worker_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX place_type ON place (type, name);
CREATE INDEX place_code ON place (code) WHERE code <> '';

CREATE TABLE room (
    dwelling BLOB PRIMARY KEY, door BLOB NOT NULL, building BLOB NOT NULL, unit TEXT NOT NULL,
    floor TEXT NOT NULL, room TEXT NOT NULL, surname TEXT NOT NULL, occupied INTEGER NOT NULL,
    occupancies TEXT NOT NULL, room_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX room_building ON room (building, unit, room);
CREATE INDEX room_key ON room (room_key);

CREATE TABLE household (
    doc BLOB PRIMARY KEY, dwelling BLOB NOT NULL, occupancy INTEGER NOT NULL, ended INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX household_dwelling ON household (dwelling);
CREATE TABLE resident (
    id BLOB PRIMARY KEY, household BLOB NOT NULL, dwelling BLOB NOT NULL, name TEXT NOT NULL,
    sex TEXT NOT NULL, birth_year INTEGER NOT NULL, relation TEXT NOT NULL,
    population TEXT NOT NULL, ended INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX resident_household ON resident (household);
CREATE TABLE name_key (
    key TEXT NOT NULL, resident BLOB NOT NULL, PRIMARY KEY (key, resident)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_key_resident ON name_key (resident);

CREATE TABLE care (
    doc BLOB PRIMARY KEY, dwelling BLOB NOT NULL, occupancy INTEGER NOT NULL,
    cycle_days INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX care_dwelling ON care (dwelling);
CREATE TABLE phone (
    id BLOB PRIMARY KEY, care BLOB NOT NULL, whose BLOB, number TEXT NOT NULL,
    last_first TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX phone_care ON phone (care);
CREATE INDEX phone_last_first ON phone (last_first);
CREATE TABLE flag (
    resident BLOB NOT NULL, code TEXT NOT NULL, doc BLOB NOT NULL,
    PRIMARY KEY (resident, code, doc)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_doc ON flag (doc);
CREATE TABLE mobility (
    resident BLOB NOT NULL, code TEXT NOT NULL, doc BLOB NOT NULL, PRIMARY KEY (resident, doc)
) STRICT, WITHOUT ROWID;
CREATE INDEX mobility_doc ON mobility (doc);

CREATE TABLE visit (
    doc BLOB PRIMARY KEY, dwelling BLOB, household BLOB, at INTEGER NOT NULL,
    result INTEGER NOT NULL, author BLOB, open_tips INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_dwelling ON visit (dwelling, at);
CREATE INDEX visit_tips ON visit (open_tips) WHERE open_tips > 0;

CREATE TABLE report (
    doc BLOB PRIMARY KEY, category TEXT NOT NULL, words TEXT NOT NULL, place BLOB,
    org TEXT NOT NULL, at INTEGER NOT NULL, lon REAL, lat REAL, state TEXT NOT NULL,
    since INTEGER NOT NULL, author BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX report_at ON report (at);
CREATE TABLE task (
    doc BLOB PRIMARY KEY, title TEXT NOT NULL, words TEXT NOT NULL, household BLOB,
    due INTEGER, state TEXT NOT NULL, author BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX task_state ON task (state, due);
CREATE TABLE notice (
    doc BLOB PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, level TEXT NOT NULL,
    at INTEGER NOT NULL, until INTEGER, author BLOB
) STRICT, WITHOUT ROWID;
CREATE TABLE muster (
    doc BLOB PRIMARY KEY, title TEXT NOT NULL, drill INTEGER NOT NULL, at INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE clash (doc BLOB NOT NULL, path TEXT NOT NULL, PRIMARY KEY (doc, path))
    STRICT, WITHOUT ROWID;
