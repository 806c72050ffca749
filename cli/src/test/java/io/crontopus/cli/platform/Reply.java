package io.crontopus.cli.platform;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How a request is answered. */
@FunctionalInterface
public interface Reply {
  void send(HttpExchange exchange) throws IOException;

  static Reply json(int status, String body) {
    return of(status, "application/json", body);
  }

  static Reply problem(int status, String code, String title, String detail) {
    return problem(status, code, title, detail, "[]");
  }

  static Reply problem(int status, String code, String title, String detail, String errors) {
    return of(
        status,
        "application/problem+json",
        """
        {"type":"https://crontopus.io/problems/%s","title":"%s","status":%d,"detail":"%s",\
        "code":"%s","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","errors":%s}"""
            .formatted(code, title, status, detail, code, errors));
  }

  static Reply of(int status, String contentType, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", contentType);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
      exchange.close();
    };
  }

  static Reply noContent() {
    return exchange -> {
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    };
  }

  /** An event stream that ends after this text. */
  static Reply events(String text) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
      exchange.close();
    };
  }

  default Reply withHeader(String name, String value) {
    return exchange -> {
      exchange.getResponseHeaders().set(name, value);
      send(exchange);
    };
  }
}
