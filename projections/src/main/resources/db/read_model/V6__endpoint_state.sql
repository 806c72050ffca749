-- How an endpoint is, by its events; and what it said of itself last.
ALTER TABLE endpoint
  ADD COLUMN state           text NOT NULL DEFAULT 'new',
  ADD COLUMN state_since     timestamptz,
  ADD COLUMN scheduler       text,
  ADD COLUMN scheduler_alive boolean,
  ADD COLUMN applied_commit  text;

-- Whether all endpoints of a tenant went quiet at once; those that were online are then in a state that nobody knows.
CREATE TABLE fleet (
  tenant_id    text PRIMARY KEY,
  quiet        boolean NOT NULL,
  since        timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL
);
SELECT isolate_tenants('read_model', 'fleet');

-- Until when everything that was heard is in endpoint_heartbeat, and since when somebody has listened without a break.
CREATE TABLE heartbeat_progress (
  only_one        boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  heard_until     timestamptz NOT NULL,
  listening_since timestamptz NOT NULL
);
