package io.crontopus.manifest.write;

import java.util.List;

/** Amounts as manifests write them. */
final class Amounts {

  private static final List<String> UNITS = List.of("", "Ki", "Mi", "Gi", "Ti");

  private Amounts() {}

  /** Bytes in the largest binary unit that shows them exactly. */
  static String memory(long bytes) {
    long amount = bytes;
    int unit = 0;
    while (unit < UNITS.size() - 1 && amount != 0 && amount % 1024 == 0) {
      amount /= 1024;
      unit++;
    }
    return amount + UNITS.get(unit);
  }
}
