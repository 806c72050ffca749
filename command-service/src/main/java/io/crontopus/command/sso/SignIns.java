package io.crontopus.command.sso;

import io.crontopus.command.sso.provider.Challenge;
import io.crontopus.command.sso.provider.Person;
import io.crontopus.command.sso.provider.Providers.Named;
import io.crontopus.command.sso.provider.SignInFailed;
import io.crontopus.command.sso.provider.SignInFailed.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a provider and back. What the provider is asked with is derived from what the browser
 * keeps, so that only this browser can bring the answer, and the database has nothing to steal.
 * Waits for providers: not for an event loop, and not for the threads that look things up.
 */
final class SignIns {

  /** How long somebody may take at the provider; they may have to find their phone first. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(SignIns.class);
  private static final int LONGEST_LOGGED = 300;

  private final AttemptStore attempts;
  private final String publicUrl;
  private final Clock clock;

  SignIns(AttemptStore attempts, String publicUrl, Clock clock) {
    this.attempts = attempts;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /** Begins one; where to send the browser. */
  URI begin(Named provider, String browser, String returnTo) {
    String state = Secrets.random();
    try {
      URI destination = provider.provider().authorization(challenge(provider, browser, state));
      Instant until = clock.instant().plus(PATIENCE);
      attempts.begin(provider.id(), browser, state, returnTo, until);
      return destination;
    } catch (SignInFailed e) {
      tell(provider, e);
      return page("problem", e.reason().code());
    }
  }

  /**
   * Takes the answer that a browser has brought back; where to send it. The address has a code in
   * its fragment, which stays in the browser, and which only the browser that has begun can use.
   */
  URI comeBack(Named provider, String browser, Map<String, List<String>> answer) {
    try {
      String state = answer.getOrDefault("state", List.of("")).getFirst();
      String attempt =
          attempts
              .comeBack(provider.id(), browser, state, clock.instant())
              .orElseThrow(() -> new SignInFailed(Reason.STALE, "no such sign-in is under way"));
      Person person = redeem(provider, challenge(provider, browser, state), answer);
      String code = Secrets.random();
      attempts.arrive(attempt, code, person, clock.instant().plus(PATIENCE));
      return page("code", code);
    } catch (SignInFailed e) {
      tell(provider, e);
      return page("problem", e.reason().code());
    }
  }

  /** Whatever a provider may answer, it is the provider's fault and not the platform's. */
  private static Person redeem(
      Named provider, Challenge challenge, Map<String, List<String>> answer) {
    try {
      return provider.provider().redeem(challenge, answer);
    } catch (SignInFailed e) {
      throw e;
    } catch (RuntimeException e) {
      throw new SignInFailed(Reason.UNAVAILABLE, "the answer cannot be understood: " + e);
    }
  }

  private Challenge challenge(Named provider, String browser, String state) {
    return new Challenge(
        state,
        Secrets.derived(browser, "nonce " + state),
        Secrets.derived(browser, "verifier " + state),
        URI.create(publicUrl + "/api/auth/sso/" + provider.id() + "/callback"));
  }

  private URI page(String name, String value) {
    return URI.create(publicUrl + "/sso.html#" + name + "=" + value);
  }

  /** For whoever set the provider up; what comes from outside is cut to one short line. */
  private static void tell(Named provider, SignInFailed e) {
    String detail = String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", " ");
    String shown = detail.length() > LONGEST_LOGGED ? detail.substring(0, LONGEST_LOGGED) : detail;
    switch (e.reason()) {
      case CANCELLED, STALE, NOT_ALLOWED ->
          log.info("sign-in with {} came to nothing: {}", provider.id(), shown);
      case UNAVAILABLE, REFUSED -> log.warn("sign-in with {} failed: {}", provider.id(), shown);
    }
  }
}
