-- The headers. Rows are added and never changed or removed; positions have no gaps.
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
  BEGIN SELECT RAISE(ABORT, 'an entry is added behind the last, once'); END; -- INSERT OR REPLACE would pass the two below
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'a header is never changed'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'a header is never removed'); END;

-- What can be erased. An entry without a row here has one in erasure.
CREATE TABLE payload (
  position   INTEGER PRIMARY KEY REFERENCES entry (position),
  json       TEXT NOT NULL,                     -- canonical (RFC 8785), with the author
  supersedes BLOB                               -- of a claim: the id of the one it replaces
) STRICT;
CREATE UNIQUE INDEX payload_supersedes ON payload (supersedes) WHERE supersedes IS NOT NULL; -- each claim by one other at most

-- The tombstones.
CREATE TABLE erasure (
  number    INTEGER PRIMARY KEY,                -- followed by whoever keeps copies
  position  INTEGER NOT NULL UNIQUE REFERENCES entry (position),
  authority TEXT    NOT NULL,
  ground    TEXT    NOT NULL,
  at        INTEGER NOT NULL                    -- seconds since 1970, UTC
) STRICT;
