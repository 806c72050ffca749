package io.crontopus.command.endpoint;

import io.crontopus.command.bus.Commands;
import io.crontopus.endpoint.EndpointId;
import io.crontopus.endpoint.commands.EnrollEndpoint;
import io.crontopus.identity.Caller;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.EnrollmentTokenStore;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.StoredText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Machines become endpoints. */
@RestController
class EnrollmentController {

  private static final int MAX_NAME = 253;
  private static final int MAX_LABELS = 64;

  private final Commands commands;
  private final EnrollmentTokenStore enrollmentTokens;
  private final EndpointTokenStore endpointTokens;
  private final TenantDatabase database;
  private final BlockingWork blocking;
  private final InstantSource clock;
  private final String publicUrl;

  EnrollmentController(
      Commands commands,
      EnrollmentTokenStore enrollmentTokens,
      EndpointTokenStore endpointTokens,
      TenantDatabase database,
      BlockingWork blocking,
      InstantSource clock,
      String publicUrl) {
    this.commands = commands;
    this.enrollmentTokens = enrollmentTokens;
    this.endpointTokens = endpointTokens;
    this.database = database;
    this.blocking = blocking;
    this.clock = clock;
    this.publicUrl = publicUrl;
  }

  record Request(
      @Nullable String name,
      @Nullable String hostname,
      @Nullable String machineId,
      @Nullable String platform,
      @Nullable String version,
      @Nullable Map<String, String> labels) {}

  record Enrolled(
      String endpointId, String token, String tenantId, String gitRepoUrl, String gitBranch) {}

  /**
   * Enrolls a machine. The same machine again gives the same endpoint with a new token; the old one
   * stops working.
   */
  @PostMapping("/api/endpoints/enroll")
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Enrolled> enroll(@RequestBody Request request, Caller caller, ServerWebExchange exchange) {
    if (caller.kind() != Caller.Kind.ENROLLMENT_TOKEN) {
      throw Problem.forbidden("enrolling needs an enrollment token (cte_…)");
    }
    EnrollEndpoint command = command(request, caller);
    String secret = SecretToken.issue(SecretToken.Kind.ENDPOINT);
    EndpointId endpoint = command.endpoint();
    return blocking
        .run(() -> use(caller, endpoint, secret))
        .then(
            Mono.defer(() -> commands.send(command, Origin.of(caller, exchange), Object.class))
                .onErrorResume(e -> giveBack(caller).then(Mono.error(e))))
        .thenReturn(
            new Enrolled(
                endpoint.value(),
                secret,
                endpoint.tenantId(),
                publicUrl + "/git/" + endpoint.tenantId() + "/job-manifests.git",
                "main"));
  }

  /** A machine that was turned away can try again. */
  private Mono<Void> giveBack(Caller caller) {
    return blocking
        .run(() -> enrollmentTokens.giveBack(caller.tenantId(), caller.subject()))
        .onErrorComplete();
  }

  /** Counts the use and makes the token, or neither. */
  private void use(Caller caller, EndpointId endpoint, String secret) {
    Instant now = clock.instant();
    boolean _ =
        database.in(
            caller.tenantId(),
            _ -> {
              if (!enrollmentTokens.use(caller.subject(), now)) {
                throw Problem.of(
                    HttpStatus.CONFLICT,
                    "enrollment-token-used-up",
                    "the enrollment token has no uses left");
              }
              endpointTokens.replace(
                  new EndpointTokenStore.Owner(endpoint.tenantId(), endpoint.value()), secret, now);
              return true;
            });
  }

  private EnrollEndpoint command(Request request, Caller caller) {
    RequestCheck check = new RequestCheck();
    String hostname = check.text("/hostname", request.hostname(), MAX_NAME);
    String machineId = check.text("/machine_id", request.machineId(), MAX_NAME);
    String platform = check.text("/platform", request.platform(), MAX_NAME);
    @Nullable String name = check.optionalText("/name", request.name(), MAX_NAME);
    @Nullable String version = check.optionalText("/version", request.version(), MAX_NAME);
    Map<String, String> labels = request.labels() == null ? Map.of() : request.labels();
    check.that(labels.size() <= MAX_LABELS, "/labels", "at most " + MAX_LABELS);
    labels.forEach(
        (key, value) -> {
          if (key.length() <= MAX_NAME && StoredText.isPlain(key)) {
            check.text("/labels/" + key, value, MAX_NAME);
          } else {
            // Not in the pointer: it could not be sent either.
            check.error("/labels", "has a name that is too long, or has a control character");
          }
        });
    check.done();
    return new EnrollEndpoint(
        EndpointId.ofMachine(caller.tenantId(), machineId),
        name == null || name.isBlank() ? hostname : name,
        hostname,
        machineId,
        platform,
        Objects.requireNonNullElse(version, ""),
        Map.copyOf(labels),
        caller.subject(),
        clock.instant());
  }
}
