-- Tenants that operators make, stop and take away.

-- active: everything works. suspended: nothing does, and all is kept. deleting: the same, until purge_after. purging: its
-- data is being removed. purged: nothing is left but this row, so that nobody gets the same name, and with it old proofs,
-- old clones and old agents.
ALTER TABLE tenant
  ADD COLUMN state        text NOT NULL DEFAULT 'active'
    CHECK (state IN ('active', 'suspended', 'deleting', 'purging', 'purged')),
  ADD COLUMN state_since  timestamptz,
  ADD COLUMN state_by     text,
  ADD COLUMN state_reason text,
  ADD COLUMN purge_after  timestamptz;
CREATE INDEX tenant_by_age ON tenant (created_at DESC, tenant_id DESC);
-- What every node asks for several times a second: an empty index, nearly always.
CREATE INDEX tenant_stopped ON tenant (tenant_id) WHERE state IN ('suspended', 'deleting', 'purging');
CREATE INDEX endpoint_token_of_tenant ON endpoint_token (tenant_id);

-- How far a purge has come; each batch is noted in the transaction that removes it.
CREATE TABLE tenant_purge (
  tenant_id     text PRIMARY KEY REFERENCES tenant,
  phase         text NOT NULL CHECK (phase IN ('settling', 'rows', 'events', 'remains', 'done')),
  -- how far everybody who follows the log has to be before this phase ends; null until that is asked for
  position      bigint,
  events_before bigint NOT NULL,
  events        bigint NOT NULL DEFAULT 0,
  rows          bigint NOT NULL DEFAULT 0,
  started_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  finished_at   timestamptz,
  problem       text
);

-- The first owner of a tenant that an operator made is invited by nobody of the tenant, under a name that was proposed.
ALTER TABLE invitation
  ALTER COLUMN invited_by DROP NOT NULL,
  ADD COLUMN username text;
