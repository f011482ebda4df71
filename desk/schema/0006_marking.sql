-- what editors mark to be withheld of a text: places in a reading and grounds, and no words. The state is what the steps lead to
CREATE TABLE marking_step (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  document TEXT NOT NULL,            -- record
  reading  TEXT NOT NULL,            -- SHA-256: places are bytes of this one
  step     INTEGER NOT NULL,         -- rows of one step are taken back together
  act      TEXT NOT NULL,            -- mark, unmark
  target   INTEGER NOT NULL,         -- of unmark: the step that marked; 0 otherwise
  "start"  INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  here     INTEGER NOT NULL,         -- the same words elsewhere are meant to stay
  ground   TEXT NOT NULL,
  by       TEXT NOT NULL,
  at       TEXT NOT NULL
) STRICT;
CREATE INDEX marking_step_document ON marking_step (document, reading);
