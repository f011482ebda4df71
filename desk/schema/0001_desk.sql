-- What waits for a person. It is small, and what is lost of it comes back when the same files are imported again.
CREATE TABLE review (
  kind TEXT NOT NULL,           -- match: to which instrument does the document belong
  document TEXT NOT NULL,       -- record id
  audience TEXT NOT NULL,       -- who may see the document, and so this row
  title TEXT NOT NULL,
  reasons TEXT NOT NULL,        -- JSON: the candidates with their reasons, the best first
  first_at TEXT NOT NULL,       -- RFC 3339, UTC
  last_at TEXT NOT NULL,
  PRIMARY KEY (kind, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
  path TEXT NOT NULL,           -- of the file that did not enter, or not whole
  reason TEXT NOT NULL,         -- what is wrong, and where
  hint TEXT NOT NULL,           -- how to mend it; '' where nothing helps
  audience TEXT NOT NULL,       -- at which it was to enter
  tries INTEGER NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  PRIMARY KEY (path, reason)
) STRICT, WITHOUT ROWID;
