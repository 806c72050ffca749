package io.crontopus.proof.leaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.proof.tree.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class AuditLeafTest {

  private static final AuditLeaf EVENT =
      new AuditLeaf(
          "acme",
          7,
          "e1",
          "Run",
          "run:acme:r1",
          0,
          "run.started",
          null,
          "2026-03-01T12:00:00Z",
          utf8("{\"actor\":\"user:1\"}"),
          utf8("{\"runId\":\"r1\"}"));

  /** Changing this makes every log that exists unverifiable. */
  @Example
  void theBytesNeverChange() {
    String hex = HexFormat.of().formatHex(EVENT.encode());

    assertThat(hex)
        .isEqualTo(
            "63726f6e746f7075732d6576656e742f310a"
                + "0000000461636d65"
                + "0000000000000007"
                + "000000026531"
                + "0000000352756e"
                + "0000000b72756e3a61636d653a7231"
                + "0000000000000000"
                + "0000000b72756e2e73746172746564"
                + "ffffffff"
                + "00000014323032362d30332d30315431323a30303a30305a"
                + "000000127b226163746f72223a22757365723a31227d"
                + "0000000e7b2272756e4964223a227231227d");
    assertThat(Hash.ofLeaf(EVENT.encode()).base64())
        .isEqualTo(Hash.ofLeaf(HexFormat.of().parseHex(hex)).base64());
  }

  @Property
  void readsWhatItWrote(
      @ForAll @Size(max = 20) String text, @ForAll byte[] bytes, @ForAll long number) {
    String valid = new String(utf8(text), StandardCharsets.UTF_8);
    AuditLeaf leaf =
        new AuditLeaf(valid, number, valid, null, valid, ~number, valid, valid, valid, null, bytes);

    assertThat(AuditLeaf.decode(leaf.encode())).isEqualTo(leaf);
    assertThat(AuditLeaf.decode(leaf.encode()).payload()).isEqualTo(bytes);
  }

  @Example
  void refusesBytesOfNoLeaf() {
    byte[] bytes = EVENT.encode();
    for (int length = 0; length < bytes.length; length++) {
      byte[] shorter = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> AuditLeaf.decode(shorter))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> AuditLeaf.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void noBytesMakeItFail(@ForAll byte[] bytes, @ForAll int at) {
    byte[] spoilt = EVENT.encode();
    for (int i = 0; i < bytes.length; i++) {
      spoilt[Math.floorMod(at + i, spoilt.length)] = bytes[i];
    }
    try {
      assertThat(AuditLeaf.decode(spoilt).encode()).isEqualTo(spoilt);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("leaf");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
