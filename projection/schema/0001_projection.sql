-- Everything here is made from the log and the blobs and may be thrown away. One database per set of audiences.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE record (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  json TEXT NOT NULL           -- registry.RecordJSON
) STRICT;
CREATE INDEX record_kind ON record (kind, id);

CREATE TABLE facet (
  record TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (record, name, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX facet_value ON facet (name, value, record);

CREATE TABLE document (
  id TEXT PRIMARY KEY,          -- the document's record id
  reading TEXT NOT NULL,        -- blob of the reading
  analysis TEXT NOT NULL,       -- blob of the analysis
  instrument TEXT NOT NULL,     -- record id; '' where it belongs to none
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  facets TEXT NOT NULL          -- that its provisions carry in the index: name=value, a line each
) STRICT;

CREATE TABLE provision (
  document TEXT NOT NULL,
  n INTEGER NOT NULL,           -- place in the text, from 0
  eid TEXT NOT NULL,
  kind TEXT NOT NULL,
  num TEXT NOT NULL,
  heading TEXT NOT NULL,
  start INTEGER NOT NULL,       -- bytes of the canonical text
  "end" INTEGER NOT NULL,
  parent INTEGER NOT NULL,      -- n of the parent, -1 at the top
  modality TEXT NOT NULL,
  part TEXT NOT NULL,
  PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX provision_eid ON provision (document, eid);
CREATE INDEX provision_modality ON provision (modality, document);

CREATE TABLE label (
  document TEXT NOT NULL,
  eid TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  class TEXT NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (document, start, "end", class, rule, eid)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_class ON label (class, document);

CREATE TABLE digest (
  document TEXT PRIMARY KEY,
  digest BLOB NOT NULL          -- draftcheck.Digest as JSON: what the check of a draft needs of this text
) STRICT, WITHOUT ROWID;

CREATE TABLE marks (
  document TEXT PRIMARY KEY,
  sides TEXT NOT NULL,          -- codes of the sides that the text itself names, blanks between
  marks BLOB NOT NULL           -- conflict.Marks as of conflict.Version: what of this text can collide with another
) STRICT, WITHOUT ROWID;
