package io.crontopus.projection.run;

/** Which run. */
record RunKey(String tenantId, String runId) {}
