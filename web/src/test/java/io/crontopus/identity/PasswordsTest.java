package io.crontopus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  private static final Passwords PASSWORDS = new Passwords();

  @Test
  void isTheUsersOrNot() {
    User user = user(PASSWORDS.hash("correct horse"));

    assertThat(PASSWORDS.isOf(user, "correct horse")).isTrue();
    assertThat(PASSWORDS.isOf(user, "correct hors")).isFalse();
    assertThat(PASSWORDS.isOf(user(Passwords.none()), "correct horse")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "horse\udfff", "\0"})
  void whatNobodyCanTypeIsNobodys(String password) {
    assertThat(PASSWORDS.isOf(user(PASSWORDS.hash("")), password)).isFalse();
    assertThatCode(() -> PASSWORDS.compareWithNobody(password)).doesNotThrowAnyException();
  }

  private static User user(String hash) {
    return new User("u", "acme", User.Kind.PERSON, "ann", null, hash, Role.OWNER, Instant.EPOCH);
  }
}
