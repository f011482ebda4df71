-- The log's schema, as all steps in schema/ make it. Written by go test ./claimlog/sqlite -update; do not edit.

CREATE TABLE entry (
  position INTEGER PRIMARY KEY,
  batch    INTEGER NOT NULL,                    -- what one Append added
  id       BLOB    NOT NULL UNIQUE CHECK (length(id) = 32), -- SHA-256 of nonce and payload
  type     TEXT    NOT NULL,
  record   TEXT    NOT NULL,                    -- '' for entries about no record
  field    TEXT    NOT NULL,                    -- of a claim, else ''
  audience TEXT    NOT NULL,                    -- at which it entered
  nonce    TEXT    NOT NULL,                    -- '' for what is public
  at       INTEGER NOT NULL                     -- seconds since 1970, UTC
) STRICT;

CREATE INDEX entry_batch ON entry (batch);

CREATE TRIGGER entry_follows BEFORE INSERT ON entry
  WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM entry) OR EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'an entry is added behind the last, once'); END;

CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'a header is never changed'); END;

CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'a header is never removed'); END;

CREATE TABLE payload (
  position   INTEGER PRIMARY KEY REFERENCES entry (position),
  json       TEXT NOT NULL,                     -- canonical (RFC 8785), with the author
  supersedes BLOB                               -- of a claim: the id of the one it replaces
) STRICT;

CREATE UNIQUE INDEX payload_supersedes ON payload (supersedes) WHERE supersedes IS NOT NULL;

CREATE TABLE erasure (
  number    INTEGER PRIMARY KEY,                -- followed by whoever keeps copies
  position  INTEGER NOT NULL UNIQUE REFERENCES entry (position),
  authority TEXT    NOT NULL,
  ground    TEXT    NOT NULL,
  at        INTEGER NOT NULL                    -- seconds since 1970, UTC
) STRICT;

