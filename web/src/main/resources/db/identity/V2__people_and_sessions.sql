-- Users with one role each, users that are programs, invitations, sessions whose refresh tokens rotate, keys that retire.

-- What each role may do is in the code, in one table. Before there were roles, everybody was an owner.
ALTER TABLE app_user
  ADD COLUMN kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'service')),
  ADD COLUMN role text;
UPDATE app_user SET role = CASE WHEN 'owner' = ANY (roles) THEN 'owner' ELSE 'viewer' END;
ALTER TABLE app_user
  ALTER COLUMN role SET NOT NULL,
  ADD CONSTRAINT app_user_role CHECK (role IN ('owner', 'admin', 'operator', 'viewer')),
  DROP COLUMN roles,
  ALTER COLUMN email DROP NOT NULL,
  ALTER COLUMN password_hash DROP NOT NULL,
  ADD CONSTRAINT app_user_logs_in CHECK (kind = 'service' OR (email IS NOT NULL AND password_hash IS NOT NULL));
CREATE INDEX app_user_of_tenant ON app_user (tenant_id, created_at DESC, user_id DESC);

-- People log in by name, whatever their tenant is. A service does not, so its name is its tenant's own affair: a name
-- that is taken would tell about another tenant.
DROP INDEX app_user_by_name;
CREATE UNIQUE INDEX app_user_by_name ON app_user (lower(username)) WHERE kind = 'person';
CREATE UNIQUE INDEX app_user_service_by_name ON app_user (tenant_id, lower(username)) WHERE kind = 'service';

-- A user's tokens go with the user.
ALTER TABLE api_token
  DROP CONSTRAINT api_token_user_id_fkey,
  ADD CONSTRAINT api_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_user ON DELETE CASCADE;
CREATE INDEX api_token_of_user ON api_token (user_id);

CREATE TABLE invitation (
  invitation_id text PRIMARY KEY,
  tenant_id     text NOT NULL REFERENCES tenant,
  email         text NOT NULL,
  role          text NOT NULL CHECK (role IN ('owner', 'admin', 'operator', 'viewer')),
  prefix        text NOT NULL,
  token_hash    bytea NOT NULL UNIQUE,
  invited_by    text NOT NULL REFERENCES app_user ON DELETE CASCADE,
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  accepted_at   timestamptz,
  revoked_at    timestamptz
);
CREATE INDEX invitation_of_tenant ON invitation (tenant_id, created_at DESC, invitation_id DESC);
CREATE INDEX invitation_of_user ON invitation (invited_by);

-- A login. Access tokens name it, and are worth nothing once it is gone.
CREATE TABLE session (
  session_id   text PRIMARY KEY,
  user_id      text NOT NULL REFERENCES app_user ON DELETE CASCADE,
  created_at   timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  address      text,
  user_agent   text
);
CREATE INDEX session_of_user ON session (user_id);

-- All refresh tokens of a session: the one to use next, and those that were used, by which a copy is found out. The
-- tokens from before sessions belong to none: who has one logs in once more.
DROP TABLE refresh_token;
CREATE TABLE refresh_token (
  token_hash bytea PRIMARY KEY,
  session_id text NOT NULL REFERENCES session ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX refresh_token_of_session ON refresh_token (session_id);

-- Failed logins that the log does not tell of yet: it gets one event an account and minute, however many there are.
CREATE TABLE failed_login (
  user_id     text PRIMARY KEY REFERENCES app_user ON DELETE CASCADE,
  unreported  integer NOT NULL,
  first_at    timestamptz NOT NULL,
  last_at     timestamptz NOT NULL,
  address     text,
  reported_at timestamptz
);
CREATE INDEX failed_login_unreported ON failed_login (reported_at) WHERE unreported > 0;

-- A key that no longer signs verifies what it has signed until then; without a time, it is the one that signs.
ALTER TABLE signing_key ADD COLUMN verifies_until timestamptz;
UPDATE signing_key SET verifies_until = now() + interval '20 minutes'
WHERE key_id <> (SELECT key_id FROM signing_key ORDER BY created_at DESC, key_id DESC LIMIT 1);
CREATE UNIQUE INDEX signing_key_in_use ON signing_key ((true)) WHERE verifies_until IS NULL;
