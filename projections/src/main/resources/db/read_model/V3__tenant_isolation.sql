-- The WHERE clauses of the query side are the fast path; these policies are the guarantee. The query side connects as a
-- role that cannot bypass them and names its tenant in each transaction; without a tenant it sees nothing.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'crontopus_query') THEN
    CREATE ROLE crontopus_query NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another node was faster
END
$$;

DO $$
BEGIN
  EXECUTE format('GRANT crontopus_query TO %I', current_user);
END
$$;

GRANT USAGE ON SCHEMA read_model TO crontopus_query;

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'run', 'endpoint', 'endpoint_heartbeat', 'job_instance', 'job', 'job_last_run', 'git_commit', 'manifest_problem'
  ] LOOP
    EXECUTE format('ALTER TABLE read_model.%I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON read_model.%I FOR SELECT TO crontopus_query '
      'USING (tenant_id = current_setting(''crontopus.tenant'', true))', tenant_table);
    EXECUTE format('GRANT SELECT ON read_model.%I TO crontopus_query', tenant_table);
  END LOOP;
END
$$;

-- The feed is read once a node for all tenants and carries keys only; what a watcher then reads is checked as above.
GRANT SELECT ON read_model.ui_change TO crontopus_query;
