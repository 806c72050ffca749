-- Both are kept in the transaction that appends the events they are made of.

-- Runs that have begun and not ended; opened_at orders those of a job.
CREATE TABLE open_run (
  tenant_id   varchar(63) NOT NULL,
  run_id      varchar(64) NOT NULL,
  namespace   varchar(63) NOT NULL,
  job_name    varchar(63) NOT NULL,
  endpoint_id varchar(36) NOT NULL DEFAULT '',
  deadline    timestamptz,
  opened_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, run_id)
);
CREATE INDEX open_run_by_job ON open_run (tenant_id, namespace, job_name, endpoint_id, opened_at DESC);
CREATE INDEX open_run_by_deadline ON open_run (deadline) WHERE deadline IS NOT NULL;

-- The jobs as Git defines them now.
CREATE TABLE job_index (
  tenant_id           varchar(63) NOT NULL,
  job_id              varchar(36) NOT NULL,
  namespace           varchar(63) NOT NULL,
  name                varchar(63) NOT NULL,
  commit_id           varchar(64) NOT NULL,
  max_runtime_seconds bigint,
  grace_seconds       bigint NOT NULL,
  PRIMARY KEY (tenant_id, job_id)
);
CREATE INDEX job_index_by_name ON job_index (tenant_id, namespace, name);
