-- numbers of briefs that were kept: ids of records and claims, and no words
CREATE TABLE edition (
  id      TEXT PRIMARY KEY,          -- of the content
  horizon TEXT NOT NULL,             -- the day as known on which it was made
  scope   TEXT NOT NULL,             -- JSON of findings.Scope
  body    BLOB NOT NULL,             -- JSON of brief.Edition
  kept_at TEXT NOT NULL,
  by      TEXT NOT NULL
) STRICT;
