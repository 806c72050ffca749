package io.crontopus.projection.processing;

/** Which of a projection's tables are filled. */
enum Target {
  /** Those that the API reads. */
  LIVE("read_model"),
  /** Those that are to replace them. */
  REBUILD("read_model_next");

  private final String schema;

  Target(String schema) {
    this.schema = schema;
  }

  String schema() {
    return schema;
  }

  boolean isRebuild() {
    return this == REBUILD;
  }
}
