-- What tenants use, by the day (UTC). Counters are added to by every node; the others are how it was when it was last
-- measured on that day. Kept when a tenant is removed: it is numbers, and somebody may have to be billed.
CREATE TABLE usage_daily (
  tenant_id  text NOT NULL,
  day        date NOT NULL,
  api_calls  bigint NOT NULL DEFAULT 0,
  check_ins  bigint NOT NULL DEFAULT 0,
  heartbeats bigint NOT NULL DEFAULT 0,
  log_bytes  bigint NOT NULL DEFAULT 0,
  git_bytes  bigint NOT NULL DEFAULT 0,
  endpoints  bigint NOT NULL DEFAULT 0,
  users      bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (day, tenant_id)
) WITH (fillfactor = 70);
CREATE INDEX usage_daily_of_tenant ON usage_daily (tenant_id, day);

-- The size of each tenant's events, and up to which of its log they were added up: each is looked at once.
CREATE TABLE usage_storage (
  tenant_id text PRIMARY KEY,
  next_seq  bigint NOT NULL DEFAULT 0,
  log_bytes bigint NOT NULL DEFAULT 0,
  git_bytes bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

-- When all of that is measured next: one node does.
CREATE TABLE usage_measure (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  next_at  timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO usage_measure DEFAULT VALUES;

-- Processes of this platform, as each says of itself.
CREATE TABLE node (
  node_id    text PRIMARY KEY,
  host       text NOT NULL,
  version    text NOT NULL,
  started_at timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL
);

-- What became of the last rebuild: whoever waits for one has to know whether it took over or was given up.
ALTER TABLE projection_progress
  ADD COLUMN rebuild_started_at timestamptz,
  ADD COLUMN rebuild_ended_at   timestamptz,
  ADD COLUMN rebuild_outcome    text CHECK (rebuild_outcome IN ('completed', 'aborted'));
