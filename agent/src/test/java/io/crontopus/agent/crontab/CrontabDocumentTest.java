package io.crontopus.agent.crontab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrontabDocumentTest {

  private static final BlockMarkers OURS = new BlockMarkers("/var/lib/crontopus");
  private static final List<String> LINES = List.of("# default/a", "* * * * * /x/run a");

  @Test
  void appendsTheBlockAndTakesItAwayAgain() {
    byte[] foreign = bytes("MAILTO=ops\r\n0 1 * * * \u00e9 caf\u00e9 %in\n");

    byte[] with = CrontabDocument.parse(foreign, OURS).withBlock(LINES).bytes();

    assertThat(new String(with, ISO_8859_1))
        .isEqualTo(
            new String(foreign, ISO_8859_1)
                + """
                # BEGIN crontopus /var/lib/crontopus
                # default/a
                * * * * * /x/run a
                # END crontopus /var/lib/crontopus
                """);
    assertThat(CrontabDocument.parse(with, OURS).block()).contains(LINES);
    assertThat(CrontabDocument.parse(with, OURS).withBlock(List.of()).bytes()).isEqualTo(foreign);
  }

  @Test
  void restoresAMissingFinalLineBreak() {
    byte[] foreign = bytes("0 1 * * * true");

    byte[] with = CrontabDocument.parse(foreign, OURS).withBlock(LINES).bytes();
    byte[] changed = CrontabDocument.parse(with, OURS).withBlock(List.of("# other")).bytes();

    assertThat(new String(with, ISO_8859_1)).startsWith("0 1 * * * true\n# BEGIN crontopus");
    assertThat(CrontabDocument.parse(changed, OURS).withBlock(List.of()).bytes())
        .isEqualTo(foreign);
  }

  @Test
  void keepsLinesApartThatWereAppendedBelowTheBlock() {
    byte[] with = CrontabDocument.parse(bytes("0 1 * * * true"), OURS).withBlock(LINES).bytes();
    byte[] appended = bytes(new String(with, ISO_8859_1) + "0 2 * * * false\n");

    assertThat(CrontabDocument.parse(appended, OURS).withBlock(List.of()).bytes())
        .isEqualTo(bytes("0 1 * * * true\n0 2 * * * false\n"));
  }

  @Test
  void leavesTheBlockWhereItIs() {
    byte[] with = CrontabDocument.parse(bytes("a\n"), OURS).withBlock(LINES).bytes();
    byte[] appended = bytes(new String(with, ISO_8859_1) + "b\n");

    String changed =
        new String(
            CrontabDocument.parse(appended, OURS).withBlock(List.of("# new")).bytes(), ISO_8859_1);

    assertThat(changed).startsWith("a\n# BEGIN").endsWith("/var/lib/crontopus\nb\n");
  }

  @Test
  void keepsToItsOwnBlock() {
    BlockMarkers others = new BlockMarkers("/home/other");
    byte[] both =
        CrontabDocument.parse(
                CrontabDocument.parse(bytes("x\n"), others).withBlock(List.of("# o")).bytes(), OURS)
            .withBlock(LINES)
            .bytes();

    byte[] without = CrontabDocument.parse(both, OURS).withBlock(List.of()).bytes();

    assertThat(CrontabDocument.parse(without, others).block()).contains(List.of("# o"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"B", "E", "EB", "BBE", "BEBE", "BOE"})
  void refusesToGuessWhereADamagedBlockEnds(String markers) {
    StringBuilder crontab = new StringBuilder("* * * * * x\n");
    for (int i = 0; i < markers.length(); i++) {
      crontab.append(
          switch (markers.charAt(i)) {
            case 'B' -> "# BEGIN crontopus /var/lib/crontopus\n";
            case 'E' -> "# END crontopus /var/lib/crontopus\n";
            default -> "# BEGIN crontopus /other\n";
          });
    }

    assertThatThrownBy(() -> CrontabDocument.parse(bytes(crontab.toString()), OURS))
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("line")
        .hasMessageContaining("crontab -e");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
