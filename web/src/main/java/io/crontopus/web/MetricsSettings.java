package io.crontopus.web;

import io.crontopus.web.edge.Network;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the measurements, prefix {@code crontopus.metrics}.
 *
 * @param openTo addresses that may read them without an operator's token, unless a proxy asks for
 *     others: whoever is on the machine itself
 */
@ConfigurationProperties("crontopus.metrics")
public record MetricsSettings(@DefaultValue({"127.0.0.0/8", "::1/128"}) List<Network> openTo) {

  public MetricsSettings {
    openTo = List.copyOf(openTo);
  }
}
