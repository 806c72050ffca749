-- The read model belongs to the role that projections work under: they write it for all tenants, by COPY too, which
-- PostgreSQL refuses on tables with row-level security to all but their owner, and they exchange its tables when they build
-- them again. Nothing here is the only copy of anything, and the role has no right to change the log that it is made of.
GRANT USAGE, CREATE ON SCHEMA read_model, read_model_next TO crontopus_projection;
GRANT USAGE ON SCHEMA read_model TO crontopus_intake;

-- What heartbeats are compared with, for all endpoints at once.
CREATE FUNCTION watched(in_table text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN in_table IN ('endpoint', 'endpoint_heartbeat', 'fleet');

CREATE OR REPLACE FUNCTION isolate_tenants(in_schema text, in_table text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', in_schema, in_table);
  EXECUTE format('DROP POLICY IF EXISTS tenant ON %I.%I', in_schema, in_table);
  EXECUTE format(
    'CREATE POLICY tenant ON %I.%I FOR SELECT TO crontopus_query '
    'USING (tenant_id = current_setting(''crontopus.tenant'', true))', in_schema, in_table);
  EXECUTE format('GRANT SELECT ON %I.%I TO crontopus_query', in_schema, in_table);
  IF read_model.watched(in_table) THEN
    EXECUTE format('DROP POLICY IF EXISTS intake ON %I.%I', in_schema, in_table);
    EXECUTE format('CREATE POLICY intake ON %I.%I FOR SELECT TO crontopus_intake USING (true)', in_schema, in_table);
    EXECUTE format('GRANT SELECT ON %I.%I TO crontopus_intake', in_schema, in_table);
  END IF;
  IF NOT pg_has_role(current_user, 'crontopus_projection', 'MEMBER') THEN
    RAISE EXCEPTION 'tables of the read model are made by crontopus_projection or a member of it';
  END IF;
  EXECUTE format('ALTER TABLE %I.%I OWNER TO crontopus_projection', in_schema, in_table);
END
$$;

DO $$
DECLARE
  model_table record;
BEGIN
  FOR model_table IN
    SELECT n.nspname AS in_schema, c.relname AS name, c.relrowsecurity AS isolated
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('read_model', 'read_model_next') AND c.relkind IN ('r', 'p') AND c.relname <> 'schema_history'
  LOOP
    IF model_table.isolated THEN
      PERFORM read_model.isolate_tenants(model_table.in_schema, model_table.name);
    ELSE
      EXECUTE format('ALTER TABLE %I.%I OWNER TO crontopus_projection', model_table.in_schema, model_table.name);
    END IF;
  END LOOP;
END
$$;

-- Tables that come later and are no tenant's.
ALTER DEFAULT PRIVILEGES IN SCHEMA read_model GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO crontopus_projection;
ALTER DEFAULT PRIVILEGES IN SCHEMA read_model GRANT USAGE, SELECT ON SEQUENCES TO crontopus_projection;

GRANT SELECT ON heartbeat_progress, projection_progress, projection_rebuild TO crontopus_intake;

-- What each tenant uses: counted and measured for all of them, and shown to none of another.
SELECT isolate_tenants('read_model', 'usage_daily'), isolate_tenants('read_model', 'usage_storage');
