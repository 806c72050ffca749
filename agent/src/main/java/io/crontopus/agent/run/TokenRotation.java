package io.crontopus.agent.run;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.platform.PlatformException;
import java.io.IOException;
import java.util.logging.Logger;

/**
 * Exchanges the endpoint's token when the platform asks for it. The new one is on disk before it is
 * used, and the platform takes the old one for good until it is: killed at any line, the agent
 * starts again with a token that works.
 */
final class TokenRotation {

  private static final Logger LOG = Logger.getLogger(TokenRotation.class.getName());

  private final PlatformClient client;
  private final DataDir data;
  private final String path;

  TokenRotation(PlatformClient client, DataDir data, String endpointId) {
    this.client = client;
    this.data = data;
    this.path = "/api/endpoints/" + endpointId + "/token";
  }

  /** Exchanges it. What fails is tried again when the platform asks again. */
  void rotate() throws InterruptedException {
    try {
      String token = client.post(path, client.json().createObjectNode()).path("token").asString("");
      if (token.isEmpty()) {
        throw new IOException("the platform's answer lacks the token");
      }
      AtomicFile.writeDurably(data.token(), token + "\n");
      confirm();
      LOG.info("the endpoint has a new token");
    } catch (PlatformException | IOException e) {
      LOG.warning("the endpoint's token was not exchanged: " + e.getMessage());
    }
  }

  /**
   * Says that the token on disk is in use. Needed once, harmless ever after; the agent may have
   * been stopped before it came to it.
   */
  void confirm() throws PlatformException, InterruptedException {
    client.post(path + "/confirm", client.json().createObjectNode());
  }
}
