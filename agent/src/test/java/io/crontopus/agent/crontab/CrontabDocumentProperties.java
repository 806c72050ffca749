package io.crontopus.agent.crontab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a crontab holds, what is not ours comes back byte by byte. */
class CrontabDocumentProperties {

  private static final BlockMarkers OURS = new BlockMarkers("/data");

  @Property(tries = 500)
  void foreignBytesSurviveEveryChangeOfTheBlock(
      @ForAll("crontabs") byte[] foreign, @ForAll("blocks") List<List<String>> blocks) {
    byte[] crontab = foreign;
    for (List<String> block : blocks) {
      CrontabDocument changed = CrontabDocument.parse(crontab, OURS).withBlock(block);
      crontab = changed.bytes();
      CrontabDocument read = CrontabDocument.parse(crontab, OURS);
      assertThat(read.block().orElse(List.of())).isEqualTo(block);
      assertThat(read.foreign()).isEqualTo(foreign);
    }
    assertThat(CrontabDocument.parse(crontab, OURS).withBlock(List.of()).bytes())
        .isEqualTo(foreign);
  }

  @Property(tries = 500)
  void foreignBytesSurviveOnBothSides(
      @ForAll("crontabs") byte[] above, @ForAll("crontabs") byte[] below) {
    byte[] block = CrontabDocument.parse(above, OURS).withBlock(List.of("# x")).bytes();
    CrontabDocument document = CrontabDocument.parse(join(block, below), OURS);
    boolean separated = above.length == 0 || above[above.length - 1] == '\n' || below.length == 0;

    assertThat(document.withBlock(List.of("# y", "# z")).withBlock(List.of("# x")).bytes())
        .isEqualTo(join(block, below));
    assertThat(document.foreign())
        .isEqualTo(separated ? join(above, below) : join(above, new byte[] {'\n'}, below));
  }

  @Provide
  Arbitrary<byte[]> crontabs() {
    return Arbitraries.oneOf(
            Arbitraries.bytes(),
            Arbitraries.of((byte) '\n', (byte) '\r', (byte) '#', (byte) ' ', (byte) '%', (byte) 0))
        .array(byte[].class)
        .ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<List<String>>> blocks() {
    return Arbitraries.of("# default/a", "* * * * * /x a", "0 1 * * * /x b", "# caf\u00e9")
        .list()
        .ofMaxSize(4)
        .list()
        .ofMaxSize(4);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
