-- Names and addresses of people are in events only as what these keys have sealed. The log is never changed; whoever is
-- forgotten loses the key, and with it what the log says of them can be read by nobody, in no copy and no replay.
-- subject: SHA-256 of the tenant and the address, by which a person's key is found; it goes with the key.
CREATE TABLE personal_key (
  key_id     text PRIMARY KEY,
  tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
  subject    bytea NOT NULL,
  secret     bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, subject)
);

-- The read side opens what it shows, and for the tenant of its transaction alone. Of its role, the first schema to be
-- migrated that needs it makes it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'crontopus_query') THEN
    CREATE ROLE crontopus_query NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another node was faster
END
$$;

ALTER TABLE personal_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_reads ON personal_key FOR SELECT TO crontopus_query
  USING (tenant_id = current_setting('crontopus.tenant', true));
GRANT USAGE ON SCHEMA identity TO crontopus_query;
GRANT SELECT ON personal_key TO crontopus_query;
