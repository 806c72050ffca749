package io.crontopus.web.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.crontopus.web.edge.ClientAddress;
import io.crontopus.web.limit.Limit.Left;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Slows down those who guess passwords, and nobody else.
 *
 * <p>What counts is a failed login, to an account from an address; so does a wrong password of
 * somebody who has logged in. Nothing is ever counted for an account alone: else anybody could keep
 * its owner out by failing on purpose. An address from which somebody logged in to an account is
 * not held to what happens to other accounts from there.
 */
final class LoginLimits {

  private static final String LOGINS = "logins that failed";
  private static final String PASSWORDS = "passwords";
  private static final int KNOWN = 100_000;
  private static final Duration KNOWN_FOR = Duration.ofDays(30);

  private final Limit account;
  private final Limit address;
  private final Limit attempts;
  private final TooMany tooMany;
  private final Cache<Guess, Boolean> known =
      Caffeine.newBuilder().maximumSize(KNOWN).expireAfterWrite(KNOWN_FOR).build();

  /** One account tried from one address: the name that a form has, or {@link LoggedIn}. */
  private record Guess(Object account, InetAddress client) {}

  /** A user who has logged in, and whom nobody can name in a form. */
  private record LoggedIn(String userId) {}

  /**
   * Limits logins.
   *
   * @param account failures to one account from one address
   * @param address failures from one address
   * @param attempts all that checks or hashes a password, from one address or by one user
   */
  LoginLimits(Limit account, Limit address, Limit attempts, TooMany tooMany) {
    this.account = account;
    this.address = address;
    this.attempts = attempts;
    this.tooMany = tooMany;
  }

  /**
   * Lets a login through, or not.
   *
   * @param exempt whether only failures to one account are counted
   */
  Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain, boolean exempt) {
    InetAddress client = ClientAddress.client(ClientAddress.of(exchange));
    if (!exempt) {
      Left left = attempts.takeAndTell(client);
      if (!left.taken()) {
        return Mono.error(tooMany.problem(attempts, left, "logins", exchange));
      }
    }
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              String name = form.getFirst("username");
              Guess guess =
                  new Guess(name == null ? "" : name.strip().toLowerCase(Locale.ROOT), client);
              return attempt(guess, exempt, exchange, chain);
            });
  }

  /**
   * Lets somebody who has logged in show their password once more, or not: a session that was
   * stolen is no way to guess it. The route says by {@link WrongPassword} that it failed.
   *
   * @param exempt whether only failures are counted
   */
  Mono<Void> again(
      String userId, ServerWebExchange exchange, WebFilterChain chain, boolean exempt) {
    InetAddress client = ClientAddress.client(ClientAddress.of(exchange));
    LoggedIn user = new LoggedIn(userId);
    if (!exempt) {
      for (Object who : List.of(client, user)) {
        Left left = attempts.takeAndTell(who);
        if (!left.taken()) {
          return Mono.error(tooMany.problem(attempts, left, PASSWORDS, exchange));
        }
      }
    }
    return attempt(new Guess(user, client), exempt, exchange, chain);
  }

  /**
   * Lets somebody who shows a secret of another kind choose a password, or not: to hash it is as
   * much work as to check one.
   */
  Mono<Void> chosen(ServerWebExchange exchange, WebFilterChain chain, boolean exempt) {
    if (!exempt) {
      Left left = attempts.takeAndTell(ClientAddress.client(ClientAddress.of(exchange)));
      if (!left.taken()) {
        return Mono.error(tooMany.problem(attempts, left, PASSWORDS, exchange));
      }
      attempts.describe(left, exchange.getResponse().getHeaders());
    }
    return chain.filter(exchange);
  }

  private Mono<Void> attempt(
      Guess guess, boolean exempt, ServerWebExchange exchange, WebFilterChain chain) {
    // Counted before the password is checked, and given back if it was right: many attempts at the
    // same time are as many as one after the other.
    Left left = account.takeAndTell(guess);
    if (!left.taken()) {
      return Mono.error(tooMany.problem(account, left, LOGINS, exchange));
    }
    boolean byAddress = !exempt && known.getIfPresent(guess) == null;
    if (byAddress) {
      Left ofAddress = address.takeAndTell(guess.client());
      if (!ofAddress.taken()) {
        account.giveBack(guess);
        return Mono.error(tooMany.problem(address, ofAddress, LOGINS, exchange));
      }
    }
    account.describe(left, exchange.getResponse().getHeaders());
    exchange
        .getResponse()
        .beforeCommit(() -> Mono.fromRunnable(() -> settle(guess, byAddress, left, exchange)));
    return chain.filter(exchange);
  }

  private void settle(Guess guess, boolean byAddress, Left left, ServerWebExchange exchange) {
    HttpStatusCode status = exchange.getResponse().getStatusCode();
    if (HttpStatus.UNAUTHORIZED.equals(status) || WrongPassword.isNoted(exchange)) {
      return;
    }
    account.giveBack(guess);
    if (byAddress) {
      address.giveBack(guess.client());
    }
    account.describe(left.andOne(), exchange.getResponse().getHeaders());
    if (status == null || status.is2xxSuccessful()) {
      known.put(guess, Boolean.TRUE);
    }
  }
}
