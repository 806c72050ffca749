package io.crontopus.command.login.device;

import io.crontopus.command.login.Login;
import io.crontopus.command.login.Sessions.Tokens;
import io.crontopus.command.login.Visit;
import io.crontopus.command.login.device.DeviceRefusal.Reason;
import io.crontopus.identity.Caller;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Origin;
import io.crontopus.web.RequestCheck;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The device authorization grant of OAuth 2.0 (RFC 8628). */
@RestController
@RequestMapping("/api/auth/device")
class DeviceController {

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final int LONGEST = 100;

  private final DeviceLogins logins;
  private final BlockingWork blocking;
  private final String page;

  /**
   * Serves the grant.
   *
   * @param page where people decide
   */
  DeviceController(DeviceLogins logins, BlockingWork blocking, String page) {
    this.logins = logins;
    this.blocking = blocking;
    this.page = page;
  }

  /** The answer to a program that asks; times in seconds. */
  record Asked(
      String deviceCode,
      String userCode,
      String verificationUri,
      String verificationUriComplete,
      long expiresIn,
      int interval) {}

  record CodeRequest(@Nullable String userCode) {}

  /** What asks, for whoever decides. */
  record Shown(String client, @Nullable String address, Instant createdAt, Instant expiresAt) {}

  /** OAuth's error (RFC 6749, 5.2). */
  record Refused(String error, String errorDescription) {}

  /**
   * A program asks to be let in. The form has {@code client_id}, and may have {@code device_name}:
   * what the person who decides is shown.
   */
  @PostMapping
  Mono<Asked> ask(ServerWebExchange exchange) {
    Visit visit = Visit.of(exchange);
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              String name = form.getFirst("device_name");
              String client = required(form, "client_id", LONGEST);
              String shown = name == null || name.isBlank() ? client : name;
              if (shown.length() > LONGEST) {
                throw new DeviceRefusal(Reason.INVALID_REQUEST);
              }
              String plain = shown.replaceAll("\\p{Cntrl}|\\p{Cf}", " ").strip();
              return blocking.call(() -> logins.ask(plain, visit));
            })
        .map(this::asked);
  }

  private Asked asked(DeviceLogins.Asked asked) {
    String code = asked.userCode().shown();
    return new Asked(
        asked.deviceCode(),
        code,
        page,
        page + "?user_code=" + code,
        DeviceLogins.VALIDITY.toSeconds(),
        DeviceLogins.POLL_SECONDS);
  }

  /** The program asks whether it is let in; its tokens, or one of the standard's errors. */
  @PostMapping("/token")
  Mono<Tokens> token(ServerWebExchange exchange) {
    Visit visit = Visit.of(exchange);
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              if (!GRANT.equals(form.getFirst("grant_type"))) {
                throw new DeviceRefusal(
                    form.containsKey("grant_type")
                        ? Reason.UNSUPPORTED_GRANT_TYPE
                        : Reason.INVALID_REQUEST);
              }
              String deviceCode = required(form, "device_code", LONGEST);
              return blocking.call(() -> logins.tokens(deviceCode, visit));
            });
  }

  /** What asks, for whoever is logged in and has its code. */
  @PostMapping("/show")
  Mono<Shown> show(@RequestBody CodeRequest request, Caller caller) {
    Login _ = Login.of(caller);
    String code = code(request);
    return blocking
        .call(() -> logins.show(code))
        .map(
            found ->
                new Shown(
                    found.client(),
                    found.address().isEmpty() ? null : found.address(),
                    found.createdAt(),
                    found.expiresAt()));
  }

  /** Lets the program in as the caller. */
  @PostMapping("/approve")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> approve(@RequestBody CodeRequest request, Caller caller, ServerWebExchange exchange) {
    Login login = Login.of(caller);
    String code = code(request);
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> logins.approve(origin, login.userId(), code));
  }

  /** Refuses the program. */
  @PostMapping("/deny")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> deny(@RequestBody CodeRequest request, Caller caller, ServerWebExchange exchange) {
    Login login = Login.of(caller);
    String code = code(request);
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> logins.deny(origin, login.userId(), code));
  }

  @ExceptionHandler
  ResponseEntity<Refused> refused(DeviceRefusal refusal) {
    return ResponseEntity.badRequest()
        .contentType(MediaType.APPLICATION_JSON)
        .body(
            new Refused(
                refusal.reason().name().toLowerCase(Locale.ROOT), refusal.reason().description()));
  }

  private static String code(CodeRequest request) {
    RequestCheck check = new RequestCheck();
    String code = check.text("/user_code", request.userCode(), LONGEST);
    check.done();
    return code;
  }

  private static String required(MultiValueMap<String, String> form, String name, int longest) {
    String value = form.getFirst(name);
    if (value == null || value.isBlank() || value.length() > longest) {
      throw new DeviceRefusal(Reason.INVALID_REQUEST);
    }
    return value;
  }
}
