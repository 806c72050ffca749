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
