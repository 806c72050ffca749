package io.crontopus.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.audit.events.AuditExported;
import io.crontopus.endpoint.JobInstance;
import io.crontopus.endpoint.events.EndpointCameBack;
import io.crontopus.endpoint.events.EndpointChanged;
import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointFirstSeen;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.endpoint.events.EndpointWentOffline;
import io.crontopus.endpoint.events.EndpointWentSilent;
import io.crontopus.endpoint.events.FleetCameBack;
import io.crontopus.endpoint.events.FleetWentQuiet;
import io.crontopus.endpoint.events.HeartbeatsCollected;
import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.endpoint.events.HeartbeatsObserved.Heartbeat;
import io.crontopus.endpoint.events.JobInstancesChanged;
import io.crontopus.endpoint.events.PackedHeartbeats;
import io.crontopus.enrollment.events.EndpointTokenRotated;
import io.crontopus.enrollment.events.EndpointTokenRotationWanted;
import io.crontopus.enrollment.events.EnrollmentTokenIssued;
import io.crontopus.enrollment.events.EnrollmentTokenRevoked;
import io.crontopus.event.EventCatalog;
import io.crontopus.git.ChangedFile;
import io.crontopus.git.CommitInfo;
import io.crontopus.git.events.CommitObserved;
import io.crontopus.job.events.JobDefined;
import io.crontopus.job.events.JobRemoved;
import io.crontopus.login.events.DeviceLoginApproved;
import io.crontopus.login.events.DeviceLoginDenied;
import io.crontopus.login.events.LoginFailed;
import io.crontopus.login.events.PasswordChanged;
import io.crontopus.login.events.PasswordReset;
import io.crontopus.login.events.PasswordResetRequested;
import io.crontopus.login.events.ProviderLinked;
import io.crontopus.login.events.ProviderUnlinked;
import io.crontopus.login.events.RefreshTokenReused;
import io.crontopus.login.events.SessionsEnded;
import io.crontopus.login.events.SignedInByProvider;
import io.crontopus.login.events.SigningKeyRotated;
import io.crontopus.login.events.UserLoggedIn;
import io.crontopus.platform.events.ProjectionAdministered;
import io.crontopus.platform.events.TestLetterSent;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import io.crontopus.tenant.events.ApiTokenIssued;
import io.crontopus.tenant.events.ApiTokenRevoked;
import io.crontopus.tenant.events.PingKeyIssued;
import io.crontopus.tenant.events.PingKeyRevoked;
import io.crontopus.tenant.events.TenantAdministered;
import io.crontopus.tenant.events.TenantCreated;
import io.crontopus.tenant.events.TenantDeletionRequested;
import io.crontopus.tenant.events.TenantRegistered;
import io.crontopus.tenant.events.TenantResumed;
import io.crontopus.tenant.events.TenantSuspended;
import io.crontopus.tenant.events.UserRegistered;
import io.crontopus.user.events.EmailChanged;
import io.crontopus.user.events.EmailVerified;
import io.crontopus.user.events.InvitationAccepted;
import io.crontopus.user.events.InvitationMade;
import io.crontopus.user.events.InvitationRevoked;
import io.crontopus.user.events.PersonForgotten;
import io.crontopus.user.events.RoleChanged;
import io.crontopus.user.events.ServiceAdded;
import io.crontopus.user.events.UserRemoved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event as it is stored, byte for byte, in {@code src/test/resources/events/<name>.json}. A
 * file never changes: an event whose shape changes gets a revision, an upcaster and a file more.
 */
class StoredEventsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/events");
  private static final Instant AT = Instant.parse("2026-05-01T12:00:00.123456Z");
  private static final EventSerializer SERIALIZER = EventSerializer.create();

  static Stream<Object> events() {
    return Stream.of(
        new RunStarted(
            "acme", "r1", "default", "backup", "job-1", "ep-1", "c0ffee", "agent", AT, AT, AT,
            60_000L, 300_000),
        new RunExtended("acme", "r1", AT, AT),
        new RunOutputAdded("acme", "r1", "half way\n", false, AT),
        new RunFinished(
            "acme",
            "r1",
            "default",
            "backup",
            "job-1",
            "ep-1",
            "c0ffee",
            "agent",
            "failure",
            3,
            AT,
            AT,
            1_500L,
            "no space\n",
            true,
            "exit 3",
            AT),
        new RunTimedOut("acme", "r1", AT, AT),
        new RunLateResultRecorded(
            "acme", "r1", "success", 0, AT, 99_000L, "done\n", false, null, AT),
        new EndpointEnrolled(
            "acme",
            "ep-1",
            "web-1",
            "web-1.example.org",
            "machine-1",
            "linux",
            "0.1.0",
            Map.of("role", "web"),
            "token-1",
            false,
            AT),
        new EndpointRevoked("acme", "ep-1", AT),
        new JobInstancesChanged(
            "acme",
            "ep-1",
            "c0ffee",
            "cron",
            List.of(
                new JobInstance(
                    "job-1",
                    "default",
                    "backup",
                    "default/backup.yaml",
                    "drifted",
                    List.of("0 2 * * *"),
                    "UTC",
                    "edited by hand")),
            List.of("job-2"),
            AT,
            AT),
        new EndpointFirstSeen("acme", "ep-1", AT),
        new EndpointWentSilent("acme", "ep-1", AT, AT),
        new EndpointWentOffline("acme", "ep-1", AT, AT),
        new EndpointCameBack("acme", "ep-1", AT),
        new EndpointChanged("acme", "ep-1", "0.1.0", "cron", true, "c0ffee", AT),
        new FleetWentQuiet("acme", 12, AT, AT),
        new FleetCameBack("acme", AT),
        new HeartbeatsCollected(
            AT,
            7,
            List.of(
                new HeartbeatsCollected.Alike(
                    "acme", "0.1.0", "cron", true, "c0ffee", packedHeartbeats()))),
        new HeartbeatsObserved(
            3, List.of(new Heartbeat("acme", "ep-1", AT, AT, "0.1.0", "cron", true, "c0ffee", 0L))),
        new JobDefined(
            "acme",
            "job-1",
            "default",
            "backup",
            "default/backup.yaml",
            "c0ffee",
            manifest(),
            3_600L,
            300,
            AT),
        new JobRemoved("acme", "job-1", "default", "backup", "c0ffee", AT),
        new CommitObserved(
            "acme",
            "c0ffee",
            "facade",
            "Ann",
            "ann@example.org",
            "Back up more\n",
            AT,
            "user:u1",
            AT,
            List.of(new CommitInfo("c0ffee", "Ann", "ann@example.org", "Back up more\n", AT)),
            List.of(
                new ChangedFile(
                    "default/backup.yaml",
                    "modified",
                    List.of("job-1"),
                    List.of(new ChangedFile.Problem(3, 7, "spec.schedule", "is missing"))))),
        new EnrollmentTokenIssued("acme", "token-1", "web", 10, AT, "user:u1", AT),
        new EnrollmentTokenRevoked("acme", "token-1", "user:u1", AT),
        new EndpointTokenRotationWanted("acme", "e1", "user:u1", AT),
        new EndpointTokenRotated("acme", "e1", AT),
        new TenantRegistered("acme", "u1", AT),
        new TenantCreated("acme", "i1", "contract 17", "operator:ann", AT),
        new TenantSuspended("acme", "unpaid", "operator:ann", AT),
        new TenantResumed("acme", "paid", true, "operator:ann", AT),
        new TenantDeletionRequested("acme", "cancelled", AT, "operator:ann", AT),
        new TenantAdministered("acme", "delete", "cancelled", AT, "operator:ann", AT),
        new TestLetterSent("operator:ann", AT),
        new ProjectionAdministered("runs", "drop", 17L, "cannot be read", "operator:ann", AT),
        new AuditExported("acme", 7, 41, 42, "ndjson", "user:u1", AT),
        new UserRegistered("acme", "u1", List.of("owner"), AT),
        new ApiTokenIssued("acme", "token-2", "ci", List.of("read:runs"), null, "user:u1", AT),
        new ApiTokenRevoked("acme", "token-2", "user:u1", AT),
        new DeviceLoginApproved("acme", "u1", "dr-1", "laptop", "203.0.113.9", AT),
        new DeviceLoginDenied("acme", "u1", "dr-1", "laptop", "203.0.113.9", AT),
        new PingKeyIssued("acme", "key-1", "default", "backup", "user:u1", AT),
        new PingKeyRevoked("acme", "key-1", "user:u1", AT),
        new UserLoggedIn("acme", "u1", "s1", AT),
        new LoginFailed("acme", "u1", 5, "192.0.2.1", AT, AT),
        new SessionsEnded("acme", "u1", List.of("s1", "s2"), "logout-everywhere", AT),
        new RefreshTokenReused("acme", "u1", "s1", AT),
        new PasswordChanged("acme", "u1", AT),
        new PasswordResetRequested("acme", "u1", AT),
        new PasswordReset("acme", "u1", AT),
        new SignedInByProvider("acme", "u1", "s1", "keycloak", AT),
        new ProviderLinked("acme", "u1", "keycloak", "password", AT),
        new ProviderUnlinked("acme", "u1", "keycloak", "user:u2", AT),
        new SigningKeyRotated("k2", "age", false, AT),
        new RoleChanged("acme", "u2", "viewer", "operator", "user:u1", AT),
        new UserRemoved("acme", "u2", "user:u1", AT),
        new ServiceAdded("acme", "u3", "operator", "user:u1", AT),
        new InvitationMade("acme", "i1", "viewer", AT, "user:u1", AT),
        new InvitationAccepted("acme", "i1", "u2", AT),
        new InvitationRevoked("acme", "i1", "user:u1", AT),
        new EmailVerified("acme", "u1", AT),
        new EmailChanged("acme", "u1", AT),
        new PersonForgotten("acme", "p1", "user:u1", AT));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsStoredAsItAlwaysWas(Object event) throws IOException {
    SerializedObject<byte[]> stored = SERIALIZER.serialize(event, byte[].class);
    Path golden = GOLDEN.resolve(stored.getType().getName() + ".json");
    if (Boolean.getBoolean("crontopus.golden.write") && !Files.exists(golden)) {
      Files.write(
          golden,
          (new String(stored.getData(), StandardCharsets.UTF_8) + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    assertThat(new String(stored.getData(), StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(golden).strip());
    Object read = SERIALIZER.deserialize(stored);
    assertThat(read).isEqualTo(event);
  }

  @Test
  void everyEventHasItsFile() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
                  .collect(Collectors.toSet()))
          .isEqualTo(EventCatalog.names());
    }
    assertThat(events().map(event -> EventCatalog.nameOf(event.getClass()).orElseThrow()))
        .containsExactlyInAnyOrderElementsOf(EventCatalog.names());
  }

  @Test
  void aStoredRowCannotChooseAClass() {
    SerializedObject<byte[]> hostile =
        new SimpleSerializedObject<>(
            "{}".getBytes(StandardCharsets.UTF_8), byte[].class, "java.lang.ProcessBuilder", null);
    assertThatThrownBy(() -> SERIALIZER.deserialize(hostile))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("java.lang.ProcessBuilder");
  }

  private static String packedHeartbeats() {
    PackedHeartbeats packed = new PackedHeartbeats(AT);
    long at = AT.toEpochMilli();
    packed.add(UUID.fromString("5d7c1a4e-6e0b-5f3a-9c55-3d0c2b6f7a10"), at - 200, at - 260, 0L);
    packed.add(UUID.fromString("ffffffff-ffff-5fff-bfff-ffffffffffff"), at, at + 86_400_000, null);
    packed.add(
        UUID.fromString("00000000-0000-5000-8000-000000000000"), at - 1, 0, Long.MAX_VALUE - 1);
    return packed.pack();
  }

  @Test
  void packedHeartbeatsAreReadBack() {
    List<Heartbeat> read = new ArrayList<>();
    new HeartbeatsCollected(
            AT,
            3,
            List.of(
                new HeartbeatsCollected.Alike("acme", "1", null, null, null, packedHeartbeats())))
        .forEach(read::add);
    Instant at = Instant.ofEpochMilli(AT.toEpochMilli());
    assertThat(read)
        .containsExactly(
            new Heartbeat(
                "acme",
                "5d7c1a4e-6e0b-5f3a-9c55-3d0c2b6f7a10",
                at.minusMillis(260),
                at.minusMillis(200),
                "1",
                null,
                null,
                null,
                0L),
            new Heartbeat(
                "acme",
                "ffffffff-ffff-5fff-bfff-ffffffffffff",
                at.plusSeconds(86_400),
                at,
                "1",
                null,
                null,
                null,
                null),
            new Heartbeat(
                "acme",
                "00000000-0000-5000-8000-000000000000",
                Instant.EPOCH,
                at.minusMillis(1),
                "1",
                null,
                null,
                null,
                Long.MAX_VALUE - 1));
  }

  private static Map<String, Object> manifest() {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("apiVersion", "v1");
    manifest.put("kind", "Job");
    manifest.put("spec", Map.of("schedule", List.of("0 2 * * *")));
    return manifest;
  }
}
