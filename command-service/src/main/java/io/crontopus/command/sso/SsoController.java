package io.crontopus.command.sso;

import io.crontopus.command.sso.provider.Providers;
import io.crontopus.command.sso.provider.Providers.Named;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Problem;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Signing in with a provider: browsers are sent there, and come back. */
@RestController
@RequestMapping("/api/auth/sso")
class SsoController {

  private final Providers providers;
  private final SignIns signIns;
  private final BrowserCookie cookie;
  private final BlockingWork work;
  private final String publicUrl;
  private final boolean only;

  /**
   * Serves the routes.
   *
   * @param work where providers are waited for
   */
  SsoController(
      Providers providers,
      SignIns signIns,
      BrowserCookie cookie,
      BlockingWork work,
      String publicUrl,
      boolean only) {
    this.providers = providers;
    this.signIns = signIns;
    this.cookie = cookie;
    this.work = work;
    this.publicUrl = publicUrl;
    this.only = only;
  }

  /**
   * A provider.
   *
   * @param start where a browser is sent to sign in with it
   */
  record Shown(String id, String name, String start) {}

  /**
   * The ways to sign in.
   *
   * @param only whether there is no other one
   */
  record Ways(boolean only, List<Shown> providers) {}

  /** Which providers there are, and whether a password does as well. */
  @GetMapping
  Ways ways() {
    return new Ways(only, providers.all().stream().map(this::shown).toList());
  }

  /** Sends the browser to the provider. */
  @GetMapping("/{provider}/start")
  @ResponseStatus(HttpStatus.FOUND)
  Mono<ResponseEntity<Void>> start(
      @PathVariable String provider,
      @RequestParam(name = "return_to", required = false) @Nullable String returnTo,
      ServerWebExchange exchange) {
    Named named = named(provider);
    String path = ReturnPath.of(returnTo);
    // One browser can have several sign-ins under way, in several tabs.
    Optional<String> kept = cookie.of(exchange);
    return work.call(
        () -> {
          String browser = kept.orElseGet(Secrets::random);
          URI destination = signIns.begin(named, browser, path);
          exchange.getResponse().addCookie(cookie.keep(browser));
          return to(destination);
        });
  }

  /** Takes what the browser has brought back from the provider, and sends it to the console. */
  @GetMapping("/{provider}/callback")
  @ResponseStatus(HttpStatus.FOUND)
  Mono<ResponseEntity<Void>> callback(@PathVariable String provider, ServerWebExchange exchange) {
    Named named = named(provider);
    String browser = cookie.of(exchange).orElse("");
    Map<String, List<String>> answer = new HashMap<>();
    exchange
        .getRequest()
        .getQueryParams()
        .forEach(
            (name, values) -> answer.put(name, values.stream().map(SsoController::text).toList()));
    return work.call(() -> signIns.comeBack(named, browser, answer))
        .map(
            destination -> {
              if (!browser.isEmpty()) {
                // What follows may take its time, too: choosing a name, looking for a password.
                exchange.getResponse().addCookie(cookie.keep(browser));
              }
              return to(destination);
            });
  }

  /** A parameter without a sign behind it has no value. */
  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private Shown shown(Named provider) {
    return new Shown(
        provider.id(), provider.name(), publicUrl + "/api/auth/sso/" + provider.id() + "/start");
  }

  private Named named(String id) {
    return providers.find(id).orElseThrow(() -> Problem.notFound("provider"));
  }

  private static ResponseEntity<Void> to(URI destination) {
    return ResponseEntity.status(HttpStatus.FOUND).location(destination).build();
  }
}
