package dev.godwit.vault.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.contract.StorageContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest extends StorageContract {
  @TempDir Path folder;
  private Path place;

  @Override
  protected Storage openEmpty() {
    place = folder.resolve(UUID.randomUUID().toString());
    return new LocalFolder(place);
  }

  @Override
  protected Storage openAgain() {
    return new LocalFolder(place);
  }

  @Test
  void anotherMayTakeItsEmptyFolderAwayAtAnyMoment() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread other =
        new Thread(
            () -> {
              while (!done.get()) {
                try (Storage same = openAgain()) {
                  same.display();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    try (Storage storage = openEmpty()) {
      other.start();
      for (int i = 0; i < 10_000; i++) {
        assertThat(storage.now()).isNotNull();
      }
    } finally {
      done.set(true);
      other.join();
    }
  }

  /** As of a disk that is not mounted: without its link a vault would be made in another place. */
  @Test
  void aLinkThatLeadsNowhereStays() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("disk"));
    for (Path vault : List.of(link, link.resolve("vault"))) {
      try (Storage storage = new LocalFolder(vault)) {
        assertThatThrownBy(() -> storage.createIfAbsent("vault.json", new byte[1]))
            .isInstanceOf(IOException.class);
      }
      assertThat(link).isSymbolicLink();
    }
  }
}
