-- The log of a tenant whose data was removed: its entries and nodes are gone. How far it had come stays, and so does what was
-- signed of it, which are leaves of the platform's tree: that one, and through it every other tenant's, goes on to verify.
ALTER TABLE log ADD COLUMN forgotten_at timestamptz;
