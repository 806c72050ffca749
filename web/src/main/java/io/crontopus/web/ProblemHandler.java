package io.crontopus.web;

import io.crontopus.identity.SecretToken;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers every failed request with a problem document (RFC 9457), and never with a stack trace.
 */
public final class ProblemHandler implements ErrorWebExceptionHandler {

  /**
   * SQL states of what PostgreSQL's texts and JSON cannot hold: only a request can have brought it.
   */
  private static final Set<String> NO_TEXT = Set.of("22021", "22P05");

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
  private static final String TYPES = "https://crontopus.io/problems/";
  private static final int TOO_LARGE = 413;
  private static final long RETRY_AFTER_SECONDS = 2;

  private final JsonMapper json;

  public ProblemHandler(JsonMapper json) {
    this.json = json;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.error(error);
    }
    Problem problem = problemOf(error);
    if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE && !(error instanceof Problem)) {
      // An outage fails every request: a line for each, not a stack trace.
      log.warn(
          "{} sent back, trace {}: {}",
          nameOf(exchange.getRequest()),
          TraceFilter.traceId(exchange),
          error.getMessage());
    } else if (problem.status().is5xxServerError() && !(error instanceof Problem)) {
      log.error(
          "{} failed, trace {}\n{}",
          nameOf(exchange.getRequest()),
          TraceFilter.traceId(exchange),
          stackTrace(error, exchange.getRequest()));
    }
    response.setStatusCode(problem.status());
    HttpHeaders headers = response.getHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (problem.retryAfterSeconds() != null) {
      headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(problem.retryAfterSeconds()));
    }
    if (problem.status() == HttpStatus.UNAUTHORIZED) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    byte[] body = json.writeValueAsBytes(document(problem, TraceFilter.traceId(exchange)));
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
  }

  /** What was asked for, without the secrets that addresses of pings hold. */
  private static String nameOf(ServerHttpRequest request) {
    return request.getMethod() + " " + SecretToken.masked(request.getPath().value());
  }

  /**
   * Where it happened. The framework notes the request in it as it came: a sign-in's codes are in
   * the query, and a ping's secret in the path.
   */
  private static String stackTrace(Throwable error, ServerHttpRequest request) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    String query = request.getURI().getRawQuery();
    return SecretToken.masked(
        query == null ? trace.toString() : trace.toString().replace("?" + query, "?…"));
  }

  /** The problem as the API writes it. */
  public static Map<String, Object> document(Problem problem, String traceId) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", TYPES + problem.code());
    document.put("title", problem.status().getReasonPhrase());
    document.put("status", problem.status().value());
    document.put("code", problem.code());
    document.put("detail", String.valueOf(problem.getMessage()));
    document.put("trace_id", traceId);
    if (!problem.errors().isEmpty()) {
      document.put("errors", problem.errors());
    }
    return document;
  }

  /** What the API says about a failure: a database out of reach is no fault of the request. */
  public static Problem problemOf(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case Problem problem -> {
          return problem;
        }
        case DataBufferLimitException e -> {
          return tooLarge();
        }
        case JacksonException e -> {
          return badJson(e);
        }
        case DataAccessResourceFailureException e -> {
          return Problem.unavailable(RETRY_AFTER_SECONDS);
        }
        case TransientDataAccessResourceException e -> {
          return Problem.unavailable(RETRY_AFTER_SECONDS);
        }
        case CannotCreateTransactionException e -> {
          return Problem.unavailable(RETRY_AFTER_SECONDS);
        }
        case SQLException e when NO_TEXT.contains(String.valueOf(e.getSQLState())) -> {
          return Problem.of(
              HttpStatus.BAD_REQUEST,
              "invalid-request",
              "the request names something with characters that no text has here, such as NUL");
        }
        default -> {
          // look at what caused it
        }
      }
    }
    return error instanceof ResponseStatusException status
        ? ofStatus(status)
        : Problem.of(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal",
            "something went wrong here; the log has the details under the trace id");
  }

  private static Problem tooLarge() {
    return Problem.of(
        HttpStatus.valueOf(TOO_LARGE),
        "too-large",
        "the request is larger than what is taken here");
  }

  private static Problem badJson(JacksonException error) {
    StringBuilder pointer = new StringBuilder();
    for (JacksonException.Reference reference : error.getPath()) {
      String name = reference.getPropertyName();
      pointer.append('/').append(name != null ? name : String.valueOf(reference.getIndex()));
    }
    String what = String.valueOf(error.getOriginalMessage()).lines().findFirst().orElse("");
    if (error instanceof StreamReadException) {
      what = "not valid JSON: " + what;
    } else if (pointer.isEmpty()) {
      what = "a JSON object is expected here";
    }
    // Both quote the request, and what is no text in it would be none in the answer.
    return Problem.invalid(
        StoredText.readable(pointer.toString()), StoredText.readable(plain(what)));
  }

  /** The parser's words, without the names of our classes. */
  private static String plain(String message) {
    return message.replaceAll(
        "`?(?:[a-z0-9]+\\.)+[A-Z][\\w$.]*(?:\\[[^\\]]*\\])?`?", "the expected type");
  }

  private static Problem ofStatus(ResponseStatusException error) {
    HttpStatus status = HttpStatus.resolve(error.getStatusCode().value());
    @Nullable String reason = error.getReason();
    if (status == null) {
      return Problem.of(HttpStatus.BAD_REQUEST, "invalid-request", "the request is not valid");
    }
    return switch (status) {
      case NOT_FOUND -> Problem.of(status, "not-found", "nothing is here");
      case METHOD_NOT_ALLOWED -> Problem.of(status, "method-not-allowed", error.getMessage());
      case UNSUPPORTED_MEDIA_TYPE ->
          Problem.of(status, "unsupported-media-type", error.getMessage());
      case NOT_ACCEPTABLE -> Problem.of(status, "not-acceptable", error.getMessage());
      case BAD_REQUEST ->
          Problem.of(
              status, "invalid-request", reason != null ? reason : "the request is not valid");
      default ->
          Problem.of(
              status, "http-" + status.value(), reason != null ? reason : status.getReasonPhrase());
    };
  }
}
