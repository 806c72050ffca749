-- Requests that carried an Idempotency-Key, for a day: what each made, and its answer where that holds no secret.
CREATE TABLE repeated_request (
  tenant_id    text NOT NULL REFERENCES tenant ON DELETE CASCADE,
  credential   text NOT NULL,
  key          text NOT NULL,
  request_hash text NOT NULL,
  resource_id  text,
  answer       text,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, credential, key)
);
CREATE INDEX repeated_request_by_expiry ON repeated_request (expires_at);
SELECT isolate_tenants('repeated_request', 'SELECT, INSERT, UPDATE, DELETE');

-- Takes away what has expired, of all tenants; how many.
CREATE FUNCTION forget_requests(now timestamptz, most integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'WITH gone AS (
      DELETE FROM identity.repeated_request r
      USING (SELECT tenant_id, credential, key FROM identity.repeated_request WHERE expires_at <= $1 LIMIT $2) e
      WHERE r.tenant_id = e.tenant_id AND r.credential = e.credential AND r.key = e.key
      RETURNING 1)
    SELECT count(*) FROM gone';
REVOKE ALL ON FUNCTION forget_requests(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_requests(timestamptz, integer) TO crontopus_intake;
