-- Who may do what with the log. Nobody but the owner of the schema may change or remove what is in it.
GRANT USAGE ON SCHEMA event_store TO crontopus_intake, crontopus_tenant, crontopus_projection, crontopus_audit;

-- Check-ins and heartbeats of all tenants are appended together, by COPY, which PostgreSQL refuses on tables with row-level
-- security. So the logs have none: whoever works for a tenant has no right to the table and gets at its part through a view.
GRANT SELECT, INSERT ON domain_event, telemetry_event TO crontopus_intake;
GRANT SELECT, USAGE ON SEQUENCE telemetry_event_index TO crontopus_intake;
GRANT SELECT ON telemetry_partitions TO crontopus_intake;
GRANT SELECT, UPDATE ON endpoint_watch TO crontopus_intake;
GRANT SELECT ON domain_event, telemetry_event TO crontopus_projection;
GRANT SELECT ON domain_event TO crontopus_audit;

-- The tenant that an event was recorded for.
CREATE FUNCTION tenant_of(metadata bytea) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN convert_from(metadata, 'UTF8')::jsonb ->> 'tenantId';

-- The log as far as it is of the tenant that the transaction names: what aggregates are loaded from and append to. Neither
-- an event of another tenant nor one in the stream of another tenant's aggregate can be seen or added.
CREATE VIEW tenant_event WITH (security_barrier) AS
  SELECT global_index, aggregate_id, sequence, type, event_id, recorded_at, payload_type, payload_revision, payload, metadata
  FROM event_store.domain_event
  WHERE coalesce(event_store.tenant_of(metadata), split_part(aggregate_id, ':', 2))
        = nullif(current_setting('crontopus.tenant', true), '')
    AND (strpos(aggregate_id, ':') = 0 OR split_part(aggregate_id, ':', 2) = current_setting('crontopus.tenant', true))
  WITH CASCADED CHECK OPTION;
GRANT SELECT, INSERT ON tenant_event TO crontopus_tenant;

ALTER TABLE snapshot_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON snapshot_event TO crontopus_tenant
  USING (split_part(aggregate_id, ':', 2) = current_setting('crontopus.tenant', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON snapshot_event TO crontopus_tenant;

-- Kept with the events: open runs by what takes check-ins in, for all tenants at once; jobs by the commands of their tenant.
ALTER TABLE open_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY intake ON open_run TO crontopus_intake USING (true);
CREATE POLICY tenant ON open_run TO crontopus_tenant USING (tenant_id = current_setting('crontopus.tenant', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON open_run TO crontopus_intake;
GRANT SELECT ON open_run TO crontopus_tenant;

ALTER TABLE job_index ENABLE ROW LEVEL SECURITY;
CREATE POLICY intake ON job_index FOR SELECT TO crontopus_intake USING (true);
CREATE POLICY tenant ON job_index TO crontopus_tenant USING (tenant_id = current_setting('crontopus.tenant', true));
GRANT SELECT ON job_index TO crontopus_intake;
GRANT SELECT, INSERT, UPDATE, DELETE ON job_index TO crontopus_tenant;
