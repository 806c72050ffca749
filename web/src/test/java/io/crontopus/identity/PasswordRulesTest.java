package io.crontopus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse",
        "3xq-Blumentopf-Regen",
        "ein ganzer Satz mit Zorn",
        "пароль из слов",
        "kJ8_x2PwQz-1",
        "a password of many words"
      })
  void whatIsHardToGuessIsTaken(String password) {
    assertThat(PasswordRules.faults(password, "alice", "alice@example.org")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password123",
        "Password2026!",
        "P@ssw0rd1234",
        "1234567890",
        "qwertyuiop",
        "1q2w3e4r5t6y",
        "!!iloveyou!!",
        "Adm1n1strat0r",
        "0987654321"
      })
  void whatEverybodyTakesIsNot(String password) {
    assertThat(PasswordRules.faults(password, "alice", "alice@example.org"))
        .singleElement()
        .asString()
        .contains("most common");
  }

  @ParameterizedTest
  @ValueSource(strings = {"heliotrope", "Heliotrope1!", "h3liotrope99", "mallow.rose@example.org"})
  void itsOwnersNameIsNot(String password) {
    assertThat(PasswordRules.faults(password, "heliotrope", "mallow.rose@example.org"))
        .singleElement()
        .asString()
        .contains("user name or e-mail address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "nine char"})
  void aShortOneIsNot(String password) {
    assertThat(PasswordRules.faults(password, "alice", null))
        .contains("must have 10 to 200 characters");
  }

  @Test
  void anEndlessOneIsNot() {
    assertThat(PasswordRules.faults("ab cd ef ".repeat(200), "alice", null)).hasSize(1);
  }

  @Test
  void fewCharactersOftenAreNot() {
    assertThat(PasswordRules.faults("xyxyxyxyxyxyx", "alice", null))
        .containsExactly("has fewer than 5 different characters");
  }
}
