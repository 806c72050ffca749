-- Programs without a browser that ask to be let in (RFC 8628). They poll with the device code, of which only the hash is here; somebody who
-- is logged in decides about the user code. Taking what was approved deletes the row, so that it is taken once, whatever the node.
CREATE TABLE device_login (
  request_id     text PRIMARY KEY,
  device_hash    bytea NOT NULL UNIQUE,
  user_code_hash bytea NOT NULL UNIQUE,
  client         text NOT NULL,
  address        text NOT NULL,
  created_at     timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL,
  poll_seconds   integer NOT NULL,
  polled_at      timestamptz,
  decision       text CHECK (decision IN ('approved', 'denied')),
  user_id        text REFERENCES app_user ON DELETE CASCADE,
  CONSTRAINT device_login_of_user CHECK ((decision IS NOT DISTINCT FROM 'approved') = (user_id IS NOT NULL))
);
CREATE INDEX device_login_expired ON device_login (expires_at);
CREATE INDEX device_login_approved ON device_login (user_id) WHERE user_id IS NOT NULL;
