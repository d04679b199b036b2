package dev.godwit.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "postgresql://me:secret@h/db,postgresql://me:***@h/db",
        "postgresql://me:sec@ret@h/db,postgresql://me:***@h/db",
        "postgresql://me:sec/ret@h/db,postgresql://me:***@h/db",
        "postgresql://me@h:5432/db,postgresql://me@h:5432/db",
        "x 'postgresql://:secret@h' y,x 'postgresql://:***@h' y",
        "jdbc:postgresql://h/db?user=me&password=secret&x=1,jdbc:postgresql://h/db?user=me&password=***&x=1",
        "a://h/p?sslPassword=secret,a://h/p?sslPassword=***",
        "x 'a://me:sec'ret@h' y,x 'a://me:***@h' y",
        "x 'a://me:sec\"ret@h' y,x 'a://me:***@h' y",
        "x 'a://me:sec ret@h' y,x 'a://me:***@h' y",
        "from a://h:1/x to a@b,from a://h:1/x to a@b",
        "x 'a://h?password=sec'ret&y=1' z,x 'a://h?password=***&y=1' z",
        "x 'a://h?password=secret' z,x 'a://h?password=***' z"
      })
  void takesPasswordsOut(String text, String redacted) {
    assertThat(Redaction.of(text)).isEqualTo(redacted);
  }
}
