-- Letters, links in letters, programs that ask to be let in, and what operators do with tenants: guarded as everything else.

-- A tenant can be made and locked in its own transaction; how it stands is for operators to say.
REVOKE INSERT, UPDATE ON tenant FROM crontopus_tenant;
GRANT INSERT (tenant_id, created_at), UPDATE (created_at) ON tenant TO crontopus_tenant;
SELECT isolate_tenants('tenant_purge', 'SELECT');
REVOKE SELECT ON tenant_purge FROM crontopus_tenant;

ALTER TABLE email_token
  DROP CONSTRAINT email_token_user_id_fkey,
  ADD CONSTRAINT email_token_user_id_fkey
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, user_id) ON DELETE CASCADE;
SELECT isolate_tenants('email_token', 'SELECT, INSERT, UPDATE, DELETE');

-- Letters are left for a tenant, and delivered for all.
SELECT isolate_tenants('outbox', 'INSERT');
CREATE POLICY delivery ON outbox TO crontopus_intake USING (true);
GRANT SELECT, UPDATE, DELETE ON outbox TO crontopus_intake;

-- Nobody knows of what tenant a program is before somebody vouches for it, who is of one. Both of its codes are hashes.
ALTER TABLE device_login ENABLE ROW LEVEL SECURITY;
CREATE POLICY asking ON device_login TO crontopus_intake USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON device_login TO crontopus_intake;
CREATE POLICY vouching ON device_login TO crontopus_tenant
  USING (user_id IS NULL OR EXISTS (SELECT FROM identity.app_user u WHERE u.user_id = device_login.user_id));
GRANT SELECT, UPDATE, DELETE ON device_login TO crontopus_tenant;

CREATE FUNCTION email_token_by_hash(bytea) RETURNS SETOF identity.email_token
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT t.* FROM identity.email_token t WHERE t.token_hash = $1';

CREATE FUNCTION suspended_tenants() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT t.tenant_id FROM identity.tenant t WHERE t.state IN (''suspended'', ''deleting'', ''purging'')';

REVOKE ALL ON FUNCTION email_token_by_hash(bytea), suspended_tenants() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION email_token_by_hash(bytea), suspended_tenants() TO crontopus_intake;
