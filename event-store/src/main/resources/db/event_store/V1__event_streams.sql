-- The log. Never partitioned: the unique key (aggregate_id, sequence) is what decides conflicts between writers.
CREATE TABLE domain_event (
  global_index     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  aggregate_id     varchar(255) NOT NULL,
  sequence         bigint NOT NULL,
  type             varchar(255),
  event_id         varchar(36) NOT NULL,
  recorded_at      varchar(32) NOT NULL,
  payload_type     varchar(255) NOT NULL,
  payload_revision varchar(32),
  payload          bytea NOT NULL,
  metadata         bytea,
  UNIQUE (aggregate_id, sequence),
  UNIQUE (event_id)
);

CREATE TABLE snapshot_event (
  aggregate_id     varchar(255) NOT NULL,
  sequence         bigint NOT NULL,
  type             varchar(255) NOT NULL,
  event_id         varchar(36) NOT NULL,
  recorded_at      varchar(32) NOT NULL,
  payload_type     varchar(255) NOT NULL,
  payload_revision varchar(32),
  payload          bytea NOT NULL,
  metadata         bytea,
  PRIMARY KEY (aggregate_id, sequence)
);

-- Heartbeats: many in one event, with a sequence of their own so that a slow domain commit is no gap here; partitioned
-- so that old ones go by dropping a table.
CREATE SEQUENCE telemetry_event_index;

CREATE TABLE telemetry_event (
  global_index     bigint NOT NULL DEFAULT nextval('telemetry_event_index'),
  aggregate_id     varchar(255) NOT NULL,
  sequence         bigint NOT NULL,
  type             varchar(255),
  event_id         varchar(36) NOT NULL,
  recorded_at      varchar(32) NOT NULL,
  payload_type     varchar(255) NOT NULL,
  payload_revision varchar(32),
  payload          bytea NOT NULL,
  metadata         bytea,
  PRIMARY KEY (global_index)
) PARTITION BY RANGE (global_index);

CREATE TABLE telemetry_event_default PARTITION OF telemetry_event DEFAULT;
