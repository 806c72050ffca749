package io.crontopus.web;

import io.crontopus.identity.SecretToken;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What a resource was like, as one word: whoever changes it can say which state of it they have
 * seen, and is told when it is another one by now.
 *
 * @param value with the quotation marks, as in the header {@code ETag}
 */
public record EntityTag(String value) {

  private static final int CHARACTERS = 22;

  /** The tag of a resource with this content. */
  public static EntityTag of(Object content) {
    byte[] hash = SecretToken.hash(content.toString());
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    return new EntityTag('"' + text.substring(0, CHARACTERS) + '"');
  }

  /**
   * Requires that the resource is as its changer has seen it.
   *
   * @param ifMatch the header {@code If-Match}; null for a client that does not care
   * @throws Problem 412 when it is not
   */
  public void requireSeen(@Nullable String ifMatch) {
    if (ifMatch != null
        && !ifMatch.strip().equals("*")
        && Arrays.stream(ifMatch.split(",")).map(String::strip).noneMatch(value::equals)) {
      throw Problem.of(
          HttpStatus.PRECONDITION_FAILED,
          "changed-since",
          "it has changed since you read it: read it again, and decide again");
    }
  }
}
