-- What a person decided about an item of the review list without it being knowledge of the registry, which would be a claim in the log.
CREATE TABLE verdict (
  item TEXT PRIMARY KEY,        -- kind/id of the item
  evidence TEXT NOT NULL,       -- of the item when it was decided; where it is another now, the item is asked again
  what TEXT NOT NULL,           -- later, left
  until TEXT NOT NULL,          -- the day until which it is put off; '' for left
  reason TEXT NOT NULL,
  by TEXT NOT NULL,             -- person:NAME
  at TEXT NOT NULL              -- RFC 3339, UTC
) STRICT, WITHOUT ROWID;
