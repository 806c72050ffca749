package io.crontopus.personal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalKeyTest {

  private final PersonalKey key = PersonalKey.create();

  @ParameterizedTest
  @ValueSource(strings = {"", "Ada Lovelace", "ada@example.org", "sealed:me", "Łucja 🐙\n\0"})
  void whatItSealsItOpens(String text) {
    String sealed = key.seal(text);

    assertThat(key.open(sealed)).contains(text);
    assertThat(PersonalKey.idIn(sealed)).contains(key.id());
    assertThat(new PersonalKey(key.id(), key.secret()).open(sealed)).contains(text);
    assertThat(key.seal(text)).isNotEqualTo(sealed);
    assertThat(text.length() > 1 && sealed.contains(text)).isFalse();
  }

  @Test
  void nothingElseOpens() {
    String sealed = key.seal("Ada");
    int middle = sealed.length() - 8;
    String altered =
        sealed.substring(0, middle)
            + (sealed.charAt(middle) == 'A' ? 'B' : 'A')
            + sealed.substring(middle + 1);

    assertThat(key.open(altered)).isEmpty();
    assertThat(PersonalKey.create().open(sealed)).isEmpty();
    assertThat(new PersonalKey(key.id(), PersonalKey.create().secret()).open(sealed)).isEmpty();
    // Under another key's id it is another text.
    PersonalKey renamed = new PersonalKey("0".repeat(32), key.secret());
    assertThat(renamed.open(sealed.replace(key.id(), renamed.id()))).isEmpty();
    for (String odd : new String[] {"", "Ada", "sealed:", "sealed:" + key.id() + ":AAAA"}) {
      assertThat(key.open(odd)).isEmpty();
    }
    assertThat(PersonalKey.idIn("sealed:by me")).isEmpty();
  }
}
