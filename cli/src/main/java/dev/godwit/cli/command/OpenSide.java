package dev.godwit.cli.command;

import dev.godwit.cli.option.SidesOptions.SideOptions;
import dev.godwit.cli.run.GivenKeys;
import dev.godwit.cli.run.Stores;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.compare.CompareSide;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.plugin.Plugins;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;

/** One side of a comparison as a command line names it: a store by its URI, else a vault. */
record OpenSide(CompareSide side, Runnable closing) implements AutoCloseable {

  static OpenSide of(
      String where, SideOptions options, GivenKeys keys, Terminal terminal, PluginContext context) {
    if (isStore(where)) {
      options.requireNoSnapshot();
      Extractor extractor = Stores.source(where, options.password(), terminal, context);
      return new OpenSide(new CompareSide.Store(extractor), extractor::close);
    }
    Vault vault = Vault.open(VaultPlaces.open(where, terminal, context), keys.toRead(context));
    try {
      return new OpenSide(
          new CompareSide.Snapshot(vault, vault.find(options.choice()), context), vault::close);
    } catch (RuntimeException e) {
      vault.close();
      throw e;
    }
  }

  /** Whether it is a URI, and not that of a place for vaults. */
  private static boolean isStore(String where) {
    if (!where.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") || where.startsWith("file:")) {
      return false;
    }
    try {
      Plugins.storage(where.substring(0, where.indexOf(':')));
      return false;
    } catch (GodwitException e) {
      return true; // or nothing at all, which the search for an extractor tells
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
