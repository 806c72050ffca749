package io.crontopus.manifest.read;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The IANA time zones that the platform knows. */
final class ZoneNames {

  private static final Set<String> KNOWN = Set.copyOf(ZoneId.getAvailableZoneIds());

  private ZoneNames() {}

  static boolean isKnown(String id) {
    return KNOWN.contains(id);
  }

  /** The zone that was probably meant: by its whole name, else by its city. */
  static Optional<String> nearest(String wrong) {
    String city = city(wrong);
    return NearestName.of(wrong, KNOWN)
        .or(
            () ->
                KNOWN.stream()
                    .filter(id -> id.contains("/") && city(id).equals(city))
                    .sorted()
                    .findFirst());
  }

  private static String city(String id) {
    return id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
