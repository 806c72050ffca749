-- Where each projection stands, and what it could not handle.
CREATE TABLE token_entry (
  processor_name varchar(255) NOT NULL,
  segment        integer NOT NULL,
  token          bytea,
  token_type     varchar(255),
  timestamp      varchar(255),
  owner          varchar(255),
  PRIMARY KEY (processor_name, segment)
);

CREATE TABLE dead_letter (
  dead_letter_id      varchar(255) PRIMARY KEY,
  processing_group    varchar(255) NOT NULL,
  sequence_identifier varchar(255) NOT NULL,
  sequence_index      bigint NOT NULL,
  message_type        varchar(255) NOT NULL,
  event_identifier    varchar(255) NOT NULL,
  event_timestamp     varchar(255) NOT NULL,
  payload_type        varchar(255) NOT NULL,
  payload_revision    varchar(255),
  payload             bytea NOT NULL,
  metadata            bytea,
  aggregate_type      varchar(255),
  aggregate_id        varchar(255),
  sequence_number     bigint,
  token_type          varchar(255),
  token               bytea,
  enqueued_at         varchar(255) NOT NULL,
  last_touched        varchar(255),
  processing_started  varchar(255),
  cause_type          varchar(255),
  cause_message       text,
  diagnostics         bytea,
  UNIQUE (processing_group, sequence_identifier, sequence_index)
);
CREATE INDEX dead_letter_by_group ON dead_letter (processing_group, last_touched);
