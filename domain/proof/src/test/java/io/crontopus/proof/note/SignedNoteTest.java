package io.crontopus.proof.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.proof.tree.Hash;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

  /** The example in the documentation of Go's note package. */
  private static final String SECRET =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

  private static final String PUBLIC =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String NOTE =
      TEXT
          + "\n\u2014 PeterNeumann"
          + " x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

  @Test
  void signsAsOthersDo() {
    SigningKey key = SigningKey.parse(SECRET);

    assertThat(key.secret()).isEqualTo(SECRET);
    assertThat(key).hasToString(PUBLIC);
    assertThat(SignedNote.sign(TEXT, List.of(key))).hasToString(NOTE);
  }

  @Test
  void readsWhatOthersSigned() {
    VerifierKey key = VerifierKey.parse(PUBLIC);
    SignedNote note = SignedNote.parse(NOTE);

    assertThat(note.text()).isEqualTo(TEXT);
    assertThat(note.signers(List.of(key))).containsExactly(key);
    assertThat(note).hasToString(NOTE);
    assertThat(SignedNote.parse(NOTE.replace("problem is", "problem was")).signers(List.of(key)))
        .isEmpty();
    assertThat(note.signers(List.of(SigningKey.generate("PeterNeumann").verifier()))).isEmpty();
  }

  /** RFC 8032, section 7.1, the second test. */
  @Test
  void publicKeysAreThoseOfTheRfc() {
    byte[] seed =
        HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    assertThat(HexFormat.of().formatHex(Ed25519.publicKey(seed)))
        .isEqualTo("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  }

  @Test
  void severalKeysSignUnderTheNameOfTheLog() {
    SigningKey older = SigningKey.generate("somebody");
    SigningKey newer = SigningKey.generate("somebody");
    Checkpoint checkpoint = new Checkpoint("crontopus/1/acme", 12, Hash.EMPTY_TREE);

    SignedNote note = SignedNote.parse(checkpoint.sign(List.of(newer, older)).toString());

    assertThat(Checkpoint.parse(note.text())).isEqualTo(checkpoint);
    assertThat(note.text())
        .isEqualTo("crontopus/1/acme\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    for (SigningKey key : List.of(older, newer)) {
      VerifierKey ofTheLog = key.verifier().named("crontopus/1/acme");
      assertThat(note.signers(List.of(VerifierKey.parse(ofTheLog.toString()))))
          .containsExactly(ofTheLog);
      assertThat(note.signers(List.of(key.verifier()))).isEmpty();
    }
  }

  @Test
  void neverShowsItsSecretByAccident() {
    SigningKey key = SigningKey.generate("somebody");

    assertThat(key.toString()).doesNotContain("PRIVATE");
    assertThat(SigningKey.parse(key.secret()).verifier()).isEqualTo(key.verifier());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "a\n",
        "a\n\n",
        "a\n\nb\n",
        "a\n\n\u2014 b\n",
        "a\n\n\u2014 b c\n",
        "a\n\n\u2014 b AAAA\n",
        "a\n\n\u2014 b AAAAAAAA",
        "a\u0000\n\n\u2014 b AAAAAAAA\n",
        "a\n\n\u2014 b+c AAAAAAAA\n"
      })
  void refusesWhatIsNoNote(String text) {
    assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\n1\n",
        "a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n9999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n1\n47DEQpj8HBSa\n"
      })
  void refusesWhatIsNoCheckpoint(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpcAAAA",
        "PeterNeumann+zz4f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void refusesWhatIsNoKey(String text) {
    assertThatThrownBy(() -> VerifierKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKey.parse("PRIVATE+KEY+" + text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
