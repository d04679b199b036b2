package dev.godwit.vault.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.vault.storage.ProcessMark;
import dev.godwit.vault.storage.WorkFolder;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
  /** A tar of any size may have been unpacked into it. */
  @Test
  void whatAKilledProcessLeftGoesWithTheNextFolder() throws Exception {
    Process other =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                Unpacking.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = other.inputReader()) {
      Path left = Path.of(said.readLine());
      TemporaryFolder.ofThisProcess().close();
      assertThat(left.resolve("volumes/ab")).as("its process lives").exists();
      other.destroyForcibly().waitFor();
      try (TemporaryFolder next = TemporaryFolder.ofThisProcess();
          TemporaryFolder second = TemporaryFolder.ofThisProcess()) {
        assertThat(left).doesNotExist();
        assertThat(next.path()).as("the folder of a process that lives").exists();
        assertThat(second.path()).isNotEqualTo(next.path());
      }
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void whatIsNamedOtherwiseStays() throws Exception {
    Process dead = new ProcessBuilder("sleep", "600").start();
    String mark = WorkFolder.of(ProcessMark.here(dead.pid()));
    dead.destroyForcibly().waitFor();
    assertThat(WorkFolder.isOfTheDead(mark)).isTrue();
    Path kept = Files.createTempDirectory("godwit-demo-" + mark + '-');
    try {
      TemporaryFolder.ofThisProcess().close();
      assertThat(kept).exists();
    } finally {
      Files.delete(kept);
    }
  }

  /** The other process. */
  static final class Unpacking {
    private Unpacking() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = TemporaryFolder.ofThisProcess().path();
      Files.createDirectories(folder.resolve("volumes"));
      Files.writeString(folder.resolve("volumes/ab"), "half a volume");
      System.out.println(folder);
      int unused = System.in.read();
    }
  }
}
