package dev.godwit.vault.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageFailureTest {
  @TempDir Path folder;

  @Test
  void ofAListItNamesTheFolderThatCannotBeRead() {
    Storage vault = new LocalFolder(folder);
    Path closed = folder.resolve("volumes/df");
    assertThat(
            StorageFailure.reading(
                vault, "the folder", new AccessDeniedException(closed.toString())))
        .hasMessage("cannot read the folder in " + folder + ": " + closed + ": permission denied");
  }

  @Test
  void whatIsNamedAlreadyIsNotNamedAgain() {
    Storage vault = new LocalFolder(folder);
    for (String file : new String[] {"vault.json", ""}) {
      assertThat(
              StorageFailure.reading(
                  vault, "vault.json", new AccessDeniedException(folder.resolve(file).toString())))
          .hasMessage("cannot read vault.json in " + folder + ": permission denied");
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsHintedAt() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("vault"), folder.resolve("disk/vault"));
    try (Storage vault = new LocalFolder(link)) {
      GodwitException told =
          StorageFailure.writing(
              vault, "vault.json", catchThrowableOfType(IOException.class, vault::now));
      assertThat(told)
          .hasMessage(
              "cannot write vault.json in " + link + ": the link " + link + " leads nowhere");
      assertThat(told.hint()).contains("is the disk mounted that it leads to?");
    }
  }
}
