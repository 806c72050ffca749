-- People and credentials, guarded by the database. The application's WHERE clauses are the fast path; these policies are the
-- guarantee: work for a tenant is done in a role that they bind, in a transaction that names the tenant.

-- Rows that belong to a user belong to a tenant, and say so: the transaction's when they are made.
ALTER TABLE session ADD COLUMN tenant_id text REFERENCES tenant;
UPDATE session s SET tenant_id = u.tenant_id FROM app_user u WHERE u.user_id = s.user_id;
ALTER TABLE refresh_token ADD COLUMN tenant_id text REFERENCES tenant;
UPDATE refresh_token t SET tenant_id = s.tenant_id FROM session s WHERE s.session_id = t.session_id;
ALTER TABLE failed_login ADD COLUMN tenant_id text REFERENCES tenant;
UPDATE failed_login f SET tenant_id = u.tenant_id FROM app_user u WHERE u.user_id = f.user_id;

GRANT USAGE ON SCHEMA identity TO crontopus_tenant, crontopus_intake;

-- Shows a table to each tenant as far as it is the tenant's. Tables that come later call it too.
CREATE FUNCTION isolate_tenants(in_table text, rights text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE identity.%I ENABLE ROW LEVEL SECURITY', in_table);
  EXECUTE format(
    'CREATE POLICY tenant ON identity.%I TO crontopus_tenant '
    'USING (tenant_id = current_setting(''crontopus.tenant'', true)) '
    'WITH CHECK (tenant_id = current_setting(''crontopus.tenant'', true))', in_table);
  EXECUTE format('GRANT %s ON identity.%I TO crontopus_tenant', rights, in_table);
END
$$;

DO $$
DECLARE
  users_table text;
BEGIN
  FOREACH users_table IN ARRAY ARRAY['session', 'refresh_token', 'failed_login'] LOOP
    EXECUTE format(
      'ALTER TABLE identity.%I ALTER COLUMN tenant_id SET NOT NULL, '
      'ALTER COLUMN tenant_id SET DEFAULT current_setting(''crontopus.tenant'', true)', users_table);
  END LOOP;
END
$$;

-- References stay within a tenant: what checks them does not ask the policies, and a token that named another tenant's session
-- would open it.
ALTER TABLE app_user ADD CONSTRAINT app_user_in_tenant UNIQUE (tenant_id, user_id);
ALTER TABLE session
  ADD CONSTRAINT session_in_tenant UNIQUE (tenant_id, session_id),
  DROP CONSTRAINT session_user_id_fkey,
  ADD CONSTRAINT session_user_id_fkey
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, user_id) ON DELETE CASCADE;
ALTER TABLE refresh_token
  DROP CONSTRAINT refresh_token_session_id_fkey,
  ADD CONSTRAINT refresh_token_session_id_fkey
    FOREIGN KEY (tenant_id, session_id) REFERENCES session (tenant_id, session_id) ON DELETE CASCADE;
ALTER TABLE failed_login
  DROP CONSTRAINT failed_login_user_id_fkey,
  ADD CONSTRAINT failed_login_user_id_fkey
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, user_id) ON DELETE CASCADE;
ALTER TABLE api_token
  DROP CONSTRAINT api_token_user_id_fkey,
  ADD CONSTRAINT api_token_user_id_fkey
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, user_id) ON DELETE CASCADE;
ALTER TABLE invitation
  DROP CONSTRAINT invitation_invited_by_fkey,
  ADD CONSTRAINT invitation_invited_by_fkey
    FOREIGN KEY (tenant_id, invited_by) REFERENCES app_user (tenant_id, user_id) ON DELETE CASCADE;

-- UPDATE on a tenant is for its lock alone; nothing of it changes.
SELECT isolate_tenants('tenant', 'SELECT, INSERT, UPDATE'),
       isolate_tenants('app_user', 'SELECT, INSERT, UPDATE, DELETE'),
       isolate_tenants('api_token', 'SELECT, INSERT, UPDATE'),
       isolate_tenants('enrollment_token', 'SELECT, INSERT, UPDATE'),
       isolate_tenants('endpoint_token', 'SELECT, INSERT, UPDATE, DELETE'),
       isolate_tenants('invitation', 'SELECT, INSERT, UPDATE, DELETE'),
       isolate_tenants('session', 'SELECT, INSERT, UPDATE, DELETE'),
       isolate_tenants('refresh_token', 'SELECT, INSERT, UPDATE'),
       isolate_tenants('failed_login', 'SELECT, INSERT, UPDATE');

-- No tenant's: what signs access tokens. Work for a tenant cannot read it.
GRANT SELECT, INSERT, UPDATE, DELETE ON signing_key TO crontopus_intake;

-- What is asked before the tenant is known. Each finds rows by what only their owner can show, or tells of all tenants what
-- the platform itself needs; none lists people or credentials.
CREATE FUNCTION api_token_by_hash(bytea) RETURNS SETOF identity.api_token
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT t.* FROM identity.api_token t WHERE t.token_hash = $1';

CREATE FUNCTION enrollment_token_by_hash(bytea) RETURNS SETOF identity.enrollment_token
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT t.* FROM identity.enrollment_token t WHERE t.token_hash = $1';

CREATE FUNCTION endpoint_tokens_by_hash(bytea[]) RETURNS SETOF identity.endpoint_token
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, pg_temp
AS 'SELECT t.* FROM identity.endpoint_token t WHERE t.token_hash = ANY ($1)';

CREATE FUNCTION invitation_by_hash(bytea) RETURNS SETOF identity.invitation
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT i.* FROM identity.invitation i WHERE i.token_hash = $1';

CREATE FUNCTION session_by_refresh_token(bytea) RETURNS SETOF identity.session
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT s.* FROM identity.session s JOIN identity.refresh_token t USING (session_id) WHERE t.token_hash = $1';

CREATE FUNCTION session_by_id(text) RETURNS SETOF identity.session
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT s.* FROM identity.session s WHERE s.session_id = $1';

CREATE FUNCTION user_by_id(text) RETURNS SETOF identity.app_user
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT u.* FROM identity.app_user u WHERE u.user_id = $1';

CREATE FUNCTION person_by_login(text) RETURNS SETOF identity.app_user
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT u.* FROM identity.app_user u
    WHERE u.kind = ''person'' AND (lower(u.username) = lower($1) OR lower(u.email) = lower($1))';

CREATE FUNCTION failed_logins_due(unless_after timestamptz, most integer) RETURNS TABLE (tenant_id text, user_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT f.tenant_id, f.user_id FROM identity.failed_login f
    WHERE f.unreported > 0 AND (f.reported_at IS NULL OR f.reported_at <= $1) LIMIT $2';

CREATE FUNCTION tenant_ids() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT tenant_id FROM identity.tenant';

DO $$
DECLARE
  look_up regprocedure;
BEGIN
  FOR look_up IN SELECT oid FROM pg_proc WHERE pronamespace = 'identity'::regnamespace AND prosecdef LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', look_up);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO crontopus_intake', look_up);
  END LOOP;
END
$$;
