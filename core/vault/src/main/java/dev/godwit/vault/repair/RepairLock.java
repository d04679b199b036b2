package dev.godwit.vault.repair;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.lock.Leftovers;
import dev.godwit.vault.lock.WriterLock;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;

/**
 * The lock of a repair that writes. Other writers may come while it is held, since locks of writers
 * are shared; so a repair asks again before it removes what they might rely on.
 */
final class RepairLock implements AutoCloseable {
  private final Storage storage;
  private final WriterLock lock;

  private RepairLock(Storage storage, WriterLock lock) {
    this.storage = storage;
    this.lock = lock;
  }

  /**
   * Takes the lock of a vault that nobody else writes, and clears away what the dead left there.
   *
   * @throws GodwitException {@code LOCKED} where another writer is at work
   */
  static RepairLock takeAlone(Storage storage, PluginContext context) {
    RepairLock lock =
        new RepairLock(storage, WriterLock.take(storage, "repair", context.warnings()));
    try {
      context.cancellation().check();
      new Leftovers(storage, context.warnings()).clear();
      context.cancellation().check();
      if (!lock.isAlone()) {
        throw new GodwitException(
            ExitCode.LOCKED,
            "another run writes " + storage.display(),
            "run the repair when it has ended; 'godwit repair --dry-run' may run beside it");
      }
      return lock;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Asks for the others: where lists lag, the lock itself may not be shown among them. */
  boolean isAlone() {
    try {
      return lock.others(storage).isEmpty();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.LOCKS, e);
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
