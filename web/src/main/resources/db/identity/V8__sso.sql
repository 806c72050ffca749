-- Sign-in by providers: who is whom there, and sign-ins that are under way.

-- A user's account at a provider. The issuer is there beside the provider's name, which somebody can give to another
-- provider one day: accounts do not go over with it.
CREATE TABLE sso_identity (
  provider     text NOT NULL,
  issuer       text NOT NULL,
  subject      text NOT NULL,
  tenant_id    text NOT NULL REFERENCES tenant ON DELETE CASCADE,
  user_id      text NOT NULL,
  linked_at    timestamptz NOT NULL,
  last_used_at timestamptz,
  PRIMARY KEY (provider, issuer, subject),
  UNIQUE (user_id, provider),
  FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, user_id) ON DELETE CASCADE
);
CREATE INDEX sso_identity_of_tenant ON sso_identity (tenant_id);

-- A sign-in that is under way, from its start to its end: minutes. No secret is in here: the browser, the state and
-- the code are hashes, and everything else that the provider is asked with is derived from what the browser keeps.
CREATE TABLE sso_attempt (
  attempt_id     text PRIMARY KEY,
  provider       text NOT NULL,
  browser_hash   bytea NOT NULL,
  state_hash     bytea NOT NULL UNIQUE,
  return_to      text NOT NULL,
  expires_at     timestamptz NOT NULL,
  -- once the provider has sent the browser back
  returned_at    timestamptz,
  -- once it was found out whom it has sent
  code_hash      bytea UNIQUE,
  issuer         text,
  subject        text,
  email          text,
  email_verified boolean,
  full_name      text,
  tries          integer NOT NULL DEFAULT 0
);
CREATE INDEX sso_attempt_expiry ON sso_attempt (expires_at);

SELECT isolate_tenants('sso_identity', 'SELECT, INSERT, UPDATE, DELETE');
CREATE FUNCTION sso_identity_of(provider text, issuer text, subject text) RETURNS SETOF identity.sso_identity
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT s.* FROM identity.sso_identity s WHERE s.provider = $1 AND s.issuer = $2 AND s.subject = $3';
CREATE FUNCTION invitations_to(address text) RETURNS SETOF identity.invitation
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT i.* FROM identity.invitation i WHERE lower(i.email) = lower($1)';
REVOKE ALL ON FUNCTION sso_identity_of(text, text, text), invitations_to(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sso_identity_of(text, text, text), invitations_to(text) TO crontopus_intake;

-- Whose a sign-in is, is found out at its end, which uses it up in the transaction of whoever it lets in.
GRANT SELECT, INSERT, UPDATE, DELETE ON sso_attempt TO crontopus_intake;
GRANT SELECT (attempt_id), DELETE ON sso_attempt TO crontopus_tenant;
