-- A run's result that a newer one has replaced, with the positions from which and up to which (not included) it was the one:
-- a run's own row knows only the last. finished_position is null where nothing told when it finished.
CREATE TABLE run_replaced_result (
  valid_from        bigint NOT NULL,
  valid_to          bigint NOT NULL,
  tenant_id         text NOT NULL,
  run_id            text NOT NULL,
  status            text NOT NULL,
  finished_at       timestamptz,
  finished_position bigint,
  PRIMARY KEY (tenant_id, run_id, valid_to)
);
SELECT isolate_tenants('read_model', 'run_replaced_result');

-- The past is filled in from the beginning. A rebuild that is under way lacks the table.
TRUNCATE run, job_last_run, run_hourly, run_daily;
DELETE FROM projection_progress WHERE name = 'runs';
DELETE FROM projection_rebuild WHERE name = 'runs';
DELETE FROM dead_letter WHERE projection = 'runs';

-- Signs of life that a node whose clock was ahead has stored: who has given none since would not be silent before that time.
UPDATE endpoint_heartbeat SET last_seen_at = clock_timestamp() WHERE last_seen_at > clock_timestamp() + interval '1 minute';
-- And nobody is judged by that clock, before signs of life are heard again.
DELETE FROM heartbeat_progress
WHERE greatest(heard_until, listening_since) > clock_timestamp() + interval '1 minute';
