package io.crontopus.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

  private static final List<String> ANSWERS =
      List.of(
          "HTTP/1.1 201 Created\r\nX-A: b\r\nContent-Length: 14\r\n\r\n{\"code\":201,1}",
          "HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n",
          "HTTP/1.1 429 Too Many Requests\r\ncontent-length:2\r\nRetry-After: 1\r\n\r\n{}",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc0\r\r\n0\r\n\r\n");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void answersEndWhereTheyEndHoweverTheyArrive(int piece) {
    Answer answer = new Answer("\"code\":201".getBytes(StandardCharsets.US_ASCII));
    List<Integer> statuses = List.of(201, 204, 429, 200);
    for (int i = 0; i < ANSWERS.size(); i++) {
      byte[] bytes = ANSWERS.get(i).getBytes(StandardCharsets.US_ASCII);
      int at = 0;
      boolean complete = false;
      while (at < bytes.length) {
        assertThat(complete).isFalse();
        int length = Math.min(piece, bytes.length - at);
        complete = answer.take(ByteBuffer.wrap(bytes, at, length));
        at += length;
      }
      assertThat(complete).as(ANSWERS.get(i)).isTrue();
      assertThat(answer.status()).isEqualTo(statuses.get(i));
      assertThat(answer.takeMarks()).isEqualTo(i == 0 ? 1 : 0);
    }
  }

  @Test
  void latenciesKeepTheirPercentiles() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 1000; millis++) {
      latencies.add(millis * 1_000_000L);
    }
    latencies.add(-5);
    assertThat(latencies.count()).isEqualTo(1001);
    assertThat(latencies.millis(50)).isBetween(498.0, 502.0);
    assertThat(latencies.millis(99)).isBetween(988.0, 992.0);
    assertThat(latencies.longestMillis()).isBetween(999.0, 1001.0);
  }
}
