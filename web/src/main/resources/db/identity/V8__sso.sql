-- Sign-in by providers: who is whom there, and sign-ins that are under way.

-- When the address was shown to be read by its user; also by a provider that vouches for it.
ALTER TABLE app_user ADD COLUMN IF NOT EXISTS email_verified_at timestamptz;

-- A user's account at a provider. The issuer is there beside the provider's name, which somebody can give to another
-- provider one day: accounts do not go over with it.
CREATE TABLE sso_identity (
  provider     text NOT NULL,
  issuer       text NOT NULL,
  subject      text NOT NULL,
  tenant_id    text NOT NULL REFERENCES tenant ON DELETE CASCADE,
  user_id      text NOT NULL REFERENCES app_user ON DELETE CASCADE,
  linked_at    timestamptz NOT NULL,
  last_used_at timestamptz,
  PRIMARY KEY (provider, issuer, subject),
  UNIQUE (user_id, provider)
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
