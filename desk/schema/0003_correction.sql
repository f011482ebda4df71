-- What people outside write to the registry, what was answered, and what everyone is told of it. It does not come back by itself: a backup holds it.
CREATE TABLE submission (
  number TEXT NOT NULL PRIMARY KEY, -- of the receipt; random, so that it says nothing of how many there are
  token BLOB NOT NULL UNIQUE,       -- SHA-256 of the token in the private link
  at TEXT NOT NULL,                 -- RFC 3339, UTC
  audience TEXT NOT NULL,           -- who may read it
  kind TEXT NOT NULL,               -- error, reply, named, personal
  record TEXT NOT NULL,             -- as it was asked for, whether or not there is one
  field TEXT NOT NULL,
  claim TEXT NOT NULL,
  wrong TEXT NOT NULL,              -- in the words of who writes, like the next four; '' once forgotten
  "right" TEXT NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  quote INTEGER NOT NULL,           -- 1: may be published under this name as a reply
  state TEXT NOT NULL,              -- waiting, accepted, partly, refused, duplicate
  answer TEXT NOT NULL,             -- to who wrote
  of TEXT NOT NULL,                 -- number of the one that it duplicates
  decided_at TEXT NOT NULL,         -- '' while waiting
  decided_by TEXT NOT NULL,
  forgotten_at TEXT NOT NULL        -- '' while the words are kept
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_state ON submission (state, at);
CREATE INDEX submission_record ON submission (record, state);

CREATE TABLE correction (           -- the public log, in an editor's words
  number INTEGER PRIMARY KEY,
  submission TEXT NOT NULL,         -- number; not shown
  asked_on TEXT NOT NULL,           -- days
  done_on TEXT NOT NULL,
  record TEXT NOT NULL,             -- '' for the registry as a whole
  field TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,            -- accepted, partly, refused
  asked TEXT NOT NULL,
  done TEXT NOT NULL,
  entries TEXT NOT NULL,            -- JSON: ids of the claims and retractions that answered
  quoted TEXT NOT NULL,             -- a reply in the words of who asked for it, with their consent
  quoted_name TEXT NOT NULL,
  by TEXT NOT NULL                  -- not shown
) STRICT;

CREATE TABLE takedown (             -- requests to remove something, and what was done
  number INTEGER PRIMARY KEY,
  asked_on TEXT NOT NULL,
  decided_on TEXT NOT NULL,         -- '' while open
  ground TEXT NOT NULL,             -- a code of takedown_ground
  asker TEXT NOT NULL,              -- a code of takedown_asker
  authority TEXT NOT NULL,          -- name of a public authority; never of a private person
  record TEXT NOT NULL,             -- '' where naming it would show what is not public
  asked TEXT NOT NULL,
  decision TEXT NOT NULL,           -- open, removed, partly, refused
  done TEXT NOT NULL,
  erasure TEXT NOT NULL,            -- JSON: ids of the entries that were erased
  by TEXT NOT NULL
) STRICT;

CREATE TABLE prior_notice (         -- that somebody was told before a statement about them was published, or why not
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  entries TEXT NOT NULL,            -- JSON: ids of the claims
  kind TEXT NOT NULL,               -- letter, risk, nobody
  whom TEXT NOT NULL,
  letter TEXT NOT NULL,
  sent TEXT NOT NULL,               -- day; '' for what is no letter
  days INTEGER NOT NULL,            -- that were given for an answer
  reason TEXT NOT NULL
) STRICT;
