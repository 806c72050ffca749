-- All versions that were the ones at a position, in time that depends on how many these are and not on how many there ever
-- were. An index on valid_to alone has all later versions behind the position. Versions of about the same length that hold
-- the position all end soon behind it: at most that length. So each order of magnitude of length is a short stretch of an
-- index of its own. span is the number of binary digits of the length; versions without an end have 63.
--
-- The column has to stay behind those that the table of what is has: whoever adds one there drops this one, and adds it again.
ALTER TABLE job_history ADD COLUMN span smallint NOT NULL
  GENERATED ALWAYS AS (length(ltrim((valid_to - valid_from)::bit(64)::text, '0'))) STORED;
CREATE INDEX job_history_by_span ON job_history (tenant_id, span, valid_to, valid_from);

ALTER TABLE endpoint_history ADD COLUMN span smallint NOT NULL
  GENERATED ALWAYS AS (length(ltrim((valid_to - valid_from)::bit(64)::text, '0'))) STORED;
CREATE INDEX endpoint_history_by_span ON endpoint_history (tenant_id, span, valid_to, valid_from);
