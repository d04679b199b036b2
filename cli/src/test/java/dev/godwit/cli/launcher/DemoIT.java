package dev.godwit.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration, as a newcomer sees it. */
class DemoIT {
  @TempDir Path folder;

  @Test
  void everyRowComesBackAndNothingIsLeft() throws IOException {
    Launcher.Ended done = Launcher.run(folder, "demo");

    assertThat(done.err()).isEmpty();
    assertThat(done.status()).isZero();
    assertThat(done.out())
        .contains("7.  compare", "are the same")
        .contains("8.  document store", "mongo-java-server", "9.  migrate", "10. query")
        .contains("11. compare", "are what the rows would become")
        .contains("godwit backup --init", "removed again");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(f -> f.getFileName().toString()))
          .filteredOn(name -> name.startsWith("godwit-demo"))
          .isEmpty();
    }
  }
}
