-- The audit log is written under a role of its own, for all tenants and by COPY. The role owns the tables, because COPY is
-- refused on tables with row-level security to all but their owner; of its own rights it keeps those that add, and none that
-- change or remove what was added.
GRANT USAGE, CREATE ON SCHEMA audit TO crontopus_audit;

DO $$
DECLARE
  audit_table text;
BEGIN
  FOR audit_table IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'audit'::regnamespace AND relkind = 'r' AND relname <> 'schema_history'
  LOOP
    EXECUTE format('ALTER TABLE audit.%I OWNER TO crontopus_audit', audit_table);
  END LOOP;
END
$$;

REVOKE CREATE ON SCHEMA audit FROM crontopus_audit;
GRANT SELECT ON tree TO crontopus_audit;
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON entry, node, checkpoint FROM crontopus_audit;
REVOKE DELETE, TRUNCATE ON log, progress, signing_key, last_check FROM crontopus_audit;
-- Removing a tenant takes its events and their leaves away: in the transactions of the user who connects, and in no other.
GRANT DELETE ON entry, node TO CURRENT_USER;
