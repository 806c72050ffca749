package io.crontopus.command.sso.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Somebody who vouches for people. Both calls can wait for the network. */
public interface Provider {

  /**
   * Where the browser is sent.
   *
   * @throws SignInFailed when the provider does not say where that is
   */
  URI authorization(Challenge challenge);

  /**
   * Finds out who came back.
   *
   * @param answer the parameters with which the browser came back
   * @throws SignInFailed when nobody did, as far as can be proved
   */
  Person redeem(Challenge challenge, Map<String, List<String>> answer);
}
