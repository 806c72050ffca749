package io.crontopus.command.git.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** An answer other than success: plain text, because Git clients show that and nothing else. */
final class Refusal extends RuntimeException {
  /** Why something ended that had been let in. */
  static final String ENDED = "the token was revoked or has expired, or its tenant is suspended";

  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final HttpStatus status;
  private final Map<String, String> headers = new LinkedHashMap<>();

  private Refusal(HttpStatus status, String text) {
    super(text, null, false, false);
    this.status = status;
  }

  static Refusal of(HttpStatus status, String text) {
    return new Refusal(status, text);
  }

  static Refusal unauthenticated() {
    return of(
            HttpStatus.UNAUTHORIZED,
            "A valid token is needed: give any user name, and the token as the password.")
        .with(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"crontopus\", charset=\"UTF-8\"");
  }

  static Refusal noSuchRepository() {
    return of(HttpStatus.NOT_FOUND, "There is no such repository.");
  }

  static Refusal suspended() {
    return of(
            HttpStatus.FORBIDDEN,
            "The tenant is suspended (tenant-suspended): whoever runs this platform can say why.")
        .with(HttpHeaders.RETRY_AFTER, "30");
  }

  static Refusal ended() {
    return of(HttpStatus.FORBIDDEN, "This was ended: " + ENDED + ".");
  }

  static Refusal busy() {
    return of(HttpStatus.SERVICE_UNAVAILABLE, "The Git server is busy; try again in a few seconds.")
        .with(HttpHeaders.RETRY_AFTER, "5");
  }

  private Refusal with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  HttpStatus status() {
    return status;
  }

  Mono<ServerResponse> response() {
    return ServerResponse.status(status)
        .headers(this::fill)
        .contentType(TEXT)
        .bodyValue(getMessage() + "\n");
  }

  /** Answers on a response that was meant to succeed and of which nothing was sent yet. */
  Mono<Void> writeTo(ServerHttpResponse response) {
    response.setStatusCode(status);
    fill(response.getHeaders());
    response.getHeaders().setContentType(TEXT);
    byte[] text = (getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(text)));
  }

  private void fill(HttpHeaders target) {
    headers.forEach(target::set);
  }
}
