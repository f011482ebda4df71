-- What is to be released, and the switch that keeps everything from becoming public. It tells of what is hidden and is for no page of the public.
CREATE TABLE release (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,          -- what it is, for the editors
  targets TEXT NOT NULL,        -- JSON: ids of entries
  restricted INTEGER NOT NULL,  -- 1 where an entry among them is for fewer than the editors: a second person must agree
  audience TEXT NOT NULL,       -- to whom
  trigger TEXT NOT NULL,        -- as disclosure.ParseTrigger reads it
  record TEXT NOT NULL,         -- whose events the trigger waits for; '' for a set day
  reason TEXT NOT NULL,
  sides TEXT NOT NULL,          -- JSON: parties that must confirm, and who did so for them: {"pty_ZMB":"", …}
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL,    -- RFC 3339, UTC
  approved_by TEXT NOT NULL,    -- '' while nobody did
  grace_until TEXT NOT NULL,    -- a day before which it is not released; '' where the grace was not used
  grace_by TEXT NOT NULL,
  grace_reason TEXT NOT NULL,
  ended TEXT NOT NULL,          -- released, cancelled; '' while it waits
  ended_by TEXT NOT NULL,
  ended_at TEXT NOT NULL,
  note TEXT NOT NULL            -- why it is held, or was cancelled
) STRICT;

CREATE TABLE about (
  name TEXT PRIMARY KEY,        -- frozen: who keeps everything from becoming public, since when and why (JSON); seen: when the job last ran
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
