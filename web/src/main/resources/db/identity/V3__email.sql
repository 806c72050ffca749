-- E-mail: addresses that are verified, links that are sent to them, and letters that wait to be sent.

ALTER TABLE app_user ADD COLUMN email_verified_at timestamptz;

-- What a link in a letter carries, as its hash. It counts once, until it expires, and only for whom it was sent to.
CREATE TABLE email_token (
  token_hash    bytea PRIMARY KEY,
  tenant_id     text NOT NULL REFERENCES tenant ON DELETE CASCADE,
  user_id       text NOT NULL REFERENCES app_user ON DELETE CASCADE,
  purpose       text NOT NULL CHECK (purpose IN ('reset-password', 'verify-email')),
  email         text NOT NULL,
  -- SHA-256 of the password's hash when a reset was asked for: whatever changes the password ends all links to do so.
  password_mark bytea CHECK (purpose <> 'reset-password' OR password_mark IS NOT NULL),
  created_at    timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  used_at       timestamptz
);
CREATE INDEX email_token_of_user ON email_token (user_id, purpose, created_at);
CREATE INDEX email_token_expiry ON email_token (expires_at);

-- Letters that wait. A row has the letter as a whole, links and all, and goes when the letter was sent or given up.
CREATE TABLE outbox (
  letter_id       text PRIMARY KEY,
  -- null for those of the platform itself
  tenant_id       text REFERENCES tenant ON DELETE CASCADE,
  kind            text NOT NULL,
  recipient       text NOT NULL,
  subject         text NOT NULL,
  body_text       text NOT NULL,
  body_html       text NOT NULL,
  queued_at       timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  attempts        integer NOT NULL DEFAULT 0,
  last_error      text
);
CREATE INDEX outbox_due ON outbox (next_attempt_at, letter_id);
CREATE INDEX outbox_expiry ON outbox (expires_at);
CREATE INDEX outbox_of_tenant ON outbox (tenant_id);

-- Whether an invitation was sent by e-mail: there is a limit to that for each tenant.
ALTER TABLE invitation ADD COLUMN mailed boolean NOT NULL DEFAULT false;
