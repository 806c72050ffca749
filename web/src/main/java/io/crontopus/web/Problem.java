package io.crontopus.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request that cannot be served, told as an RFC 9457 problem document.
 *
 * <p>Codes are part of the API: they never change their meaning.
 */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Agents go on to ask; a whole fleet of them should not do so all the time. */
  private static final long SUSPENDED_RETRY_SECONDS = 30;

  /**
   * What is wrong with one part of the request.
   *
   * @param pointer a JSON pointer into the body, or the name of a parameter
   */
  public record FieldError(String pointer, String detail) {}

  private final HttpStatus status;
  private final String code;
  private final transient List<FieldError> errors;
  private final @Nullable Long retryAfterSeconds;

  private Problem(
      HttpStatus status,
      String code,
      String detail,
      List<FieldError> errors,
      @Nullable Long retryAfterSeconds) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.errors = List.copyOf(errors);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** A problem of this status and code. */
  public static Problem of(HttpStatus status, String code, String detail) {
    return new Problem(status, code, detail, List.of(), null);
  }

  /** The request's content is wrong at these places. */
  public static Problem invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? (errors.getFirst().pointer() + ": " + errors.getFirst().detail())
                .replaceFirst("^: ", "")
            : errors.size() + " fields are not valid";
    return new Problem(HttpStatus.BAD_REQUEST, "invalid-request", detail, errors, null);
  }

  /** The request's content is wrong at this place. */
  public static Problem invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  /** There is no such thing, or not for this caller: the answer is the same. */
  public static Problem notFound(String what) {
    return of(HttpStatus.NOT_FOUND, "not-found", "no such " + what);
  }

  /** No credential, or one that is not valid. */
  public static Problem unauthenticated(String detail) {
    return of(HttpStatus.UNAUTHORIZED, "unauthenticated", detail);
  }

  /** A valid credential that may not do this. */
  public static Problem forbidden(String detail) {
    return of(HttpStatus.FORBIDDEN, "forbidden", detail);
  }

  /**
   * The tenant that the credential belongs to was suspended by those who run the platform; nothing
   * is lost, and everything works again when they resume it.
   */
  public static Problem suspended() {
    return new Problem(
        HttpStatus.FORBIDDEN,
        "tenant-suspended",
        "the tenant is suspended: whoever runs this platform can say why, and resume it",
        List.of(),
        SUSPENDED_RETRY_SECONDS);
  }

  /** This client asks too often; the same request may be sent again after this time. */
  public static Problem tooMany(String detail, long retryAfterSeconds) {
    return new Problem(
        HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", detail, List.of(), retryAfterSeconds);
  }

  /** Too much to do right now; the same request may be sent again after this time. */
  public static Problem overloaded(long retryAfterSeconds) {
    return new Problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "overloaded",
        "the server has too much to do, try again later",
        List.of(),
        retryAfterSeconds);
  }

  /** The database is out of reach; the same request may be sent again after this time. */
  public static Problem unavailable(long retryAfterSeconds) {
    return new Problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "unavailable",
        "the database cannot be reached at the moment, try again later",
        List.of(),
        retryAfterSeconds);
  }

  /** The HTTP status. */
  public HttpStatus status() {
    return status;
  }

  /** The stable code; also the end of the document's {@code type}. */
  public String code() {
    return code;
  }

  /** What is wrong, field by field. */
  public List<FieldError> errors() {
    return errors;
  }

  /** Seconds to wait before the request is worth repeating. */
  public @Nullable Long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
