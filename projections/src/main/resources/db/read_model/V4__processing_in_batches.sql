-- Projections follow the log by one number each, and are filled anew beside the tables that serve.
DROP TABLE token_entry;
DROP TABLE dead_letter;

-- How far each projection is. Whoever holds the row's lock works on it.
CREATE TABLE projection_progress (
  name       text PRIMARY KEY,
  position   bigint NOT NULL,
  parked     bigint NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);

-- Events that a projection could not take, and those of the same sequence that came after.
CREATE TABLE dead_letter (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  projection      text NOT NULL,
  rebuild         boolean NOT NULL,
  sequence        text NOT NULL,
  position        bigint NOT NULL,
  event_id        text NOT NULL,
  event_name      text NOT NULL,
  cause           text,
  parked_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts        integer NOT NULL DEFAULT 1,
  last_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (projection, rebuild, position)
);
CREATE INDEX dead_letter_by_sequence ON dead_letter (projection, rebuild, sequence, position);

-- Projections that are being filled anew, in the schema read_model_next.
CREATE TABLE projection_rebuild (
  name         text PRIMARY KEY,
  phase        text NOT NULL,
  position     bigint NOT NULL,
  target       bigint NOT NULL,
  events       bigint NOT NULL DEFAULT 0,
  parked       bigint NOT NULL DEFAULT 0,
  requested_by text NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  problem      text
);
CREATE SCHEMA IF NOT EXISTS read_model_next;

-- Rows of tenants are seen by those who name the tenant.
CREATE FUNCTION isolate_tenants(in_schema text, in_table text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', in_schema, in_table);
  EXECUTE format(
    'CREATE POLICY tenant ON %I.%I FOR SELECT TO crontopus_query '
    'USING (tenant_id = current_setting(''crontopus.tenant'', true))', in_schema, in_table);
  EXECUTE format('GRANT SELECT ON %I.%I TO crontopus_query', in_schema, in_table);
END
$$;

-- What happened, counted: of each job on each endpoint, by the hour and by the day (UTC) in which runs began.
CREATE TABLE run_hourly (
  tenant_id             text NOT NULL,
  hour                  timestamptz NOT NULL,
  namespace             text NOT NULL,
  job_name              text NOT NULL,
  endpoint_id           text NOT NULL,
  status                text NOT NULL,
  runs                  bigint NOT NULL,
  duration_count        bigint NOT NULL,
  duration_millis_total bigint NOT NULL,
  duration_millis_max   bigint NOT NULL,
  PRIMARY KEY (tenant_id, hour, namespace, job_name, endpoint_id, status)
) WITH (fillfactor = 70);

CREATE TABLE run_daily (
  tenant_id             text NOT NULL,
  day                   timestamptz NOT NULL,
  namespace             text NOT NULL,
  job_name              text NOT NULL,
  endpoint_id           text NOT NULL,
  status                text NOT NULL,
  runs                  bigint NOT NULL,
  duration_count        bigint NOT NULL,
  duration_millis_total bigint NOT NULL,
  duration_millis_max   bigint NOT NULL,
  PRIMARY KEY (tenant_id, day, namespace, job_name, endpoint_id, status)
) WITH (fillfactor = 70);

SELECT isolate_tenants('read_model', 'run_hourly'), isolate_tenants('read_model', 'run_daily');

-- All projections start at the beginning: the tables have new neighbours.
TRUNCATE run, endpoint, endpoint_heartbeat, job_instance, job, job_last_run, git_commit, manifest_problem;
