package io.crontopus.proof.note;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text and who signed it (C2SP {@code signed-note}): the text, an empty line, a line for each
 * signature.
 *
 * @param text ends with a line end
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

  private static final int MOST_SIGNATURES = 100;

  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || text.chars().anyMatch(SignedNote::isForbidden)) {
      throw new IllegalArgumentException("not a text that can be signed");
    }
  }

  /** Signs the text with each of these keys. */
  public static SignedNote sign(String text, List<SigningKey> keys) {
    return new SignedNote(text, keys.stream().map(key -> key.sign(text)).toList());
  }

  /**
   * Reads a note. It says nothing about the signatures' worth.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static SignedNote parse(String note) {
    int end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n")) {
      throw new IllegalArgumentException("not a signed note");
    }
    List<String> lines = note.substring(end + 2).lines().toList();
    if (lines.isEmpty() || lines.size() > MOST_SIGNATURES) {
      throw new IllegalArgumentException("a note without, or with too many, signatures");
    }
    return new SignedNote(
        note.substring(0, end + 1), lines.stream().map(NoteSignature::parse).toList());
  }

  /** Those of the keys that signed the text. */
  public List<VerifierKey> signers(Collection<VerifierKey> keys) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .filter(key -> signatures.stream().anyMatch(signed -> key.isSigner(signed, message)))
        .toList();
  }

  /** The note as it is stored and sent. */
  @Override
  public String toString() {
    return signatures.stream()
        .map(signature -> signature + "\n")
        .collect(Collectors.joining("", text + "\n", ""));
  }

  private static boolean isForbidden(int character) {
    return character < ' ' && character != '\n';
  }
}
