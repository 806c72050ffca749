package io.crontopus.projection.audit;

import io.crontopus.proof.note.SigningKey;
import io.crontopus.proof.note.VerifierKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign now. The database knows the public halves of all that ever did; a file with
 * none of those that are valid is somebody else's, or somebody's mistake, and signs nothing.
 */
final class SigningKeys {

  private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

  private final SigningKeyFile file;
  private final boolean acceptNew;
  private String complaint = "";

  SigningKeys(SigningKeyFile file, boolean acceptNew) {
    this.file = file;
    this.acceptNew = acceptNew;
  }

  /** The keys, the newest first; none when this node cannot sign. Registers new ones. */
  List<SigningKey> signing(Connection connection) throws SQLException {
    List<VerifierKey> valid = valid(connection);
    if (!file.exists()) {
      if (!valid.isEmpty() && !acceptNew) {
        return refuse(
            "the signing key "
                + file
                + " is missing, and "
                + valid.getFirst()
                + " has signed before");
      }
      file.create(SigningKey.generate(valid.isEmpty() ? newOrigin() : valid.getFirst().name()));
    }
    List<SigningKey> keys;
    try {
      keys = file.read();
    } catch (IllegalStateException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
    Set<VerifierKey> held = new HashSet<>(keys.stream().map(SigningKey::verifier).toList());
    if (!valid.isEmpty() && valid.stream().noneMatch(held::contains) && !acceptNew) {
      return refuse("none of the keys in " + file + " has signed before: " + held);
    }
    if (!valid.isEmpty() && !valid.getFirst().name().equals(keys.getFirst().verifier().name())) {
      return refuse("the keys in " + file + " are of another name than " + valid.getFirst().name());
    }
    register(connection, valid, held);
    complaint = "";
    return keys;
  }

  /** Why this node signs nothing; empty when it can. */
  String complaint() {
    return complaint;
  }

  private List<SigningKey> refuse(String why) {
    if (!why.equals(complaint)) {
      log.error("no checkpoints are signed: {}", why);
      complaint = why;
    }
    return List.of();
  }

  private static void register(
      Connection connection, List<VerifierKey> valid, Set<VerifierKey> held) throws SQLException {
    for (VerifierKey key : held) {
      if (!valid.contains(key)) {
        update(
            connection,
            """
            INSERT INTO audit.signing_key (verifier, valid_from) VALUES (?, clock_timestamp())
            ON CONFLICT (verifier) DO UPDATE SET valid_to = NULL
            """,
            key);
        log.info("checkpoints are signed with {}", key);
      }
    }
    for (VerifierKey key : valid) {
      if (!held.contains(key)) {
        update(
            connection,
            "UPDATE audit.signing_key SET valid_to = clock_timestamp() WHERE verifier = ?",
            key);
        log.info("{} signs no more", key);
      }
    }
  }

  private static void update(Connection connection, String sql, VerifierKey key)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, key.toString());
      update.executeUpdate();
    }
  }

  private static List<VerifierKey> valid(Connection connection) throws SQLException {
    return keys(
        connection,
        "SELECT verifier FROM audit.signing_key WHERE valid_to IS NULL ORDER BY valid_from DESC");
  }

  /** All keys that ever signed. */
  static List<VerifierKey> all(Connection connection) throws SQLException {
    return keys(connection, "SELECT verifier FROM audit.signing_key ORDER BY valid_from DESC");
  }

  private static List<VerifierKey> keys(Connection connection, String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      List<VerifierKey> keys = new ArrayList<>();
      while (rows.next()) {
        keys.add(VerifierKey.parse(rows.getString(1)));
      }
      return keys;
    }
  }

  /** A name that no other platform has. */
  private static String newOrigin() {
    byte[] random = new byte[8];
    new java.security.SecureRandom().nextBytes(random);
    return "crontopus/" + HexFormat.of().formatHex(random);
  }
}
