package io.crontopus.web.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;

/**
 * A limit on what each of many clients does, counted in this process.
 *
 * <p>Only clients of late are remembered: whoever has been quiet for so long that everything is
 * allowed again may as well be forgotten, and when there are more clients than {@value
 * #MOST_CLIENTS}, those that asked longest ago are.
 */
public final class Limit {

  private static final int MOST_CLIENTS = 100_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private static final Left UNLIMITED = new Left(true, Long.MAX_VALUE, 0, 0);

  private final String name;
  private final List<Rate> rates;
  private final String policy;
  private final Cache<Object, Bucket> buckets;

  /**
   * Limits to these rates.
   *
   * @param name as headers and metrics call it
   */
  public Limit(String name, Rates rates) {
    this.name = name;
    this.rates = rates.rates();
    this.policy = policy();
    Duration longest =
        this.rates.stream()
            .map(Rate::window)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ofSeconds(1));
    this.buckets =
        Caffeine.newBuilder().maximumSize(MOST_CLIENTS).expireAfterAccess(longest).build();
  }

  private String policy() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rates.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(rates.get(i).policy(i == 0 ? name : name + "-" + (i + 1)));
    }
    return text.toString();
  }

  /**
   * What is left to a client after it asked.
   *
   * @param taken whether it may go on
   * @param remaining how often it may ask at once from now on
   * @param waitNanos until it may ask again; 0 when it may at once
   * @param resetNanos until it may ask as often as ever
   */
  public record Left(boolean taken, long remaining, long waitNanos, long resetNanos) {

    /** The same after one was given back. */
    Left andOne() {
      return new Left(taken, remaining + 1, waitNanos, resetNanos);
    }

    /** Whole seconds to wait before it is worth asking again. */
    long retryAfterSeconds() {
      return Math.max(1, Math.ceilDiv(waitNanos, NANOS_PER_SECOND));
    }
  }

  /** The limit's name. */
  public String name() {
    return name;
  }

  /** Whether nothing is limited. */
  public boolean isOff() {
    return rates.isEmpty();
  }

  /** Counts one for this client; whether it is within the limit. The cheapest way to ask. */
  public boolean take(Object client) {
    return isOff() || bucket(client).tryConsume(1);
  }

  /** Counts one for this client, and tells what is left to it. */
  public Left takeAndTell(Object client) {
    if (isOff()) {
      return UNLIMITED;
    }
    ConsumptionProbe probe = bucket(client).tryConsumeAndReturnRemaining(1);
    return new Left(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        probe.getNanosToWaitForRefill(),
        probe.getNanosToWaitForReset());
  }

  /**
   * Whether this client is within the limit, and until when it is not, without counting anything.
   */
  public Left look(Object client) {
    if (isOff()) {
      return UNLIMITED;
    }
    EstimationProbe probe = bucket(client).estimateAbilityToConsume(1);
    return new Left(
        probe.canBeConsumed(),
        probe.getRemainingTokens(),
        probe.getNanosToWaitForRefill(),
        probe.getNanosToWaitForRefill());
  }

  /** Takes back one that was counted for this client and should not have been. */
  public void giveBack(Object client) {
    if (!isOff()) {
      bucket(client).addTokens(1);
    }
  }

  /** Writes the headers {@code RateLimit-Policy} and {@code RateLimit}. */
  void describe(Left left, HttpHeaders headers) {
    if (isOff()) {
      return;
    }
    long seconds =
        left.taken() ? Math.ceilDiv(left.resetNanos(), NANOS_PER_SECOND) : left.retryAfterSeconds();
    headers.set("RateLimit-Policy", policy);
    headers.set("RateLimit", "\"" + name + "\";r=" + left.remaining() + ";t=" + seconds);
  }

  private Bucket bucket(Object client) {
    Bucket known = buckets.getIfPresent(client);
    return known != null ? known : buckets.get(client, _ -> full());
  }

  private Bucket full() {
    LocalBucketBuilder builder = Bucket.builder().withNanosecondPrecision();
    rates.forEach(rate -> builder.addLimit(rate.bandwidth()));
    return builder.build();
  }
}
