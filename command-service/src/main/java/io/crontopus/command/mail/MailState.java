package io.crontopus.command.mail;

import io.crontopus.web.OptionalPart;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How e-mail is, as {@code /health} and {@code /metrics} tell; the log has what changes. */
final class MailState implements OptionalPart {

  private static final Logger log = LoggerFactory.getLogger(MailState.class);
  private static final String REFUSED = "crontopus.mail.refused";

  private final boolean on;
  private final MeterRegistry metrics;
  private final AtomicLong waiting = new AtomicLong();
  private volatile boolean away;

  MailState(boolean on, MeterRegistry metrics) {
    this.on = on;
    this.metrics = metrics;
    Gauge.builder("crontopus.mail.waiting", waiting, AtomicLong::get)
        .description("Letters that wait to be sent")
        .register(metrics);
    metrics.counter(REFUSED);
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public String state() {
    return on ? away ? "failing" : "on" : "off";
  }

  /** The server answers. */
  void up() {
    if (away) {
      away = false;
      log.info("the mail server takes letters again");
    }
  }

  /** The server does not answer, or does not let us in. */
  void away(@Nullable String reason) {
    metrics.counter("crontopus.mail.away").increment();
    if (!away) {
      away = true;
      log.warn("letters wait, the mail server takes none: {}", reason);
    }
  }

  void sent(String kind) {
    metrics.counter("crontopus.mail.sent", "kind", kind).increment();
  }

  void refused() {
    metrics.counter(REFUSED).increment();
  }

  void givenUp(String kind) {
    metrics.counter("crontopus.mail.given.up", "kind", kind).increment();
  }

  void waiting(long letters) {
    waiting.set(letters);
  }
}
