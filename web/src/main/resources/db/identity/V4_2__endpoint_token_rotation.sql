-- An endpoint has one token that counts, and while that is exchanged some that were handed out and not used yet. The first
-- of those that is used becomes the one that counts and ends all others: whatever the agent has on its disk is good.
ALTER TABLE endpoint_token
  DROP CONSTRAINT endpoint_token_tenant_id_endpoint_id_key,
  ADD COLUMN confirmed_at       timestamptz,
  ADD COLUMN rotation_wanted_at timestamptz;
UPDATE endpoint_token SET confirmed_at = created_at;
CREATE UNIQUE INDEX endpoint_token_in_use ON endpoint_token (tenant_id, endpoint_id) WHERE confirmed_at IS NOT NULL;
CREATE INDEX endpoint_token_handed_out ON endpoint_token (tenant_id, endpoint_id) WHERE confirmed_at IS NULL;
CREATE INDEX endpoint_token_by_age ON endpoint_token (created_at) WHERE confirmed_at IS NOT NULL;
CREATE INDEX endpoint_token_wanted ON endpoint_token (rotation_wanted_at) WHERE rotation_wanted_at IS NOT NULL;

-- The endpoints whose token is to be exchanged: on request, or because it was made before a time. Of all tenants, because a
-- node tells those that are connected to it.
CREATE FUNCTION endpoint_tokens_to_rotate(made_before timestamptz) RETURNS TABLE (tenant_id text, endpoint_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS 'SELECT t.tenant_id, t.endpoint_id FROM identity.endpoint_token t WHERE t.rotation_wanted_at IS NOT NULL
    UNION
    SELECT t.tenant_id, t.endpoint_id FROM identity.endpoint_token t WHERE t.confirmed_at IS NOT NULL AND t.created_at < $1';
REVOKE ALL ON FUNCTION endpoint_tokens_to_rotate(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION endpoint_tokens_to_rotate(timestamptz) TO crontopus_intake;
