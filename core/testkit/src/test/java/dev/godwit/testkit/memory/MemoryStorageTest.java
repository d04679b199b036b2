package dev.godwit.testkit.memory;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.contract.StorageContract;

class MemoryStorageTest extends StorageContract {
  @Override
  protected Storage openEmpty() {
    return new MemoryStorage();
  }
}
