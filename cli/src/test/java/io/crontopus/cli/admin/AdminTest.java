package io.crontopus.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTest {
  private static final String ACME =
      """
      {"id":"acme","status":"%s","status_since":"2026-03-01T11:00:00.000Z","changed_by":"operator:ann",\
      "reason":"unpaid","created_at":"2026-02-01T12:00:00.000Z","purge_after":%s,"users":3,"endpoints":17,\
      "api_tokens":2,"purge":%s}""";
  private static final String SUSPENDED = ACME.formatted("suspended", "null", "null");

  @TempDir Path home;
  private TestPlatform platform;
  private Shell shell;

  @BeforeEach
  void start() {
    platform = new TestPlatform();
    shell = Shell.at(platform, home);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void tenantsAreListedAsAskedFor() {
    platform.on(
        "GET /api/admin/tenants",
        Reply.json(200, "{\"tenants\":[" + SUSPENDED + "],\"next_cursor\":null}"));

    Shell.Result result =
        shell.run("admin", "tenants", "list", "--status", "suspended", "--search", "ac");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("acme")
        .contains("suspended")
        .contains("17")
        .contains("unpaid");
    assertThat(platform.lastRequest().query("status")).isEqualTo("suspended");
    assertThat(platform.lastRequest().query("q")).isEqualTo("ac");
    assertThat(shell.run("admin", "tenants", "list", "-q").out()).isEqualTo("acme\n");
  }

  @Test
  void showTellsHowFarARemovalIs() {
    platform.on(
        "GET /api/admin/tenants/acme",
        Reply.json(
            200,
            ACME.formatted(
                "purging",
                "null",
                "{\"phase\":\"events\",\"events\":4000,\"events_before\":12000,\"rows\":731,\"problem\":null}")));

    assertThat(shell.run("admin", "tenants", "show", "acme").out())
        .contains("purging")
        .contains("events: 4000 of 12000 events, 731 other rows");
    assertThat(shell.run("admin", "tenants", "show", "acme", "-o", "json").out())
        .contains("\"events_before\"");
  }

  @Test
  void createPrintsTheInvitationAlone() {
    platform.on(
        "POST /api/admin/tenants",
        Reply.json(
            201,
            """
            {"id":"acme","status":"active","invitation":{"id":"i1","username":"ann","email":"ann@example.org",\
            "token":"cti_secret","expires_at":"2026-03-08T12:00:00.000Z"}}"""));

    Shell.Result result =
        shell.run(
            "admin",
            "tenants",
            "create",
            "acme",
            "--username",
            "ann",
            "--email",
            "ann@example.org",
            "--reason",
            "contract 17");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("cti_secret\n");
    assertThat(result.err()).contains("Keep it now").doesNotContain("cti_secret");
    assertThat(platform.lastRequest().body())
        .contains("\"slug\":\"acme\"")
        .contains("\"reason\":\"contract 17\"");
  }

  @Test
  void nothingIsDoneWithoutAReason() {
    for (String verb : new String[] {"suspend", "resume", "delete"}) {
      Shell.Result result = shell.run("admin", "tenants", verb, "acme");
      assertThat(result.exitCode()).as(verb).isEqualTo(2);
      assertThat(result.err()).contains("--reason");
    }
  }

  @Test
  void suspendAsksForTheTenantsName() {
    platform.on("POST /api/admin/tenants/acme/suspend", Reply.json(200, SUSPENDED));
    String[] suspend = {"admin", "tenants", "suspend", "acme", "--reason", "unpaid"};

    Shell.Result nobody = shell.run(suspend);
    assertThat(nobody.exitCode()).isEqualTo(6);
    assertThat(nobody.err()).contains("--yes");

    Shell.Result mistyped = shell.askable("").input("acne\n").run(suspend);
    assertThat(mistyped.exitCode()).isEqualTo(6);
    assertThat(mistyped.err()).contains("nothing was changed");
    assertThat(platform.requests()).isEmpty();

    Shell.Result typed = shell.askable("").input("acme\n").run(suspend);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.err()).contains("acme is suspended.");
    assertThat(platform.lastRequest().body()).isEqualTo("{\"reason\":\"unpaid\"}");
  }

  @Test
  void deleteConfirmsToThePlatformAndSaysUntilWhenItCanBeTakenBack() {
    platform.on(
        "POST /api/admin/tenants/acme/delete",
        Reply.json(202, ACME.formatted("deleting", "\"2026-03-08T12:00:00.000Z\"", "null")));

    Shell.Result result =
        shell.run("admin", "tenants", "delete", "acme", "--reason", "over", "--yes");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("2026-03-08T12:00:00Z").contains("resume takes it back");
    assertThat(platform.lastRequest().body()).contains("\"confirm\":\"acme\"");
  }

  @Test
  void resumeSaysWhenItIsTooLate() {
    platform.on(
        "POST /api/admin/tenants/acme/resume",
        Reply.problem(409, "tenant-purged", "Conflict", "the data of acme is gone"));

    Shell.Result result = shell.run("admin", "tenants", "resume", "acme", "--reason", "sorry");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("the data of acme is gone");
  }

  @Test
  void usageIsShownByTheDay() {
    platform.on(
        "GET /api/admin/usage",
        Reply.json(
            200,
            """
            {"usage":[{"tenant_id":"acme","day":"2026-02-28","api_calls":120,"check_ins":45,"runs":44,\
            "heartbeats":2880,"storage_bytes":3670016,"endpoints":17,"users":3}],"next_cursor":null}"""));

    Shell.Result result = shell.run("admin", "usage", "--tenant", "acme", "--from", "2026-02-01");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("2026-02-28").contains("120").contains("3.5 MB");
    assertThat(platform.lastRequest().query("tenant")).isEqualTo("acme");
    assertThat(platform.lastRequest().query("from")).isEqualTo("2026-02-01");
  }

  @Test
  void signingKeysAreRotatedAndFormerOnesRefusedAfterAQuestion() {
    platform.on("POST /api/admin/signing-keys", Reply.json(201, "{\"key_id\":\"k2\"}"));

    Shell.Result rotated =
        shell.run("admin", "signing-keys", "rotate", "--reason", "a colleague has left");

    assertThat(rotated)
        .isEqualTo(new Shell.Result(0, "", "Access tokens are signed with key k2 from now on.\n"));
    assertThat(platform.lastRequest().body())
        .isEqualTo("{\"reason\":\"a colleague has left\",\"at_once\":false}");

    String[] atOnce = {
      "admin", "signing-keys", "rotate", "--reason", "stolen", "--at-once", "-o", "json"
    };
    Shell.Result nobody = shell.run(atOnce);
    assertThat(nobody.exitCode()).isEqualTo(6);
    assertThat(nobody.err()).contains("--yes");
    assertThat(platform.requests()).hasSize(1);

    Shell.Result refused = shell.askable("").input("y\n").run(atOnce);
    assertThat(refused.exitCode()).as(refused.err()).isZero();
    assertThat(refused.out()).contains("\"key_id\"");
    assertThat(platform.lastRequest().body()).contains("\"at_once\":true");
    assertThat(shell.run("admin", "signing-keys", "rotate").err()).contains("--reason");
  }

  @Test
  void healthEndsWithOneWhenSomethingIsWrong() {
    String health =
        """
        {"status":"%s","problems":[%s],"version":"1.2","uptime_seconds":7380,"tenants":{"active":2},\
        "database":{"latency_millis":0.4,"size_bytes":2048,"connections":9,"max_connections":100},\
        "projections":[{"name":"runs","state":"following","lag":0,"parked":0}],"dead_letters":0,\
        "audit":{"findings":0,"behind":0,"checked_seconds_ago":null},"disk":null,"storage":{"git_bytes":0},\
        "nodes":[{"host":"one","version":"1.2","started_at":"2026-03-01T10:00:00.000Z","seen_at":"2026-03-01T11:59:58.000Z"}]}""";
    platform.on("GET /api/admin/health", Reply.json(200, health.formatted("ok", "")));

    Shell.Result well = shell.run("admin", "health");
    assertThat(well.exitCode()).as(well.err()).isZero();
    assertThat(well.out()).contains("2 h 3 min").contains("runs").contains("not checked yet");

    platform.on(
        "GET /api/admin/health",
        Reply.json(200, health.formatted("degraded", "\"the disk of git is nearly full\"")));
    Shell.Result ill = shell.run("admin", "health");
    assertThat(ill.exitCode()).isEqualTo(1);
    assertThat(ill.out()).contains("nearly full");
  }
}
