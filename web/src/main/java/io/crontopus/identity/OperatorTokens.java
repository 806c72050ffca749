package io.crontopus.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of those who run the platform: the lines of a file that only they can write, each a
 * token, with its owner's name before it where there are several ({@code name cto_…}). The file is
 * read whenever one is shown, so that a line that is taken out stops working with the next look-up.
 */
public final class OperatorTokens {

  /** No operators: the operators' API is closed. */
  public static final OperatorTokens NONE = new OperatorTokens(null);

  private static final Logger log = LoggerFactory.getLogger(OperatorTokens.class);
  private static final String NAMELESS = "operator";

  private final @Nullable Path file;

  private OperatorTokens(@Nullable Path file) {
    this.file = file;
  }

  /** The tokens in this file. */
  public static OperatorTokens in(Path file) {
    return new OperatorTokens(file);
  }

  /** Whose token this is. */
  Optional<Caller> find(String credential) {
    byte[] wanted = SecretToken.hash(credential);
    return lines().stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(
            fields -> MessageDigest.isEqual(SecretToken.hash(fields[fields.length - 1]), wanted))
        .map(fields -> fields.length == 1 ? NAMELESS : fields[0])
        .map(name -> new Caller(Caller.Kind.OPERATOR, "", name, Set.of(), List.of(), null))
        .findFirst();
  }

  private List<String> lines() {
    if (file == null) {
      return List.of();
    }
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      log.warn("the operators' tokens cannot be read: {}", e.toString());
      return List.of();
    }
  }
}
