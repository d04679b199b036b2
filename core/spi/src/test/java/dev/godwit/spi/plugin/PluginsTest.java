package dev.godwit.spi.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PluginsTest {
  @Test
  void refusesASchemeThatNoPluginServes() {
    assertThatThrownBy(() -> Plugins.extractor("postgres"))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e).hasMessage("no plugin reads postgres://");
              assertThat(e.hint()).contains("none is installed");
            });
    assertThatThrownBy(() -> Plugins.loader("x")).hasMessage("no plugin writes x://");
    assertThatThrownBy(() -> Plugins.storage("x")).hasMessage("no plugin keeps a vault in x://");
  }

  @Test
  void everyExitStatusIsOneOfAKind() {
    Set<Integer> statuses = new HashSet<>();
    for (ExitCode code : ExitCode.values()) {
      assertThat(statuses.add(code.status())).as(code.name()).isTrue();
      assertThat(code.status()).isBetween(0, 255);
      assertThat(code.meaning()).isNotBlank();
    }
  }
}
