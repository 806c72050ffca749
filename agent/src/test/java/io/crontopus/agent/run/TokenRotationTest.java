package io.crontopus.agent.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.agent.FakePlatform;
import io.crontopus.agent.FakePlatform.Answer;
import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.platform.PlatformClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token on the agent's disk is one that works, wherever the exchange stops. */
class TokenRotationTest {

  @TempDir Path folder;
  private FakePlatform platform;
  private DataDir data;
  private PlatformClient client;
  private TokenRotation rotation;

  @BeforeEach
  void enroll() throws IOException {
    platform = new FakePlatform();
    data = DataDir.at(folder);
    data.create();
    AtomicFile.write(data.token(), "ep_old\n");
    client = new PlatformClient(platform.url(), this::token);
    rotation = new TokenRotation(client, data, "ep-1");
  }

  @AfterEach
  void stop() {
    client.close();
    platform.close();
  }

  @Test
  void theNewOneIsStoredBeforeItIsUsed() throws Exception {
    rotation.rotate();

    assertThat(token()).isEqualTo("ep_next");
    assertThat(platform.tokens).containsExactly("Bearer ep_old", "Bearer ep_next");
    assertThat(platform.confirmed).containsExactly("Bearer ep_next");
    assertThat(Files.getPosixFilePermissions(data.token())).hasSize(2);
  }

  @Test
  void aRefusalChangesNothing() throws Exception {
    platform.answerNext(Answer.of(409));

    rotation.rotate();

    assertThat(token()).isEqualTo("ep_old");
    assertThat(platform.confirmed).isEmpty();
  }

  @Test
  void anAnswerWithoutATokenChangesNothing() throws Exception {
    platform.answerNext(new Answer(201, "{}", null));

    rotation.rotate();

    assertThat(token()).isEqualTo("ep_old");
  }

  @Test
  void whatWasNotConfirmedIsAskedForAgainWithWhatWasStored() throws Exception {
    platform.answerNext(new Answer(201, "{\"token\":\"ep_first\"}", null), Answer.of(503));

    rotation.rotate();
    assertThat(token()).isEqualTo("ep_first");
    assertThat(platform.confirmed).isEmpty();
    rotation.rotate();

    assertThat(token()).isEqualTo("ep_next");
    assertThat(platform.tokens)
        .containsExactly("Bearer ep_old", "Bearer ep_first", "Bearer ep_first", "Bearer ep_next");
  }

  private String token() {
    try {
      return Files.readString(data.token(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
