package dev.godwit.testkit.memory;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.contract.StorageContract;

class MemoryStorageTest extends StorageContract {
  private MemoryStorage place;

  @Override
  protected Storage openEmpty() {
    place = new MemoryStorage();
    return place;
  }

  @Override
  protected Storage openAgain() {
    return place;
  }
}
