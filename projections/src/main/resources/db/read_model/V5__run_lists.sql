-- A list of runs is quick when it walks one index in its order, whatever is asked for. The status comes before the time, so
-- that each status is a walk of its own and a list of several merges them: a status that one run in a million has is found
-- as quickly as one that all have. Runs of the same instant are sorted when read, which keeps the id, half of an entry, out.
DROP INDEX run_newest;
DROP INDEX run_by_job;
DROP INDEX run_by_endpoint;
DROP INDEX run_by_status;

CREATE INDEX run_newest ON run (tenant_id, status, ordered_at);
CREATE INDEX run_by_namespace ON run (tenant_id, namespace, status, ordered_at);
-- The columns behind the time only narrow: runs of a job on one endpoint come from the shorter of these two walks.
CREATE INDEX run_by_job ON run (tenant_id, namespace, job_name, status, ordered_at, endpoint_id);
CREATE INDEX run_by_endpoint ON run (tenant_id, endpoint_id, status, ordered_at, namespace, job_name);

-- What a watcher who comes back has missed.
CREATE INDEX ui_change_by_tenant ON ui_change (tenant_id, id);

-- A run is counted in its job's row, which names no endpoint, and in its endpoint's row, which names no job: a job that
-- runs on the whole fleet is one row a day, not one for each machine. Both stand together in the key, in the order of time.
ALTER TABLE run_hourly DROP CONSTRAINT run_hourly_pkey;
ALTER TABLE run_hourly ADD PRIMARY KEY (tenant_id, endpoint_id, job_name, hour, namespace, status);
ALTER TABLE run_daily DROP CONSTRAINT run_daily_pkey;
ALTER TABLE run_daily ADD PRIMARY KEY (tenant_id, endpoint_id, job_name, day, namespace, status);

-- What was counted otherwise is counted anew.
TRUNCATE run, job_last_run, run_hourly, run_daily;
DELETE FROM projection_progress WHERE name = 'runs';
DELETE FROM dead_letter WHERE projection = 'runs';
