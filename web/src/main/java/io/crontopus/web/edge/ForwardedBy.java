package io.crontopus.web.edge;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The headers in which proxies say for whom they ask. Proxies write one kind and pass the other on
 * as the client sent it, so only the kind that is configured may be read.
 */
public enum ForwardedBy {
  /** {@code X-Forwarded-For} and {@code X-Forwarded-Proto}, what most proxies write. */
  X_FORWARDED {
    @Override
    List<String> addresses(HttpHeaders headers) {
      return elements(headers, "X-Forwarded-For").toList();
    }

    @Override
    List<String> protocols(HttpHeaders headers) {
      return elements(headers, "X-Forwarded-Proto").toList();
    }
  },
  /** {@code Forwarded}, RFC 7239. */
  FORWARDED {
    @Override
    List<String> addresses(HttpHeaders headers) {
      return parameters(headers, "for");
    }

    @Override
    List<String> protocols(HttpHeaders headers) {
      return parameters(headers, "proto");
    }
  };

  private static final Pattern PARAMETER =
      Pattern.compile("(?:^|;)\\s*([A-Za-z]+)=(?:\"([^\"]*)\"|([^\";]*))");

  /** An address with a port behind it, or in the brackets that IPv6 has beside a port. */
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d+)?|([0-9.]+):\\d+");

  /** The addresses, the farthest first. */
  abstract List<String> addresses(HttpHeaders headers);

  /** The protocols, the farthest first. */
  abstract List<String> protocols(HttpHeaders headers);

  /** Whether a request has been through some proxy, whoever says so. */
  public static boolean isNamedIn(HttpHeaders headers) {
    return headers.containsHeader("X-Forwarded-For") || headers.containsHeader("Forwarded");
  }

  /**
   * The client: the last address that is no trusted proxy's. What stands before it was written by
   * the client itself and proves nothing.
   *
   * @return null when the last trusted proxy names nobody
   */
  @Nullable InetAddress client(HttpHeaders headers, Predicate<InetAddress> trusted) {
    @Nullable InetAddress client = null;
    for (String text : addresses(headers).reversed()) {
      @Nullable InetAddress address = parse(text);
      if (address == null) {
        return client;
      }
      client = address;
      if (!trusted.test(address)) {
        return client;
      }
    }
    return client;
  }

  /** Whether the nearest proxy, the one that is trusted, was asked over TLS. */
  boolean isSecure(HttpHeaders headers) {
    List<String> protocols = protocols(headers);
    return !protocols.isEmpty() && protocols.getLast().equalsIgnoreCase("https");
  }

  private static @Nullable InetAddress parse(String text) {
    Matcher matcher = WITH_PORT.matcher(text);
    String bare = text;
    if (matcher.matches()) {
      bare = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException e) {
      return null; // "unknown", an obfuscated name, or nonsense
    }
  }

  private static Stream<String> elements(HttpHeaders headers, String name) {
    return headers.getOrEmpty(name).stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .map(String::strip);
  }

  private static List<String> parameters(HttpHeaders headers, String name) {
    List<String> found = new ArrayList<>();
    elements(headers, "Forwarded")
        .forEach(
            element -> {
              Matcher matcher = PARAMETER.matcher(element);
              while (matcher.find()) {
                if (matcher.group(1).toLowerCase(Locale.ROOT).equals(name)) {
                  found.add(matcher.group(2) != null ? matcher.group(2) : matcher.group(3).strip());
                }
              }
            });
    return found;
  }
}
