-- The roles that the platform works under. None can log in, and none can bypass row-level security: the user who connects
-- takes them on. Who may do what in them is in the schemas' own scripts.
DO $$
DECLARE
  wanted   text;
  too_much text;
BEGIN
  PERFORM pg_advisory_xact_lock(1129598800, 24); -- "CTOP"
  FOREACH wanted IN ARRAY ARRAY[
    'crontopus_query',      -- reads for one tenant
    'crontopus_tenant',     -- writes for one tenant
    'crontopus_intake',     -- appends for all tenants
    'crontopus_projection', -- owns the read model
    'crontopus_audit'       -- adds to the audit log
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', wanted);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN
          NULL; -- another database of this cluster was faster
        WHEN insufficient_privilege THEN
          RAISE EXCEPTION 'the role % is missing, and % may not make it', wanted, session_user
            USING HINT = 'give the user CREATEROLE, or have the roles made for it: see the guide to running the platform';
      END;
    END IF;
    BEGIN
      EXECUTE format('SET LOCAL ROLE %I', wanted);
      SET LOCAL ROLE NONE;
    EXCEPTION WHEN insufficient_privilege THEN
      EXECUTE format('GRANT %I TO %I', wanted, session_user);
    END;
  END LOOP;
  SELECT string_agg(rolname, ', ') INTO too_much
  FROM pg_roles
  WHERE rolname IN ('crontopus_query', 'crontopus_tenant', 'crontopus_intake', 'crontopus_projection', 'crontopus_audit')
    AND (rolsuper OR rolbypassrls);
  IF too_much IS NOT NULL THEN
    RAISE EXCEPTION 'tenants would see each other''s rows: % can bypass row-level security', too_much;
  END IF;
END
$$;
