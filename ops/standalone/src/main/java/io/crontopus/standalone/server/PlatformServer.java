package io.crontopus.standalone.server;

import io.crontopus.standalone.ReservedPort;
import io.crontopus.standalone.data.DataFolder;
import io.crontopus.standalone.data.Settings;
import io.crontopus.standalone.database.DatabaseSettings;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;

/** The services, up and answering HTTP. */
public final class PlatformServer implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private PlatformServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts the services on {@code database}; returns when they answer. */
  public static PlatformServer start(
      DataFolder data, Settings settings, DatabaseSettings database) {
    Map<String, Object> properties = new HashMap<>();
    if (settings.tlsCert() != null && settings.tlsKey() != null) {
      properties.put("crontopus.http.tls.certificate", settings.tlsCert());
      properties.put("crontopus.http.tls.key", settings.tlsKey());
    }
    properties.putAll(
        Map.ofEntries(
            Map.entry("server.port", settings.port()),
            Map.entry("server.address", settings.address()),
            // Streams to browsers and agents never end by themselves.
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "3s"),
            // Parts that have answered are done; waiting for more of them only delays the end.
            Map.entry("spring.reactor.netty.shutdown-quiet-period", "0s"),
            Map.entry("crontopus.git.root", data.git()),
            Map.entry("crontopus.operator.token-file", data.operatorToken()),
            Map.entry("crontopus.audit.key-file", data.auditKey()),
            Map.entry("crontopus.public-url", settings.url()),
            Map.entry("crontopus.database.url", database.url()),
            Map.entry("crontopus.database.username", database.username()),
            Map.entry("crontopus.database.password", database.password())));
    String[] arguments =
        properties.entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .toArray(String[]::new);
    try {
      return new PlatformServer(
          new SpringApplicationBuilder(Platform.class)
              .web(WebApplicationType.REACTIVE)
              .bannerMode(Banner.Mode.OFF)
              .registerShutdownHook(false)
              .run(arguments));
    } catch (ApplicationContextException e) {
      throw e.contains(PortInUseException.class) ? ReservedPort.taken(settings.port()) : e;
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
