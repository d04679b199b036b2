package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The temporary folder, which the library that compresses is loaded from, takes nothing: it may be
 * full, not be this user's, or be mounted such that nothing in it is run.
 */
class NoTemporaryFolderIT {
  @TempDir Path folder;
  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();

  @Test
  void whatNeedsItSaysSo() throws Exception {
    new Rows(server, shop).make(1000);
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "--init", server.uri(shop), vault).status()).isZero();
    String copy = server.createDatabase();
    String[][] commands = {
      {"backup", server.uri(shop), vault},
      {"restore", vault, server.uri(copy)},
      {"check", vault},
      {"check", "--read-data", vault},
      {"cat", vault, "notes"},
      {"repair", vault},
      {"prune", "--keep-last", "1", vault},
    };
    Path none = Files.createFile(folder.resolve("none"));
    Map<String, String> environment = Map.of("GODWIT_JAVA_OPTS", "-Djava.io.tmpdir=" + none);
    for (String[] command : commands) {
      Launched run = Launched.in(environment, command);
      assertThat(run.status()).as(run.printed()).isEqualTo(1);
      assertThat(run.printed())
          .as(command[0])
          .startsWith("godwit: cannot load the library that compresses from " + none + ": ")
          .endsWith(
              "hint: it takes a folder with room from which programs may be run:"
                  + " GODWIT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER\n")
          .hasLineCount(2);
    }
    assertThat(Launched.in(environment, "list", vault).status()).isZero();
    assertThat(Snapshots.in(vault)).hasSize(1);
    assertThat(Path.of(vault, "locks")).isEmptyDirectory();
  }
}
