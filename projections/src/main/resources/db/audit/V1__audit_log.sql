-- The audit log: one Merkle tree for each tenant over its stored events, in the order of the log, and one for the platform
-- (tenant '') over the tenants' signed checkpoints. It has a schema of its own because it is no read model: nothing here is
-- ever built again. A tree that came out differently from what was signed is an error, not an update.

-- How far the domain log has been taken in; locked by the node that does it.
CREATE TABLE progress (
  one       boolean PRIMARY KEY DEFAULT true CHECK (one),
  position  bigint NOT NULL DEFAULT 0,
  signed_at timestamptz
);
INSERT INTO progress DEFAULT VALUES;

-- The right edge of each tree, from which it grows.
CREATE TABLE log (
  tenant_id   text PRIMARY KEY,
  size        bigint NOT NULL,
  frontier    bytea NOT NULL,
  chain       bytea NOT NULL,
  signed_size bigint NOT NULL DEFAULT 0
);
CREATE INDEX log_unsigned ON log (tenant_id) WHERE size > signed_size;

-- The leaves. What the event says is in event_store.domain_event at this position; type, actor, subject and time are
-- copies to find it by. chain = SHA-256(0x02 || chain before || leaf_hash) proves nothing by itself: it tells where a
-- leaf's hash was changed when the tree's root is wrong.
CREATE TABLE entry (
  tenant_id   text NOT NULL,
  seq         bigint NOT NULL,
  position    bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  leaf_hash   bytea NOT NULL,
  chain       bytea NOT NULL,
  type        text NOT NULL,
  actor       text NOT NULL,
  subject     text NOT NULL,
  PRIMARY KEY (tenant_id, seq)
);
CREATE INDEX entry_by_position ON entry (position);
CREATE INDEX entry_by_type ON entry (tenant_id, type, seq);
CREATE INDEX entry_by_actor ON entry (tenant_id, actor, seq);
CREATE INDEX entry_by_subject ON entry (tenant_id, subject, seq);
CREATE INDEX entry_by_time ON entry USING brin (recorded_at);

-- Complete subtrees of 16, 256, 4096, … leaves; those between are computed from them or from the leaves. The platform's
-- tree has its leaves here too, as level 0.
CREATE TABLE node (
  tenant_id text NOT NULL,
  level     smallint NOT NULL,
  index     bigint NOT NULL,
  hash      bytea NOT NULL,
  PRIMARY KEY (tenant_id, level, index)
);

-- What was signed. platform_index: the leaf of the platform's tree that is this note; null for the platform's own.
CREATE TABLE checkpoint (
  tenant_id      text NOT NULL,
  size           bigint NOT NULL,
  root           bytea NOT NULL,
  note           text NOT NULL,
  platform_index bigint,
  signed_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, size)
);

-- Public halves of the keys that have signed, under the platform's name. The private halves are never in a database.
CREATE TABLE signing_key (
  verifier   text PRIMARY KEY,
  valid_from timestamptz NOT NULL,
  valid_to   timestamptz
);

-- What does not fit together, until somebody has looked into it; the first of each kind for a tenant.
CREATE TABLE finding (
  tenant_id text NOT NULL,
  kind      text NOT NULL,
  seq       bigint NOT NULL,
  detail    text NOT NULL,
  found_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, kind)
);

-- The last time that the whole log was read again and compared with what was signed.
CREATE TABLE last_check (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  checked_at timestamptz NOT NULL,
  position   bigint NOT NULL,
  events     bigint NOT NULL
);

-- All nodes of a tree that are stored, leaves included.
CREATE VIEW tree WITH (security_invoker) AS
  SELECT tenant_id, 0::smallint AS level, seq AS index, leaf_hash AS hash FROM entry
  UNION ALL
  SELECT tenant_id, level, index, hash FROM node;

-- The read side's role exists once the read model does; the first of the two to be migrated makes it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'crontopus_query') THEN
    CREATE ROLE crontopus_query NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another node was faster
END
$$;

GRANT USAGE ON SCHEMA audit TO crontopus_query;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['log', 'entry', 'finding'] LOOP
    EXECUTE format('ALTER TABLE audit.%I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON audit.%I FOR SELECT TO crontopus_query '
      'USING (tenant_id = current_setting(''crontopus.tenant'', true))', tenant_table);
    EXECUTE format('GRANT SELECT ON audit.%I TO crontopus_query', tenant_table);
  END LOOP;
  -- The platform's tree is made of hashes alone, and is there to be compared by everybody.
  FOREACH tenant_table IN ARRAY ARRAY['node', 'checkpoint'] LOOP
    EXECUTE format('ALTER TABLE audit.%I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON audit.%I FOR SELECT TO crontopus_query '
      'USING (tenant_id IN (current_setting(''crontopus.tenant'', true), '''') '
      '       AND current_setting(''crontopus.tenant'', true) <> '''')', tenant_table);
    EXECUTE format('GRANT SELECT ON audit.%I TO crontopus_query', tenant_table);
  END LOOP;
END
$$;

GRANT SELECT ON audit.tree, audit.signing_key, audit.last_check TO crontopus_query;

-- Entries with their stored events. The view's owner may read the event store; whoever uses the view sees the rows of
-- the tenant that the transaction names, and no others. An event that is gone leaves its columns empty.
CREATE VIEW event WITH (security_barrier) AS
  SELECT e.tenant_id, e.seq, e.recorded_at AS logged_at, e.type AS logged_type, e.actor AS logged_actor, e.subject,
         e.leaf_hash, e.chain, d.event_id, d.type AS aggregate_type, d.aggregate_id, d.sequence, d.payload_type,
         d.payload_revision, d.recorded_at, d.metadata, d.payload
  FROM audit.entry e
  LEFT JOIN event_store.domain_event d ON d.global_index = e.position
  WHERE e.tenant_id = current_setting('crontopus.tenant', true);

GRANT SELECT ON audit.event TO crontopus_query;

-- Whether anything was found, for those who operate the platform: a number, and nothing of any tenant.
CREATE VIEW health AS SELECT count(*) AS findings FROM audit.finding;
GRANT SELECT ON audit.health TO crontopus_query;
