package io.crontopus.command.login;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.crontopus.identity.Caller;
import io.crontopus.identity.SigningKeys;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.RequestCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The keys that sign access tokens: for everybody to verify with, for operators to change. */
@RestController
class SigningKeyController {

  private static final int LONGEST_REASON = 200;
  private static final Duration CACHED = Duration.ofMinutes(5);

  private final SigningKeys keys;
  private final KeyRotation rotation;
  private final BlockingWork blocking;

  SigningKeyController(SigningKeys keys, KeyRotation rotation, BlockingWork blocking) {
    this.keys = keys;
    this.rotation = rotation;
    this.blocking = blocking;
  }

  record RotateRequest(@Nullable String reason, @Nullable Boolean atOnce) {}

  record Rotated(String keyId) {}

  /** The public keys, as RFC 7517 writes them. */
  @GetMapping("/.well-known/jwks.json")
  Mono<ResponseEntity<Map<String, Object>>> published() {
    return blocking
        .call(() -> new JWKSet(List.<JWK>copyOf(keys.published())).toJSONObject(true))
        .map(
            set ->
                ResponseEntity.ok()
                    .cacheControl(CacheControl.maxAge(CACHED).cachePublic())
                    .body(set));
  }

  /**
   * Signs with a new key from now on. Tokens of former keys stay valid until they expire, unless
   * {@code at_once} says otherwise.
   */
  @PostMapping("/api/admin/signing-keys")
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Rotated> rotate(
      @RequestBody RotateRequest request, Caller caller, ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    RequestCheck check = new RequestCheck();
    String reason = check.text("/reason", request.reason(), LONGEST_REASON);
    check.done();
    Origin origin = Origin.of(caller, exchange);
    return blocking
        .call(() -> rotation.rotate(origin, reason, Boolean.TRUE.equals(request.atOnce())))
        .map(Rotated::new);
  }
}
