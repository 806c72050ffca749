package io.crontopus.platform.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/**
 * An operator has a letter sent, to see whether e-mail works. Of no tenant, and told before it is
 * sent. The address is personal and stays out of the log.
 */
@EventName("platform.test-letter-sent")
public record TestLetterSent(String by, Instant at) {}
