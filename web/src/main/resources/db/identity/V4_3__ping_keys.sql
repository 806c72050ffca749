-- Keys with which a job reports by the address alone, for what can do no more than fetch a page: one job each.
CREATE TABLE ping_key (
  key_id       text PRIMARY KEY,
  tenant_id    text NOT NULL REFERENCES tenant,
  namespace    text NOT NULL,
  job_name     text NOT NULL,
  prefix       text NOT NULL,
  key_hash     bytea NOT NULL UNIQUE,
  created_by   text NOT NULL,
  created_at   timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
CREATE INDEX ping_key_of_tenant ON ping_key (tenant_id, created_at DESC, key_id DESC);
CREATE INDEX ping_key_of_job ON ping_key (tenant_id, namespace, job_name) WHERE revoked_at IS NULL;
SELECT isolate_tenants('ping_key', 'SELECT, INSERT, UPDATE');

CREATE FUNCTION ping_key_by_hash(bytea) RETURNS SETOF identity.ping_key
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT k.* FROM identity.ping_key k WHERE k.key_hash = $1';
REVOKE ALL ON FUNCTION ping_key_by_hash(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ping_key_by_hash(bytea) TO crontopus_intake;
