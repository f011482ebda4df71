-- Tokens for programs, audiences for a limited time, and an audit whose lines hang together.
CREATE TABLE token (
  id         TEXT PRIMARY KEY,         -- tok_ and letters: names it to its user; opens nothing
  hash       TEXT NOT NULL UNIQUE,     -- SHA-256 of the token
  user       TEXT NOT NULL REFERENCES user (id),
  name       TEXT NOT NULL,            -- what it is for
  scope      TEXT NOT NULL,            -- JSON list: audiences, or "own"; empty for what is public
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at    TEXT NOT NULL,            -- '' before its first use
  revoked_at TEXT NOT NULL             -- '' while it holds
) STRICT;
CREATE INDEX token_user ON token (user);
CREATE TABLE term (
  user     TEXT NOT NULL REFERENCES user (id),
  audience TEXT NOT NULL,
  from_at  TEXT NOT NULL,
  until_at TEXT NOT NULL,
  by       TEXT NOT NULL,              -- who granted it
  ended_at TEXT NOT NULL,              -- '' until it was seen to be over, or was taken away; it never begins again
  PRIMARY KEY (user, audience)
) STRICT, WITHOUT ROWID;
CREATE TABLE clock (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  latest TEXT NOT NULL                 -- the latest time that was seen: what ended does not begin again with a clock that is set back
) STRICT;
ALTER TABLE audit ADD COLUMN outlet TEXT NOT NULL DEFAULT ''; -- of a read: the address's pattern and format; '' for an act
ALTER TABLE audit ADD COLUMN things TEXT NOT NULL DEFAULT ''; -- of a read: JSON list of the ids of what was shown
ALTER TABLE audit ADD COLUMN tier   TEXT NOT NULL DEFAULT ''; -- of a read: the audiences for which it is, by blanks
ALTER TABLE audit ADD COLUMN leaf   TEXT NOT NULL DEFAULT ''; -- SHA-256 of the line; stays when its words go
ALTER TABLE audit ADD COLUMN hash   TEXT NOT NULL DEFAULT ''; -- SHA-256 of the hash before and the leaf; '' for lines older than the chain
