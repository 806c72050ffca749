-- What was, beside what is: each version of a row, with the positions in the log of domain events from which and up to which
-- (not included) it was the one. The columns behind the two are those of the table itself, in its order. The version that
-- still is has no end: the greatest bigint.
CREATE TABLE job_history (
  valid_from bigint NOT NULL,
  valid_to   bigint NOT NULL,
  LIKE job,
  PRIMARY KEY (tenant_id, job_id, valid_to)
);
-- A list walks the names in order; versions of other times are passed over within the index.
CREATE INDEX job_history_by_name ON job_history (tenant_id, namespace, name, job_id, valid_to, valid_from);

CREATE TABLE manifest_problem_history (
  valid_from bigint NOT NULL,
  valid_to   bigint NOT NULL,
  LIKE manifest_problem,
  PRIMARY KEY (tenant_id, path, valid_to)
);

-- The newest sign of life that the events themselves speak of. Each single one is in no table of the past.
ALTER TABLE endpoint ADD COLUMN seen_at timestamptz;

CREATE TABLE endpoint_history (
  valid_from bigint NOT NULL,
  valid_to   bigint NOT NULL,
  LIKE endpoint,
  PRIMARY KEY (tenant_id, endpoint_id, valid_to)
);
CREATE INDEX endpoint_history_by_name ON endpoint_history (tenant_id, name, endpoint_id, valid_to, valid_from);

CREATE TABLE fleet_history (
  valid_from bigint NOT NULL,
  valid_to   bigint NOT NULL,
  LIKE fleet,
  PRIMARY KEY (tenant_id, valid_to)
);

CREATE TABLE job_instance_history (
  valid_from bigint NOT NULL,
  valid_to   bigint NOT NULL,
  LIKE job_instance,
  PRIMARY KEY (tenant_id, endpoint_id, job_id, valid_to)
);
CREATE INDEX job_instance_history_by_job ON job_instance_history (tenant_id, job_id, endpoint_id, valid_to, valid_from);

-- What a report changes in all instances of its endpoint: one row, not one for each of them.
CREATE TABLE endpoint_report_history (
  valid_from  bigint NOT NULL,
  valid_to    bigint NOT NULL,
  tenant_id   text NOT NULL,
  endpoint_id text NOT NULL,
  commit_id   text,
  observed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, endpoint_id, valid_to)
);

SELECT isolate_tenants('read_model', name) FROM unnest(ARRAY[
  'job_history', 'manifest_problem_history', 'endpoint_history', 'fleet_history', 'job_instance_history',
  'endpoint_report_history'
]) AS name;

-- A run tells its own past: it changes its status once, so three positions say what was known of it when.
ALTER TABLE run
  ADD COLUMN began_position    bigint NOT NULL DEFAULT 0,
  ADD COLUMN ended_position    bigint,
  ADD COLUMN finished_position bigint;

-- Which position a time stands for: the latest time at which an event up to here was recorded, every so often.
CREATE TABLE timeline (
  position bigint PRIMARY KEY,
  at       timestamptz NOT NULL
);
CREATE INDEX timeline_by_time ON timeline (at, position);

-- The position of the last event before the first one that was recorded after the moment; 0 when there is none. The timeline
-- says in which stretch of the log that is, the log itself which event. Whoever may ask need not be able to read the log.
CREATE FUNCTION position_at(moment timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  since       bigint;
  until       bigint;
  first_after bigint;
BEGIN
  SELECT position INTO since FROM read_model.timeline WHERE at <= moment ORDER BY at DESC, position DESC LIMIT 1;
  since := coalesce(since, 0);
  SELECT position INTO until FROM read_model.timeline WHERE position > since ORDER BY position LIMIT 1;
  SELECT global_index INTO first_after FROM event_store.domain_event
  WHERE global_index > since AND (until IS NULL OR global_index <= until) AND recorded_at::timestamptz > moment
  ORDER BY global_index LIMIT 1;
  IF first_after IS NOT NULL THEN
    RETURN first_after - 1;
  ELSIF until IS NOT NULL THEN
    RETURN until;
  END IF;
  SELECT max(global_index) INTO until FROM event_store.domain_event;
  RETURN coalesce(until, 0);
END
$$;
REVOKE ALL ON FUNCTION position_at(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION position_at(timestamptz) TO crontopus_query;

-- The past is filled in from the beginning.
TRUNCATE run, job_last_run, run_hourly, run_daily, endpoint, fleet, job_instance, job, git_commit, manifest_problem;
DELETE FROM projection_progress WHERE name IN ('runs', 'endpoints', 'jobs', 'commits');
DELETE FROM dead_letter WHERE projection IN ('runs', 'endpoints', 'jobs', 'commits');
