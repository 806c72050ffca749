-- Heartbeats are kept for a while: by partitions of positions, made before they are needed and dropped whole.
-- The default partition is a safety net; what fell into it becomes a partition of its own.

-- What is in a partition is large and does not compress: ids and times.
ALTER TABLE telemetry_event ALTER COLUMN payload SET STORAGE EXTERNAL;

CREATE FUNCTION telemetry_partition(first bigint, past_last bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  partition_name text := 'telemetry_event_' || first;
BEGIN
  -- Attaching takes a weaker lock on the whole than creating in place: writers go on.
  EXECUTE format('CREATE TABLE event_store.%I (LIKE event_store.telemetry_event INCLUDING ALL)', partition_name);
  EXECUTE format(
    'ALTER TABLE event_store.telemetry_event ATTACH PARTITION event_store.%I FOR VALUES FROM (%s) TO (%s)',
    partition_name, first, past_last);
END
$$;

-- The partitions that hold a range, with the first position and the one after the last.
CREATE VIEW telemetry_partitions AS
  SELECT c.relname::text AS name,
         substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \(''?(\d+)''?\)')::bigint AS first,
         substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''?(\d+)''?\)')::bigint AS past_last
  FROM pg_inherits i
  JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'event_store.telemetry_event'::regclass
    AND pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT';

-- Makes sure that there is room for this many events more in partitions, each of that size. One at a time.
CREATE FUNCTION extend_telemetry(room bigint, size bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  head     bigint;
  past     bigint;
  stray    bigint;
  made     integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(1129598800, 100); -- "CTOP"
  SELECT coalesce(max(past_last), 1) INTO past FROM event_store.telemetry_partitions;
  SELECT max(global_index) INTO stray FROM event_store.telemetry_event_default;
  IF stray IS NOT NULL THEN
    -- Nobody writes while the partition that catches everything is exchanged; who is writing is waited for.
    LOCK TABLE event_store.telemetry_event IN ACCESS EXCLUSIVE MODE;
    SELECT last_value + 1 INTO head FROM event_store.telemetry_event_index;
    ALTER TABLE event_store.telemetry_event DETACH PARTITION event_store.telemetry_event_default;
    EXECUTE format('ALTER TABLE event_store.telemetry_event_default RENAME TO %I', 'telemetry_event_' || past);
    EXECUTE format('ALTER INDEX event_store.telemetry_event_default_pkey RENAME TO %I', 'telemetry_event_' || past || '_pkey');
    EXECUTE format(
      'ALTER TABLE event_store.telemetry_event ATTACH PARTITION event_store.%I FOR VALUES FROM (%s) TO (%s)',
      'telemetry_event_' || past, past, head);
    CREATE TABLE event_store.telemetry_event_default PARTITION OF event_store.telemetry_event DEFAULT;
    past := head;
    made := made + 1;
  END IF;
  SELECT last_value INTO head FROM event_store.telemetry_event_index;
  WHILE past <= head + room LOOP
    PERFORM event_store.telemetry_partition(past, past + size);
    past := past + size;
    made := made + 1;
  END LOOP;
  RETURN made;
END
$$;

SELECT extend_telemetry(100000, 100000);

-- When the endpoints' states are to be looked at next: one node does.
CREATE TABLE endpoint_watch (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  next_at  timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO endpoint_watch DEFAULT VALUES;
