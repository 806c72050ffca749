package io.crontopus.query.audit;

import io.crontopus.audit.events.AuditExported;
import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.query.page.PageRequest;
import io.crontopus.web.AuditTrail;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.stream.OpenStreams;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code /api/audit}. */
@RestController
public final class AuditController {

  private static final String NDJSON = "application/x-ndjson";
  private static final String FORMAT = "ndjson";

  private final AuditEvents events;
  private final AuditExport export;
  private final AuditTree tree;
  private final AuditProofs proofs;
  private final AuditKeys keys;
  private final AuditIntegrity integrity;
  private final AuditTrail trail;
  private final BlockingWork blocking;
  private final OpenStreams open;
  private final Clock clock;

  public AuditController(
      AuditEvents events,
      AuditExport export,
      AuditTree tree,
      AuditProofs proofs,
      AuditKeys keys,
      AuditIntegrity integrity,
      AuditTrail trail,
      BlockingWork blocking,
      OpenStreams open,
      Clock clock) {
    this.events = events;
    this.export = export;
    this.tree = tree;
    this.proofs = proofs;
    this.keys = keys;
    this.integrity = integrity;
    this.trail = trail;
    this.blocking = blocking;
    this.open = open;
    this.clock = clock;
  }

  /** Everything that happened, the latest first. */
  @GetMapping("/api/audit")
  Mono<AuditEventPage> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return events.list(
        tenantOf(caller),
        AuditFilter.of(actor, type, subject, from, to),
        PageRequest.of(limit, cursor, AuditEvents.CURSOR_KEYS));
  }

  /** One event with all that is hashed. */
  @GetMapping("/api/audit/{seq:\\d{1,18}}")
  Mono<AuditEventDetail> show(Caller caller, @PathVariable String seq) {
    return events
        .at(tenantOf(caller), Long.parseLong(seq))
        .switchIfEmpty(Mono.error(() -> Problem.notFound("event")));
  }

  /**
   * The log as lines of JSON that verify by themselves. The log is told of it before the first one.
   */
  @GetMapping(path = "/api/audit/export", produces = NDJSON)
  ResponseEntity<Flux<DataBuffer>> export(
      Caller caller,
      @RequestParam(name = "from_seq", required = false) @Nullable String fromSeq,
      @RequestParam(name = "to_seq", required = false) @Nullable String toSeq,
      ServerWebExchange exchange) {
    String tenant = tenantOf(caller);
    Origin origin = Origin.of(caller, exchange);
    // It breaks off rather than ends: what is missing must not look like all there is.
    Flux<byte[]> lines =
        export
            .range(tenant, optional("from_seq", fromSeq), optional("to_seq", toSeq))
            .flatMapMany(
                range ->
                    blocking
                        .run(() -> trail.record(origin, exported(origin, range)))
                        .thenMany(export.lines(tenant, range)))
            .takeUntilOther(
                open.end(caller, exchange)
                    .then(
                        Mono.error(
                            () ->
                                Problem.unauthenticated("the credential is not valid any more"))));
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(NDJSON))
        .body(lines.map(DefaultDataBufferFactory.sharedInstance::wrap));
  }

  private AuditExported exported(Origin origin, AuditExport.Range range) {
    return new AuditExported(
        origin.tenantId().isEmpty() ? null : origin.tenantId(),
        range.from(),
        range.to(),
        range.signed(),
        FORMAT,
        origin.actor(),
        clock.instant());
  }

  /**
   * A signed checkpoint: the newest, or the one of this size; {@code log=platform}: the platform's.
   */
  @GetMapping(path = "/api/audit/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
  Mono<String> checkpoint(
      Caller caller,
      @RequestParam(name = "tree_size", required = false) @Nullable String treeSize,
      @RequestParam(required = false) @Nullable String log) {
    String tenant = tenantOf(caller);
    return stored(tenant, log(tenant, log), optional("tree_size", treeSize))
        .map(StoredCheckpoint::note);
  }

  /** That an event is in the log. */
  @GetMapping("/api/audit/proof/inclusion")
  Mono<AuditProofs.Inclusion> inclusion(
      Caller caller,
      @RequestParam(required = false) @Nullable String seq,
      @RequestParam(name = "tree_size", required = false) @Nullable String treeSize) {
    return proofs.inclusion(
        tenantOf(caller), required("seq", seq), optional("tree_size", treeSize));
  }

  /** That a log is the continuation of what it was. */
  @GetMapping("/api/audit/proof/consistency")
  Mono<AuditProofs.Consistency> consistency(
      Caller caller,
      @RequestParam(required = false) @Nullable String first,
      @RequestParam(required = false) @Nullable String second) {
    return proofs.consistency(
        tenantOf(caller), required("first", first), optional("second", second));
  }

  /** That a checkpoint of the tenant is in the platform's log. */
  @GetMapping("/api/audit/proof/platform")
  Mono<AuditProofs.InPlatform> platform(
      Caller caller,
      @RequestParam(name = "tree_size", required = false) @Nullable String treeSize) {
    String tenant = tenantOf(caller);
    return stored(tenant, tenant, optional("tree_size", treeSize))
        .flatMap(checkpoint -> proofs.inPlatform(tenant, checkpoint));
  }

  /** The public keys. */
  @GetMapping("/api/audit/keys")
  Mono<AuditKeys.Keys> keys(Caller caller) {
    return keys.all(tenantOf(caller));
  }

  /** What the platform itself has found when it last compared everything. */
  @GetMapping("/api/audit/integrity")
  Mono<AuditIntegrity.Integrity> integrity(Caller caller) {
    return integrity.of(tenantOf(caller));
  }

  /** Whose log it is: of those who run the platform the one that is no tenant's. */
  private static String tenantOf(Caller caller) {
    if (caller.kind() == Caller.Kind.OPERATOR) {
      return AuditTree.OPERATORS;
    }
    Callers.require(caller, Scope.READ_AUDIT);
    return caller.tenantId();
  }

  private Mono<StoredCheckpoint> stored(String tenant, String log, @Nullable Long size) {
    Mono<StoredCheckpoint> found =
        size == null ? tree.latest(tenant, log) : tree.at(tenant, log, size);
    return found.switchIfEmpty(Mono.error(() -> Problem.notFound("checkpoint")));
  }

  private static String log(String tenant, @Nullable String log) {
    if (log == null || log.isEmpty() || log.equals("tenant")) {
      return tenant;
    }
    if (log.equals("platform")) {
      return AuditTree.PLATFORM;
    }
    throw Problem.invalid("log", "must be one of tenant, platform");
  }

  private static long required(String name, @Nullable String value) {
    Long number = optional(name, value);
    if (number == null) {
      throw Problem.invalid(name, "is required");
    }
    return number;
  }

  private static @Nullable Long optional(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (!value.matches("[0-9]{1,18}")) {
      throw Problem.invalid(name, "must be a number from 0 on");
    }
    return Long.valueOf(value);
  }
}
