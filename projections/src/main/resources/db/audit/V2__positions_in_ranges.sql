-- Positions grow as entries come, and are only ever asked for in ranges: a summary of pages is enough, and costs next to nothing.
DROP INDEX entry_by_position;
CREATE INDEX entry_by_position ON entry USING brin (position) WITH (pages_per_range = 32, autosummarize = on);
