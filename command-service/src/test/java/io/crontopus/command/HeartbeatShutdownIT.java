package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of open heartbeat streams when their node stops. */
class HeartbeatShutdownIT {

  @TempDir static Path folder;

  @Test
  void aStreamSaysGoodbyeAfterEverythingIsAcknowledged() throws Exception {
    try (TestPlatform platform = TestPlatform.start(folder)) {
      TestEndpoints endpoints = new TestEndpoints(platform);
      try (TestStream stream = TestStream.open(platform.url(), endpoints.add("acme"))) {
        stream.next();
        stream.send("{}\n");
        stream.awaitAck(1);
        stream.send("{}\nbad\n");
        assertThat(stream.next().path("line").asInt()).as("both lines were read").isEqualTo(3);
        platform.stop();
        stream.awaitAck(3);
        assertThat(stream.next().path("ended").asString()).isEqualTo("shutting-down");
        assertThat(stream.end()).isTrue();
      }
    }
  }
}
