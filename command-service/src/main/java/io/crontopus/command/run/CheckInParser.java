package io.crontopus.command.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one check-in from a stream of tokens, as long as everything is of the plain type. */
final class CheckInParser {

  /** Something is not plainly right; what it is, binding will tell. */
  static final class NotPlain extends Exception {
    private static final long serialVersionUID = 1L;

    NotPlain() {
      super(null, null, false, false);
    }
  }

  private final JsonParser in;
  private @Nullable String jobName;
  private @Nullable String namespace;
  private @Nullable String endpointId;
  private @Nullable String status;
  private @Nullable String runId;
  private @Nullable Integer exitCode;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Double duration;
  private @Nullable String output;
  private @Nullable Boolean outputTruncated;
  private @Nullable String errorMessage;
  private @Nullable String commit;

  private CheckInParser(JsonParser in) {
    this.in = in;
  }

  /** Reads an object whose first brace was read. */
  static CheckInRequest read(JsonParser in) throws NotPlain {
    CheckInParser fields = new CheckInParser(in);
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      fields.read(name, in.nextToken());
    }
    if (in.currentToken() != JsonToken.END_OBJECT) {
      throw new NotPlain();
    }
    return fields.request();
  }

  private void read(String name, JsonToken value) throws NotPlain {
    switch (name) {
      case "job_name" -> jobName = string(value);
      case "namespace" -> namespace = string(value);
      case "endpoint_id" -> endpointId = string(value);
      case "status" -> status = string(value);
      case "run_id" -> runId = string(value);
      case "exit_code" -> exitCode = integer(value);
      case "started_at" -> startedAt = time(value);
      case "finished_at" -> finishedAt = time(value);
      case "duration" -> duration = number(value);
      case "output" -> output = string(value);
      case "output_truncated" -> outputTruncated = bool(value);
      case "error_message" -> errorMessage = string(value);
      case "commit" -> commit = string(value);
      default -> in.skipChildren();
    }
  }

  private @Nullable String string(JsonToken value) throws NotPlain {
    return switch (value) {
      case VALUE_STRING -> in.getString();
      case VALUE_NULL -> null;
      default -> throw new NotPlain();
    };
  }

  private @Nullable Integer integer(JsonToken value) throws NotPlain {
    if (value == JsonToken.VALUE_NUMBER_INT && in.getNumberType() == JsonParser.NumberType.INT) {
      return in.getIntValue();
    }
    nothing(value);
    return null;
  }

  private @Nullable Double number(JsonToken value) throws NotPlain {
    if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT) {
      return in.getDoubleValue();
    }
    nothing(value);
    return null;
  }

  private @Nullable Boolean bool(JsonToken value) throws NotPlain {
    if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
      return value == JsonToken.VALUE_TRUE;
    }
    nothing(value);
    return null;
  }

  private @Nullable Instant time(JsonToken value) throws NotPlain {
    if (value != JsonToken.VALUE_STRING) {
      nothing(value);
      return null;
    }
    Instant time = Times.instant(in.getString());
    if (time == null) {
      throw new NotPlain();
    }
    return time;
  }

  private static void nothing(JsonToken value) throws NotPlain {
    if (value != JsonToken.VALUE_NULL) {
      throw new NotPlain();
    }
  }

  private CheckInRequest request() {
    return new CheckInRequest(
        jobName,
        namespace,
        endpointId,
        status,
        runId,
        exitCode,
        startedAt,
        finishedAt,
        duration,
        output,
        outputTruncated,
        errorMessage,
        commit);
  }
}
