-- People and organisations who may sign in, their sessions, the devices they signed in from, and what was done.
-- No password, no address of the network and no token is kept: hashes only.
CREATE TABLE user (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,          -- with which they sign in, as it is shown
  folded       TEXT NOT NULL UNIQUE,   -- the same without case, so that two names are never mistaken for one another
  kind         TEXT NOT NULL,          -- person, organisation
  organisation TEXT NOT NULL,
  role         TEXT NOT NULL,
  audiences    TEXT NOT NULL,          -- JSON list
  password     TEXT NOT NULL,          -- argon2id in its usual form
  created_at   TEXT NOT NULL,
  password_at  TEXT NOT NULL,
  disabled_at  TEXT NOT NULL           -- '' where they may sign in
) STRICT;
CREATE TABLE session (
  hash       TEXT PRIMARY KEY,         -- SHA-256 of the token
  user       TEXT NOT NULL REFERENCES user (id),
  created_at TEXT NOT NULL,
  seen_at    TEXT NOT NULL,
  device     TEXT NOT NULL             -- what the browser says it is, shortened
) STRICT;
CREATE INDEX session_user ON session (user);
CREATE TABLE device (
  hash    TEXT PRIMARY KEY,            -- SHA-256 of the token
  user    TEXT NOT NULL REFERENCES user (id),
  seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX device_user ON device (user);
CREATE TABLE audit (
  n       INTEGER PRIMARY KEY AUTOINCREMENT,
  at      TEXT NOT NULL,
  by      TEXT NOT NULL,               -- person:NAME, operator, or '' for nobody known
  act     TEXT NOT NULL,
  about   TEXT NOT NULL,
  outcome TEXT NOT NULL,
  note    TEXT NOT NULL
) STRICT;
