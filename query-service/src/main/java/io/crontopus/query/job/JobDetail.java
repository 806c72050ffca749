package io.crontopus.query.job;

import static io.crontopus.query.database.Columns.list;
import static io.crontopus.query.database.Columns.tree;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.crontopus.query.manifest.ManifestError;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A job with all that is known of it.
 *
 * @param definition the canonical manifest
 * @param errors what is wrong in its file as it is now
 */
public record JobDetail(
    @JsonUnwrapped JobView job, Map<String, Object> definition, List<ManifestError> errors) {

  static JobDetail of(Readable row, Instant now) {
    return new JobDetail(
        JobView.of(row, now), tree(row, "manifest"), list(row, "problems", ManifestError.class));
  }
}
