-- The leaves of the ledger, in their order, with what they speak of; and how far the log has been followed.
CREATE TABLE about (
  name TEXT PRIMARY KEY,        -- key: the signing key; secret: what fills the empty places of deposits; position, erasures, events: how far; interval: the last whose root is a leaf
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE leaf (
  number INTEGER PRIMARY KEY,   -- from 0, without gaps: its index in the tree
  data BLOB NOT NULL            -- canonical JSON
) STRICT;

CREATE TABLE event (
  id TEXT NOT NULL,             -- of the entry
  leaf INTEGER NOT NULL,
  PRIMARY KEY (id, leaf)
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
  sha256 TEXT NOT NULL,
  leaf INTEGER NOT NULL,
  PRIMARY KEY (sha256, leaf)
) STRICT, WITHOUT ROWID;

CREATE TABLE deposit (
  interval TEXT NOT NULL,       -- 2026-11-30
  place INTEGER NOT NULL,       -- 0 to 65,535, drawn by lot
  commitment TEXT NOT NULL,     -- 32 bytes in hex: says nothing of the file to who has no nonce
  PRIMARY KEY (interval, place)
) STRICT, WITHOUT ROWID;
