-- Second factors, the ways back to an account without them, invitations, and what an account is to be told.
ALTER TABLE session ADD COLUMN second TEXT NOT NULL DEFAULT ''; -- beside the password: totp, passkey, code, provider; '' for nothing
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE totp (
  user    TEXT PRIMARY KEY REFERENCES user (id),
  secret  BLOB NOT NULL,               -- sealed with a key that is not in this file
  made_at TEXT NOT NULL,
  step    INTEGER NOT NULL             -- of the last code that was taken: none is taken twice
) STRICT;
CREATE TABLE totp_offered (            -- shown, and not yet confirmed by a code
  user    TEXT PRIMARY KEY REFERENCES user (id),
  secret  BLOB NOT NULL,
  made_at TEXT NOT NULL
) STRICT;
CREATE TABLE passkey (
  credential TEXT PRIMARY KEY,         -- id that the authenticator gave, base64url
  user       TEXT NOT NULL REFERENCES user (id),
  name       TEXT NOT NULL,            -- that its owner gave
  record     TEXT NOT NULL,            -- JSON: public key, counter, flags
  made_at    TEXT NOT NULL,
  used_at    TEXT NOT NULL
) STRICT;
CREATE INDEX passkey_user ON passkey (user);
CREATE TABLE recovery_code (
  hash    TEXT PRIMARY KEY,            -- SHA-256 of user and code
  user    TEXT NOT NULL REFERENCES user (id),
  used_at TEXT NOT NULL                -- '' where it can be used
) STRICT;
CREATE INDEX recovery_code_user ON recovery_code (user);
CREATE TABLE step (                    -- sign-ins whose password was right and that wait for the second factor
  hash    TEXT PRIMARY KEY,
  user    TEXT NOT NULL REFERENCES user (id),
  made_at TEXT NOT NULL,
  tries   INTEGER NOT NULL
) STRICT;
CREATE TABLE told (                    -- what an account is told at its next sign-in
  n       INTEGER PRIMARY KEY AUTOINCREMENT,
  user    TEXT NOT NULL REFERENCES user (id),
  at      TEXT NOT NULL,
  what    TEXT NOT NULL,
  by      TEXT NOT NULL,
  seen_at TEXT NOT NULL                -- '' until its owner says that they read it
) STRICT;
CREATE INDEX told_user ON told (user);
CREATE TABLE invitation (
  id           TEXT PRIMARY KEY,       -- names it to administrators; opens nothing
  hash         TEXT NOT NULL,          -- SHA-256 of the token in the link; '' for a recovery that nobody has confirmed yet
  kind         TEXT NOT NULL,          -- invitation, recovery
  user         TEXT NOT NULL,          -- of a recovery, and of an invitation that was taken
  name         TEXT NOT NULL,          -- of an invitation: the name offered, which may be changed
  organisation TEXT NOT NULL,
  role         TEXT NOT NULL,
  audiences    TEXT NOT NULL,          -- JSON list
  by           TEXT NOT NULL,
  confirmed_by TEXT NOT NULL,          -- of a recovery: the second person
  made_at      TEXT NOT NULL,
  until        TEXT NOT NULL,
  ended_at     TEXT NOT NULL,          -- '' while it is open
  ended_by     TEXT NOT NULL           -- used, withdrawn
) STRICT;
CREATE UNIQUE INDEX invitation_hash ON invitation (hash) WHERE hash <> '';
CREATE TABLE provider_link (           -- who is who at a provider of sign-ins (OpenID Connect)
  issuer  TEXT NOT NULL,
  subject TEXT NOT NULL,
  user    TEXT NOT NULL REFERENCES user (id),
  made_at TEXT NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT;
CREATE INDEX provider_link_user ON provider_link (user);
CREATE TABLE used (                    -- what counts once, until it would not count anyway
  hash  TEXT PRIMARY KEY,
  until TEXT NOT NULL
) STRICT;
