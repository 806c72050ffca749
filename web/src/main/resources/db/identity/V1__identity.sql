-- Credentials and the people behind them. Secrets are stored as hashes alone and enter no event.

CREATE TABLE tenant (
  tenant_id  text PRIMARY KEY,
  created_at timestamptz NOT NULL
);

CREATE TABLE app_user (
  user_id       text PRIMARY KEY,
  tenant_id     text NOT NULL REFERENCES tenant,
  username      text NOT NULL,
  email         text NOT NULL,
  password_hash text NOT NULL,
  roles         text[] NOT NULL,
  created_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX app_user_by_name ON app_user (lower(username));
CREATE UNIQUE INDEX app_user_by_email ON app_user (lower(email));

CREATE TABLE refresh_token (
  token_hash bytea PRIMARY KEY,
  user_id    text NOT NULL REFERENCES app_user,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE api_token (
  token_id     text PRIMARY KEY,
  tenant_id    text NOT NULL REFERENCES tenant,
  user_id      text NOT NULL REFERENCES app_user,
  name         text NOT NULL,
  prefix       text NOT NULL,
  token_hash   bytea NOT NULL UNIQUE,
  scopes       text[] NOT NULL,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
CREATE INDEX api_token_of_tenant ON api_token (tenant_id, created_at DESC, token_id DESC);

CREATE TABLE enrollment_token (
  token_id   text PRIMARY KEY,
  tenant_id  text NOT NULL REFERENCES tenant,
  name       text NOT NULL,
  prefix     text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  max_uses   integer,
  used_count integer NOT NULL DEFAULT 0,
  revoked_at timestamptz
);
CREATE INDEX enrollment_token_of_tenant ON enrollment_token (tenant_id, created_at DESC, token_id DESC);

-- One valid token an endpoint: enrolling again replaces it.
CREATE TABLE endpoint_token (
  token_hash  bytea PRIMARY KEY,
  tenant_id   text NOT NULL REFERENCES tenant,
  endpoint_id text NOT NULL,
  created_at  timestamptz NOT NULL,
  UNIQUE (tenant_id, endpoint_id)
);

-- Keys that sign access tokens; the newest signs, all verify.
CREATE TABLE signing_key (
  key_id     text PRIMARY KEY,
  jwk        text NOT NULL,
  created_at timestamptz NOT NULL
);
