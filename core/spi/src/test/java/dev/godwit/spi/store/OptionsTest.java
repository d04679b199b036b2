package dev.godwit.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static final List<OptionSpec> SPECS =
      List.of(
          OptionSpec.text("host", "", "folder of the socket"),
          OptionSpec.number("port", 5432, "port of the server"),
          OptionSpec.onOff("fast", false, "whether to hurry"),
          OptionSpec.choice("sslmode", List.of("prefer", "require"), "how to encrypt"),
          OptionSpec.number("pin", 0, "a secret number").asSecret());

  private static Options bind(String query) {
    return Options.bind(SPECS, StoreUri.parse("postgresql://host/db" + query));
  }

  @Test
  void givesDefaultsWhereNothingWasGiven() {
    Options options = bind("");
    assertThat(options.text("host")).isEmpty();
    assertThat(options.number("port")).isEqualTo(5432);
    assertThat(options.on("fast")).isFalse();
    assertThat(options.text("sslmode")).contains("prefer");
    assertThat(options.given()).isEmpty();
  }

  @Test
  void givesWhatWasGiven() {
    Options options = bind("?host=%2Frun&port=1&fast=true&sslmode=require");
    assertThat(options.text("host")).contains("/run");
    assertThat(options.number("port")).isEqualTo(1);
    assertThat(options.on("fast")).isTrue();
    assertThat(options.text("sslmode")).contains("require");
    assertThat(options.given().keySet()).containsExactly("host", "port", "fast", "sslmode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"port=x", "port=-1", "port=", "fast=1", "fast=TRUE", "sslmode=no"})
  void refusesValuesThatDoNotFit(String query) {
    assertThatThrownBy(() -> bind("?" + query))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e).hasMessageContaining(query);
              assertThat(e.hint()).isPresent();
            });
  }

  @Test
  void neverRepeatsASecret() {
    assertThatThrownBy(() -> bind("?pin=hunter2"))
        .hasMessageContaining("pin")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
  }

  @Test
  void namesTheOptionsThatExist() {
    assertThatThrownBy(() -> bind("?sslmod=require"))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e).hasMessageContaining("'sslmod'");
              assertThat(e.hint().orElse("")).contains("host, port, fast, sslmode");
            });
    assertThatThrownBy(() -> Options.bind(List.of(), StoreUri.parse("memory://here/a?x=1")))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.hint()).contains("it takes none"));
  }

  @Test
  void anOptionThatWasNeverDeclaredIsAFault() {
    assertThatThrownBy(() -> bind("").text("nope")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSecretIsRedactedByType() {
    Secret secret = Secret.of("hunter2");
    assertThat(secret).hasToString("***").isEqualTo(Secret.of("hunter2"));
    assertThat(secret.reveal()).isEqualTo("hunter2");
    assertThat(PasswordSource.of(secret).given()).contains(secret);
    assertThat(PasswordSource.NONE.given()).isEmpty();
    assertThat(PasswordSource.NONE.prompt("postgresql://host")).isEmpty();
  }
}
