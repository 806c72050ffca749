package io.crontopus.bench.stream;

import java.util.Arrays;

/** Which subscriber got which run when: packed, because there are hundreds of thousands. */
final class Receipts {

  private long[] runs = new long[1 << 16];
  private long[] micros = new long[1 << 16];
  private int size;

  void add(long run, long epochMicros) {
    if (size == runs.length) {
      runs = Arrays.copyOf(runs, size * 2);
      micros = Arrays.copyOf(micros, size * 2);
    }
    runs[size] = run;
    micros[size] = epochMicros;
    size++;
  }

  int size() {
    return size;
  }

  long run(int index) {
    return runs[index];
  }

  long epochMicros(int index) {
    return micros[index];
  }
}
