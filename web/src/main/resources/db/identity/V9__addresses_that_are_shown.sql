-- Addresses, invitations and tokens: what somebody has to show first, and what ends together.

-- An address is one user's alone once they have shown that they read it. Until then anybody may say that it is theirs: it is kept from
-- nobody by that, and nobody learns whether it is another tenant's. In a tenant, whose users see each other, it is one user's.
DROP INDEX app_user_by_email;
CREATE UNIQUE INDEX app_user_by_verified_email ON app_user (lower(email)) WHERE email_verified_at IS NOT NULL;
CREATE UNIQUE INDEX app_user_by_email_in_tenant ON app_user (tenant_id, lower(email));
CREATE INDEX app_user_by_email ON app_user (lower(email));

-- An address stands for whoever has verified it; for somebody who has not, only while nobody else says that it is theirs.
CREATE OR REPLACE FUNCTION person_by_login(text) RETURNS SETOF identity.app_user
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
AS 'SELECT u.* FROM identity.app_user u
    WHERE u.kind = ''person''
      AND (lower(u.username) = lower($1)
        OR (lower(u.email) = lower($1)
          AND (u.email_verified_at IS NOT NULL
            OR NOT EXISTS (
              SELECT FROM identity.app_user o WHERE lower(o.email) = lower($1) AND o.user_id <> u.user_id))))';

-- Whoever is forgotten is forgotten under all addresses that they had.
ALTER TABLE app_user ADD COLUMN former_emails text[] NOT NULL DEFAULT '{}';

-- Letters to somebody who is forgotten are not sent any more.
GRANT SELECT (tenant_id, recipient), DELETE ON outbox TO crontopus_tenant;

-- How often somebody wanted to join under a name that was taken: a few times, or an invitation would be a way to ask for names.
ALTER TABLE invitation ADD COLUMN tries integer NOT NULL DEFAULT 0;

-- The token that made this one, and ends it when it is revoked. No reference: that one may be gone with its user.
ALTER TABLE api_token ADD COLUMN made_with text;
CREATE INDEX api_token_made_with ON api_token (made_with) WHERE made_with IS NOT NULL;
