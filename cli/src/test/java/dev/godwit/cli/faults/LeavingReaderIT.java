package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads our output leaves before the end. */
class LeavingReaderIT {
  @TempDir Path folder;

  private String run(String command) throws Exception {
    Path printed = folder.resolve("printed");
    Process shell =
        new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertThat(shell.waitFor()).isZero();
    return Files.readString(printed);
  }

  @Test
  void aBackupGoesOnAndCatHasDoneWhatWasWanted() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    new Rows(server, shop).make(50_000);
    String godwit = Launched.PROGRAM.toString();
    Path vault = folder.resolve("vault");

    String backup = "%s backup --init --json %s %s".formatted(godwit, server.uri(shop), vault);
    assertThat(run("{ " + backup + "; echo status $? >&2; } | true")).isEqualTo("status 0\n");
    assertThat(Snapshots.in(vault.toString())).hasSize(1);

    String cat = "%s cat %s notes".formatted(godwit, vault);
    assertThat(run("{ " + cat + "; echo status $? >&2; } | head -n 1"))
        .contains("\"id\":1,", "status 0\n")
        .doesNotContain("godwit: ");
  }
}
