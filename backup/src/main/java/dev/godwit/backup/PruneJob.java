package dev.godwit.backup;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.PruneReport;
import dev.godwit.vault.PruneRequest;
import dev.godwit.vault.Vault;

/** Drops the snapshots that no rule keeps, and gives back the space that only they needed. */
public final class PruneJob {
  private final Vault vault;
  private final PruneRequest request;
  private final PluginContext context;

  /** A job over an open vault; the vault is not closed. */
  public PruneJob(Vault vault, PruneRequest request, PluginContext context) {
    this.vault = vault;
    this.request = request;
    this.context = context;
  }

  /**
   * Prunes, or says what would be done.
   *
   * @throws dev.godwit.spi.error.GodwitException as {@link Vault#prune}
   */
  public PruneReport run() {
    return vault.prune(request, context);
  }
}
