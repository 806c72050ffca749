package io.crontopus.command.endpoint.heartbeat;

import java.nio.charset.StandardCharsets;

/** The lines that a stream answers. Every text in them is one of ours and needs no escaping. */
final class HeartbeatAnswers {

  private HeartbeatAnswers() {}

  static byte[] acknowledged(long lines, long receivedAt, long nextInSeconds) {
    return line(
        "{\"acked\":"
            + lines
            + ",\"received_at\":\""
            + UtcTime.format(receivedAt)
            + "\",\"next_in_seconds\":"
            + nextInSeconds
            + "}\n");
  }

  static byte[] error(long line, String code, String pointer, String detail) {
    return line(
        "{\"line\":"
            + line
            + ",\"error\":{\"code\":\""
            + code
            + "\",\"pointer\":\""
            + pointer
            + "\",\"detail\":\""
            + detail
            + "\"}}\n");
  }

  static byte[] ended(String reason) {
    return line("{\"ended\":\"" + reason + "\"}\n");
  }

  private static byte[] line(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
