package dev.godwit.restore;

import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.SelectedRun;
import dev.godwit.transfer.TransferListener;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;

/** Restores a snapshot, or a part of it, into a store. */
public final class RestoreJob {
  private final Vault vault;
  private final Loader loader;
  private final RestoreRequest request;
  private final PluginContext context;

  /** A job over an open vault and an open store; neither is closed. */
  public RestoreJob(Vault vault, Loader loader, RestoreRequest request, PluginContext context) {
    this.vault = vault;
    this.loader = loader;
    this.request = request;
    this.context = context;
  }

  /** The snapshot that is meant. */
  public Manifest snapshot() {
    return vault.find(request.snapshot());
  }

  /** Opens the snapshot; nothing is written yet. The caller closes it. */
  public Migration open() {
    return open(snapshot());
  }

  /**
   * Restores.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} with every obstacle named, before
   *     anything is written
   */
  public RestoreReport run(TransferListener listener) {
    Manifest manifest = snapshot();
    try (Migration migration = open(manifest)) {
      return RestoreReport.of(manifest, migration.move(listener));
    }
  }

  /** Whether all that the source held goes into the target, and by its own names. */
  private boolean alone(Manifest manifest) {
    return manifest.scope().isEmpty()
        && request.filter().takesAll()
        && request.mapping().keepsAll();
  }

  /** Whether the snapshot is of chosen datasets, or some of it are chosen now. */
  private boolean isPart(Manifest manifest) {
    return DatasetFilter.chooses(manifest.scope()) || !request.filter().include().isEmpty();
  }

  private Migration open(Manifest manifest) {
    ExtractRun whole = vault.read(manifest, context);
    try {
      ExtractRun run = SelectedRun.of(whole, request.filter());
      SelectedRun.idle(whole, request.filter())
          .forEach(p -> context.warnings().accept("--exclude '" + p + "' matches nothing"));
      return new Migration(
          manifest.id() + ' ' + request.filter().scope(),
          run,
          loader,
          request.mapping(),
          new Migration.Terms(
              request.create(),
              request.resume(),
              alone(manifest),
              true,
              isPart(manifest),
              request.goingOn()),
          context);
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }
}
