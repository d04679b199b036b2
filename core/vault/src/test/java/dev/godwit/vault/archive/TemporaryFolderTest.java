package dev.godwit.vault.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.vault.storage.ProcessMark;
import dev.godwit.vault.storage.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  private static final String NAME = "godwit-test-of-folders-";

  @TempDir Path outside;

  private static Path left(ProcessMark process) throws IOException {
    Path folder = Files.createTempDirectory(NAME + WorkFolder.of(process) + "-");
    Files.writeString(Files.createDirectory(folder.resolve("volumes")).resolve("a"), "rows");
    return folder;
  }

  @Test
  void whatAKilledProcessLeftGoesWithTheNext() throws IOException {
    ProcessMark mine = ProcessMark.ofThisProcess();
    Path ofTheDead = left(new ProcessMark(mine.machine(), Integer.MAX_VALUE, "1"));
    Path ofAnotherMachine = left(new ProcessMark("elsewhere", Integer.MAX_VALUE, "1"));
    Path kept = Files.writeString(outside.resolve("kept"), "rows");
    Files.createSymbolicLink(ofTheDead.resolve("link"), outside);
    Path path;
    try (TemporaryFolder first = TemporaryFolder.ofThisProcess(NAME);
        TemporaryFolder second = TemporaryFolder.ofThisProcess(NAME)) {
      assertThat(ofTheDead).doesNotExist();
      assertThat(kept).exists();
      assertThat(ofAnotherMachine).isDirectory();
      assertThat(first.path()).isDirectory();
      path = second.path();
    }
    assertThat(path).doesNotExist();
    Files.delete(ofAnotherMachine.resolve("volumes/a"));
    Files.delete(ofAnotherMachine.resolve("volumes"));
    Files.delete(ofAnotherMachine);
  }
}
