-- What the API reads. Written by the projections alone, and rebuilt from the log at any time.

CREATE TABLE run (
  tenant_id        text NOT NULL,
  run_id           text NOT NULL,
  namespace        text NOT NULL,
  job_name         text NOT NULL,
  job_id           text,
  endpoint_id      text,
  status           text NOT NULL,
  exit_code        integer,
  started_at       timestamptz,
  finished_at      timestamptz,
  duration_millis  bigint,
  output           text,
  output_truncated boolean NOT NULL DEFAULT false,
  error_message    text,
  source           text NOT NULL,
  commit_id        text,
  received_at      timestamptz NOT NULL,
  deadline         timestamptz,
  -- the order of lists: when it began, but never later than it was heard of, so that a clock that is ahead pins nothing
  ordered_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, run_id)
);
CREATE INDEX run_newest ON run (tenant_id, ordered_at DESC, run_id DESC);
CREATE INDEX run_by_job ON run (tenant_id, namespace, job_name, ordered_at DESC, run_id DESC);
CREATE INDEX run_by_endpoint ON run (tenant_id, endpoint_id, ordered_at DESC, run_id DESC);
CREATE INDEX run_by_status ON run (tenant_id, status, ordered_at DESC, run_id DESC);

CREATE TABLE endpoint (
  tenant_id   text NOT NULL,
  endpoint_id text NOT NULL,
  name        text NOT NULL,
  hostname    text NOT NULL,
  machine_id  text NOT NULL,
  platform    text NOT NULL,
  version     text NOT NULL,
  labels      jsonb NOT NULL,
  enrolled_at timestamptz NOT NULL,
  revoked_at  timestamptz,
  PRIMARY KEY (tenant_id, endpoint_id)
);
CREATE INDEX endpoint_by_name ON endpoint (tenant_id, name, endpoint_id);

-- The latest sign of life, from the telemetry stream; apart from endpoint, which another processor writes.
CREATE TABLE endpoint_heartbeat (
  tenant_id       text NOT NULL,
  endpoint_id     text NOT NULL,
  last_seen_at    timestamptz NOT NULL,
  sent_at         timestamptz NOT NULL,
  version         text,
  scheduler       text,
  scheduler_alive boolean,
  applied_commit  text,
  spool_depth     bigint,
  PRIMARY KEY (tenant_id, endpoint_id)
) WITH (fillfactor = 70);

CREATE TABLE job_instance (
  tenant_id   text NOT NULL,
  endpoint_id text NOT NULL,
  job_id      text NOT NULL,
  namespace   text NOT NULL,
  name        text NOT NULL,
  path        text,
  state       text NOT NULL,
  schedule    jsonb NOT NULL,
  timezone    text,
  message     text,
  commit_id   text,
  observed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, endpoint_id, job_id)
);
CREATE INDEX job_instance_by_job ON job_instance (tenant_id, job_id, endpoint_id);

CREATE TABLE job (
  tenant_id  text NOT NULL,
  job_id     text NOT NULL,
  namespace  text NOT NULL,
  name       text NOT NULL,
  path       text NOT NULL,
  commit_id  text NOT NULL,
  labels     jsonb NOT NULL,
  manifest   jsonb NOT NULL,
  enabled    boolean NOT NULL,
  paused     boolean NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, job_id)
);
CREATE INDEX job_by_name ON job (tenant_id, namespace, name, job_id);
CREATE INDEX job_by_label ON job USING gin (labels jsonb_path_ops);

-- The latest run of each job, by the name that check-ins use: a job may report before any manifest defines it.
CREATE TABLE job_last_run (
  tenant_id   text NOT NULL,
  namespace   text NOT NULL,
  name        text NOT NULL,
  run_id      text NOT NULL,
  status      text NOT NULL,
  started_at  timestamptz,
  finished_at timestamptz,
  ordered_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, namespace, name)
);

CREATE TABLE git_commit (
  tenant_id    text NOT NULL,
  commit_id    text NOT NULL,
  parent_id    text,
  author_name  text NOT NULL,
  author_email text NOT NULL,
  message      text NOT NULL,
  committed_at timestamptz NOT NULL,
  pushed_by    text NOT NULL,
  observed_at  timestamptz NOT NULL,
  files        jsonb NOT NULL,
  position     bigint NOT NULL,
  PRIMARY KEY (tenant_id, commit_id)
);
CREATE INDEX git_commit_newest ON git_commit (tenant_id, position DESC);

-- What is wrong in the manifests as they are now.
CREATE TABLE manifest_problem (
  tenant_id text NOT NULL,
  path      text NOT NULL,
  commit_id text NOT NULL,
  problems  jsonb NOT NULL,
  PRIMARY KEY (tenant_id, path)
);

-- What changed, for everybody who watches: written in the transaction of the change, read by every node.
CREATE TABLE ui_change (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id  text NOT NULL,
  topic      text NOT NULL,
  key        text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ui_change_by_time ON ui_change (changed_at);
