package io.crontopus.command.endpoint.heartbeat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

  private final List<String> found = new ArrayList<>();
  private final Lines.Sink sink =
      new Lines.Sink() {
        @Override
        public void line(byte[] bytes, int offset, int length) {
          found.add(new String(bytes, offset, length, UTF_8));
        }

        @Override
        public void tooLong() {
          found.add("too long");
        }
      };

  @Test
  void linesAreTheSameHoweverTheirBytesArrive() {
    byte[] bytes = "one\r\n\n{\"two\": 2}\nthis one is too long\nthree\n\r\nfour".getBytes(UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      found.clear();
      Lines lines = new Lines(12);
      for (int from = 0; from < bytes.length; from += size) {
        byte[] part = new byte[Math.min(size, bytes.length - from)];
        System.arraycopy(bytes, from, part, 0, part.length);
        lines.take(part, sink);
      }
      lines.finish(sink);
      assertThat(found)
          .as("in parts of %s", size)
          .containsExactly("one", "{\"two\": 2}", "too long", "three", "four");
    }
  }
}
