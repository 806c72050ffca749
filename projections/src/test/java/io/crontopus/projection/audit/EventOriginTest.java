package io.crontopus.projection.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an event is about, as the audit log lists it. */
class EventOriginTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          run:acme:r1 | {"tenantId":"acme","runId":"r1"}                    | acme | run:r1
          e-1         | {"tenantId":"acme","tokenId":"t1"}                  | acme | token:t1
          e-1         | {"tenantId":"acme","userId":"u1"}                   | acme | user:u1
          e-1         | {"tenantId":"acme","fromSeq":0,"by":"user:u1"}      | acme | tenant:acme
          e-1         | {"tenant":"acme","action":"suspend"}                | -    | tenant:acme
          e-1         | {"projection":"runs","action":"rebuild"}            | -    | projection:runs
          e-1         | {"tenantId":null,"fromSeq":0,"by":"operator:ann"}   | -    | platform
          e-1         | {"by":"operator:ann","at":"2026-05-01T12:00:00Z"}   | -    | platform
          """)
  void whatAnEventIsAboutIsWhatItNames(
      String aggregate, String payload, String tenant, String subject) {
    EventOrigin origin =
        EventOrigin.of(
            bytes("{\"tenantId\":\"\",\"actor\":\"operator:ann\"}"), bytes(payload), aggregate);

    assertThat(origin).isEqualTo(new EventOrigin(tenant, "operator:ann", subject));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
