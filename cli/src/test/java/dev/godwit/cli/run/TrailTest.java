package dev.godwit.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Places;
import dev.godwit.vault.Vault;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit is told of a run that was interrupted. */
class TrailTest {
  @TempDir Path folder;

  /** Whoever interrupts it waits for each request of a far vault, of which a record takes some. */
  @Test
  void whatIsInterruptedBeforeItBeganIsToldNowhere() {
    String place = folder.resolve("vault").toString();
    Vault.create(Places.open(place)).close();
    Terminal terminal =
        new Terminal(new ByteArrayOutputStream(), System.err, Map.of(), false, false, false, 80);
    Cancellation cancellation = new Cancellation();
    try (RootAllocator allocator = new RootAllocator();
        Trail trail = Trail.changing("backup", terminal)) {
      PluginContext context = new PluginContext(allocator, cancellation, warning -> {}, 1);
      cancellation.cancel(ExitCode.INTERRUPTED);
      Vault vault = Vault.open(Places.open(place));
      assertThatThrownBy(() -> trail.opened(vault, context)).isInstanceOf(CancelledException.class);
      assertThatThrownBy(() -> trail.openedToRead(vault, context))
          .isInstanceOf(CancelledException.class);
      trail.ended(ExitCode.INTERRUPTED.status());
    }
    assertThat(folder.resolve("vault/audit")).doesNotExist();
  }
}
