package dev.godwit.vault.storage;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.contract.StorageContract;
import java.nio.file.Path;
import java.util.UUID;
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
}
