package dev.godwit.restore;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.SelectedRun;
import dev.godwit.transfer.Transfer;
import dev.godwit.transfer.TransferListener;
import dev.godwit.transfer.TransferReport;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

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

  /** What stands in the way; nothing is written. */
  public List<Loader.Obstacle> inspect() {
    Manifest manifest = snapshot();
    try (ExtractRun run = open(manifest)) {
      return loader.inspect(plan(manifest, run));
    }
  }

  /**
   * Restores.
   *
   * @throws GodwitException {@code FAILED} with every obstacle named, before anything is written
   */
  public RestoreReport run(TransferListener listener) {
    Manifest manifest = snapshot();
    try (ExtractRun run = open(manifest)) {
      LoadPlan plan = plan(manifest, run);
      refuse(loader.inspect(plan));
      try (LoadRun load = loader.begin(plan)) {
        TransferReport moved =
            new Transfer(
                    context.jobs(), context.cancellation(), listener, Transfer.FailurePolicy.STOP)
                .run(run, load);
        boolean whole = manifest.complete() && manifest.notCarried().isEmpty();
        return new RestoreReport(manifest, moved, whole);
      }
    }
  }

  private ExtractRun open(Manifest manifest) {
    return SelectedRun.of(vault.read(manifest, context), request.filter());
  }

  private LoadPlan plan(Manifest manifest, ExtractRun run) {
    String what = manifest.id() + ' ' + request.filter().scope() + ' ' + request.renames().names();
    String id = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
    return new LoadPlan(
        id, run.info(), run.catalogue(), request.renames(), request.create(), request.resume());
  }

  private static void refuse(List<Loader.Obstacle> obstacles) {
    if (obstacles.isEmpty()) {
      return;
    }
    Loader.Obstacle first = obstacles.get(0);
    StringBuilder what = new StringBuilder(first.what());
    obstacles.stream().skip(1).limit(9).forEach(o -> what.append("; ").append(o.what()));
    if (obstacles.size() > 10) {
      what.append("; and ").append(obstacles.size() - 10).append(" more");
    }
    throw new GodwitException(
        ExitCode.FAILED, what.toString(), first.hint().isEmpty() ? null : first.hint());
  }
}
