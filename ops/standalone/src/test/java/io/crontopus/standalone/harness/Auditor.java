package io.crontopus.standalone.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Somebody who keeps what was signed while a platform goes through hard times, and holds it against
 * the log afterwards.
 */
public final class Auditor {

  private final Path folder;
  private final List<Path> kept = new ArrayList<>();

  /** Keeps its files in {@code folder}. */
  public Auditor(Path folder) {
    this.folder = folder;
  }

  /** Keeps what is signed now, if anything is. */
  public void keep(PlatformProcess platform) {
    ApiClient.Answer checkpoint = platform.owner().get("/api/audit/checkpoint");
    if (checkpoint.status() == 200) {
      kept.add(write("checkpoint-" + kept.size(), checkpoint.body()));
    }
  }

  /** How many checkpoints are kept. */
  public int kept() {
    return kept.size();
  }

  /** Events of the platform that its audit log does not have, or has twice. */
  public static long notAuditedOnce(PlatformProcess platform) {
    return number(
        platform,
        """
        SELECT count(*) FROM (
          SELECT FROM event_store.domain_event d LEFT JOIN audit.entry e ON e.position = d.global_index
          GROUP BY d.global_index HAVING count(e.position) <> 1) AS odd
        """);
  }

  /** Events that are not signed yet. */
  public static long unsigned(PlatformProcess platform) {
    return number(
        platform,
        "SELECT coalesce(sum(size - signed_size), 0) FROM audit.log WHERE tenant_id <> ''");
  }

  /**
   * Verifies an export with the command line, as the continuation of everything that was kept and
   * of every checkpoint that is stored.
   */
  public void verify(PlatformProcess platform) {
    ApiClient owner = platform.owner();
    verify(platform, owner);
    String tenant = owner.get("/api/auth/me").json().path("tenant_id").asString();
    for (long size : signedSizes(platform, tenant)) {
      String stored = owner.get("/api/audit/checkpoint?tree_size=" + size).body();
      String proven =
          owner
              .get("/api/audit/proof/consistency?first=" + size)
              .json()
              .path("first_root")
              .asString();
      assertThat(stored.lines().toList()).as("checkpoint of %d", size).contains(proven);
    }
    assertThat(number(platform, "SELECT count(*) FROM audit.finding")).isZero();
  }

  /** Verifies the platform's own log, with the command line and what an operator has. */
  public void verifyPlatformsOwn(PlatformProcess platform) {
    verify(platform, platform.operator());
  }

  private void verify(PlatformProcess platform, ApiClient reader) {
    Map<String, String> user =
        Map.of("CRONTOPUS_SERVER", platform.url(), "CRONTOPUS_TOKEN", reader.token());
    Path export = folder.resolve("log.ndjson");
    succeeded(Checkout.run(user, "audit", "export", "--file", export.toString()));
    await("the log has been told of its export")
        .atMost(Duration.ofMinutes(1))
        .until(() -> reader.get("/api/audit?type=audit.exported").body().contains("\"ndjson\""));
    Path key = write("audit.pub", succeeded(Checkout.run(user, "audit", "keys", "-q")));
    succeeded(verify(export, key));
    for (Path checkpoint : kept) {
      succeeded(verify(export, key, "--since", checkpoint.toString()));
    }
  }

  private static Finished verify(Path export, Path key, String... more) {
    List<String> command =
        new ArrayList<>(List.of("audit", "verify", export.toString(), "--key", key.toString()));
    command.addAll(List.of(more));
    return Checkout.run(command.toArray(String[]::new));
  }

  private static String succeeded(Finished command) {
    assertThat(command.exitCode()).as(command.err()).isZero();
    return command.out();
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Long> signedSizes(PlatformProcess platform, String tenant) {
    try (Connection database = platform.database();
        PreparedStatement query =
            database.prepareStatement(
                "SELECT size FROM audit.checkpoint WHERE tenant_id = ? ORDER BY size")) {
      query.setString(1, tenant);
      List<Long> sizes = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          sizes.add(rows.getLong(1));
        }
      }
      return sizes;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(PlatformProcess platform, String sql) {
    try (Connection database = platform.database();
        Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
