ALTER TABLE submission ADD COLUMN page TEXT NOT NULL DEFAULT ''; -- address of the page on which somebody began to write, where it is about no record
