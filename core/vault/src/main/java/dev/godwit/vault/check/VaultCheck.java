package dev.godwit.vault.check;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.CheckReport;
import java.util.function.Consumer;

/** Looks for damage. */
public final class VaultCheck {
  public VaultCheck(
      Storage storage, boolean readData, PluginContext context, Consumer<Long> progress) {}

  public CheckReport run() {
    throw new UnsupportedOperationException();
  }
}
