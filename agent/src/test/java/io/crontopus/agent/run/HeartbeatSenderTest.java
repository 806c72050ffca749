package io.crontopus.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.agent.FakePlatform;
import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.platform.PlatformException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Heartbeats on a stream, and without one. */
class HeartbeatSenderTest {

  private static final JsonNode BEAT = FakePlatform.JSON.createObjectNode().put("version", "1");

  private FakePlatform platform;
  private PlatformClient client;
  private HeartbeatSender sender;

  @BeforeEach
  void start() throws Exception {
    platform = new FakePlatform();
    client = new PlatformClient(platform.url(), () -> "ep_token");
    sender = new HeartbeatSender(client, "ep-1");
  }

  @AfterEach
  void stop() {
    sender.close();
    client.close();
    platform.close();
  }

  @Test
  void oneStreamTakesAllHeartbeats() throws Exception {
    for (int i = 1; i <= 3; i++) {
      JsonNode acknowledged = sender.send(BEAT);
      assertThat(acknowledged.path("acked").asInt()).isEqualTo(i);
      assertThat(acknowledged.path("next_in_seconds").asInt()).isEqualTo(1);
    }
    assertThat(platform.heartbeats).hasSize(3).containsOnly(BEAT);
    assertThat(platform.tokens).containsExactly("Bearer ep_token");
  }

  @Test
  void aStreamThatIsCutOffIsOpenedAgainAndNoHeartbeatIsLost() throws Exception {
    platform.cutAfter = 2;
    for (int i = 0; i < 6; i++) {
      sender.send(BEAT);
    }
    assertThat(platform.heartbeats).hasSizeGreaterThanOrEqualTo(6);
    assertThat(platform.streamed.get()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void aPlatformWithoutStreamsGetsSingleHeartbeats() throws Exception {
    platform.streams = false;
    sender.send(BEAT);
    sender.send(BEAT);
    assertThat(platform.heartbeats).hasSize(2);
    assertThat(platform.streamed.get()).isZero();
    assertThat(platform.tokens).as("it is asked once, then left alone").hasSize(3);
  }

  @Test
  void noPlatformIsSaid() {
    platform.close();
    assertThatThrownBy(() -> sender.send(BEAT)).isInstanceOf(PlatformException.class);
  }
}
